export type Result = 'success' | 'failure' | 'pending'

/**
 * Where a job's statuses link: `job` to its page, `run` to its run's, since there are no job ids, `renamed` to its page
 * under the repository's old name, `relay` to the run that it relays. The others are the user's: `late` for the result
 * alone, for a single state too `fixed` elsewhere, `page` to the run's page (`run page` without job ids), `run 50` and `run
 * 150` to runs of another repository.
 */
export type Link = string

type Execution = { run: number; attempt: number }

/** One job that publishes under the name. It knows others by their index: see `STRUCTURES`. */
export type Job = Execution & {
  id: number
  publishes: 'follow' | 'once' | 'nothing'
  result: Result
  link: Link
  /** What a step of a followed job publishes once under the same name. */
  step?: Result
  after: readonly number[]
  beside: readonly number[]
  repeats?: number
  relays?: Execution
  trouble?: string
}

/** Some jobs that publish under one name on one commit, and what can happen meanwhile. */
export type World = {
  structure: string
  mode: string
  link: Link
  trouble: string
  jobs: readonly Job[]
}

/** A status as a job writes it: `by` wrote it, `of` is the job whose status it repeats, else the same. */
export type Written = {
  by: number
  of: number
  kind: 'opening' | 'step' | 'result' | 'mark'
  state: Result
}

/**
 * How far a job is: what it does next, what it is about to write, and the places in the history of what it has opened, and
 * of its saying that it has passed.
 */
export type Progress = {
  next: string
  opened?: number | undefined
  plan?: Written | undefined
  marked?: number
}

/**
 * A moment of a world.
 * @property history oldest first; `flood` stands for 350 statuses of other names
 * @property begun the executions in the order in which they began
 * @property onTheWay requests that their sender has given up
 * @property isRaced what no client can prevent has happened: a job has written what it would not have written after another
 * look, or a request has arrived that its sender had given up
 * @property isLate a job that shares its name has begun after another execution had
 */
export type Moment = {
  history: readonly (Written | 'flood')[]
  jobs: readonly Progress[]
  begun: readonly number[]
  onTheWay: readonly Written[]
  isRaced: boolean
  isLate: boolean
}

/** The execution that a job speaks for, as a number in the order of runs and attempts. */
export function executionOf(job: Job): number {
  const { run, attempt } = job.relays ?? job
  return run * 10 + attempt
}

/** Whether another job of its execution is followed under the same name. */
export function isSharing(job: Job, { jobs }: World): boolean {
  const followed = jobs.filter(({ publishes }) => publishes === 'follow')
  return (
    followed.includes(job) && followed.some((o) => o !== job && executionOf(o) === executionOf(job))
  )
}

export const isLost = ({ trouble }: Job) => trouble === 'runner lost'

/** The newest status of the name, or of one job. */
export function newestIn({ history }: Moment, by?: number): Written | undefined {
  const written = history.filter((one) => one !== 'flood')
  return written.findLast((one) => by === undefined || one.by === by)
}

export function textOf(written: Written | 'flood' | undefined): string {
  if (written === undefined || written === 'flood') return written ?? ''
  return `${written.by} ${written.of} ${written.kind} ${written.state}`
}
