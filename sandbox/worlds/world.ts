import type { hasNewerExecution, lastWord } from '../../src/publish/last-word/last-word.ts'

/** The rule that is played. */
export type Rule = { lastWord: typeof lastWord; hasNewerExecution: typeof hasNewerExecution }

export type Result = 'success' | 'failure' | 'pending'

/**
 * Where a job's statuses link: `job` to its page, `run` to its run's page, since the server has no job ids; `late` and
 * `fixed` are links of the user's, for the result alone, or for a single state too.
 */
export type LinkKind = 'job' | 'run' | 'late' | 'fixed'

/** What goes wrong for one job. `again`: the request is tried once more. */
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
  trouble?: Trouble
}

/** Some jobs that publish under one name on one commit, and what can happen meanwhile. */
export type World = {
  structure: string
  mode: string
  link: LinkKind | 'mixed'
  trouble: Trouble | 'flood' | 'none'
  jobs: readonly Job[]
}

/** An execution as a number in the order of runs and attempts. */
export function executionOf({ run, attempt }: Pick<Job, 'run' | 'attempt'>): number {
  return run * 10 + attempt
}
