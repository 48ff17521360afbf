import type { CheckRun } from '../github/check-runs.ts'
import type { Status } from '../github/status.ts'
import { isSameName } from '../status/context.ts'
import { isGiteaJobOf, isOurJob, type Job, parseLink } from '../status/link.ts'

/** The job that asks: it cannot end while it waits for itself. */
export type OwnJob = {
  job: Job
  /** What Gitea's own links can call its run: the number or the id. */
  runs: readonly string[]
  /**
   * What its status is called by default, for servers that do not say which job a status belongs
   * to.
   */
  contexts: readonly string[]
  /** What its check run is called by default. */
  checkRun: string
}

/**
 * Whether a status is the job's own and still pending. A failure that the job itself has published
 * counts.
 */
export function isOwnStatus(status: Status, own: OwnJob): boolean {
  const { job, contexts } = own
  if (!mayBeOwnStatus(status, own)) return false
  return job.job !== '' || contexts.some((name) => isSameName(name, status.context, job.platform))
}

/**
 * Whether a status can be the job's own. If the server gives no job ids, so can that of any job of
 * the run.
 */
export function mayBeOwnStatus({ state, target_url }: Status, { job, runs }: OwnJob): boolean {
  return state === 'pending' && (isOurJob(target_url, job) || isGiteaJobOf(target_url, job, runs))
}

/** Whether a check run is the job's own, told by its id, or else by its name and run. */
export function isOwnCheckRun(run: CheckRun, { job, checkRun }: OwnJob): boolean {
  if (job.job !== '') return String(run.id) === job.job
  return run.name === checkRun && isOfRun(run, job)
}

/**
 * Whether a check run can be the job's own, or that of the same job in a run for another event,
 * which waits for this one.
 */
export function mayBeOwnCheckRun(
  run: CheckRun,
  ownNames: readonly string[],
  { job }: OwnJob,
): boolean {
  const isUnknown = job.job === '' && isOfRun(run, job)
  return run.status !== 'completed' && (isUnknown || ownNames.includes(run.name))
}

function isOfRun({ details_url }: CheckRun, job: Job): boolean {
  return parseLink(details_url, job)?.run === job.run
}
