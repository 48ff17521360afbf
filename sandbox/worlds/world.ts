import type { hasNewerExecution, lastWord } from '../../src/publish/last-word/last-word.ts'

/** The rule that is played. */
export type Rule = { lastWord: typeof lastWord; hasNewerExecution: typeof hasNewerExecution }

export type Result = 'success' | 'failure' | 'pending'

/**
 * Where a job's statuses link: `job` to its page, `run` to its run's page, since the server has no job ids, `renamed` to
 * its page under the repository's old name; `relay` to the page of the run that it relays. The others are links of the
 * user's: `late` for the result alone, elsewhere; for a single state too `fixed`, elsewhere, `page`, to the run's page
 * (`run page` without job ids), `run 50` and `run 150`, to runs of another repository.
 */
export type LinkKind =
  | 'job'
  | 'run'
  | 'renamed'
  | 'relay'
  | 'late'
  | 'fixed'
  | 'page'
  | 'run page'
  | 'run 50'
  | 'run 150'

/** What goes wrong for one job. `again`: the request is tried once more. `stale`: a reading lacks what is stored. */
export type Trouble =
  | 'runner lost'
  | 'opening refused'
  | 'opening unanswered'
  | 'opening unanswered, again'
  | 'opening not stored, again'
  | 'opening stored late, again'
  | 'result unanswered, again'
  | 'result not stored, again'
  | 'result stored late, again'
  | 'stale once'
  | 'stale twice'

/** One job that publishes under the name. */
export type Job = {
  run: number
  attempt: number
  id: number
  publishes: 'follow' | 'once' | 'nothing'
  result: Result
  link: LinkKind
  /** What a step of a followed job publishes once under the same name. */
  step?: Result
  /** The jobs (by index) that end before this one begins. */
  after: readonly number[]
  /** The jobs (by index) that begin before this one begins. */
  beside?: readonly number[]
  /** The job of the attempt before that this one repeats, if not all of its jobs are re-run. */
  repeats?: number
  /** The execution that it relays: one of which a job that publishes nothing stands for the run. */
  relays?: Execution
  trouble?: Trouble
}

type Execution = { run: number; attempt: number }

/** Some jobs that publish under one name on one commit, and what can happen meanwhile. */
export type World = {
  structure: string
  mode: string
  link: LinkKind
  trouble: Trouble | 'flood' | 'none'
  jobs: readonly Job[]
}

/** The execution that a job speaks for, as a number in the order of runs and attempts. */
export function executionOf(job: Execution & Pick<Job, 'relays'>): number {
  const { run, attempt } = job.relays ?? job
  return run * 10 + attempt
}

/** Whether another job of its execution is followed under the same name. */
export function isSharing(job: Job, { jobs }: World): boolean {
  const isSibling = (other: Job) => other !== job && executionOf(other) === executionOf(job)
  return job.publishes === 'follow' && jobs.some((o) => o.publishes === 'follow' && isSibling(o))
}

export function isLost({ trouble }: Job): boolean {
  return trouble === 'runner lost'
}
