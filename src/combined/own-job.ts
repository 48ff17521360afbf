import type { CheckRun } from '../github/check-runs.ts'
import type { Status } from '../github/status.ts'
import { isSameName } from '../status/context.ts'
import { isGiteaJobOf, isOurJob, type Job, parseLink } from '../status/link.ts'
import { type Finding, outcomeOfState } from './outcome.ts'

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
function mayBeOwnStatus({ state, target_url }: Status, { job, runs }: OwnJob): boolean {
  return state === 'pending' && (isOurJob(target_url, job) || isGiteaJobOf(target_url, job, runs))
}

/**
 * Whether a check run is the job's own, told by its id, or else by its name and run: one that is
 * completed is then another job's.
 */
export function isOwnCheckRun(run: CheckRun, { job, checkRun }: OwnJob): boolean {
  if (job.job !== '') return String(run.id) === job.job
  return run.status !== 'completed' && run.name === checkRun && isOfRun(run, job)
}

/** Whether a check run could be the job's own, on a server that does not say which one is. */
function mayBeOwnCheckRun(run: CheckRun, { job }: OwnJob): boolean {
  return run.status !== 'completed' && job.job === '' && isOfRun(run, job)
}

/**
 * Whether a check run is the same job's in another leg, run or attempt.
 * @param ownRuns the job's own
 */
function isOwnElsewhere({ name }: CheckRun, ownRuns: readonly CheckRun[]): boolean {
  return ownRuns.some((own) => withoutLeg(own.name) === withoutLeg(name))
}

/** Whether a status is the same job's in another leg, run or attempt, under its default name. */
function isOwnStatusElsewhere(status: Status, { job, contexts }: OwnJob): boolean {
  const { context, target_url } = status
  const isOfAnyRun = !job.platform.hasJobIds || parseLink(target_url, job) !== undefined
  const isNamedSo = contexts.some((name) =>
    isSameName(withoutLeg(name), withoutLeg(context), job.platform),
  )
  return isNamedSo && isOfAnyRun && !isOurJob(target_url, job)
}

function withoutLeg(name: string): string {
  return name.split(' (')[0] ?? name
}

function isOfRun({ details_url }: CheckRun, job: Job): boolean {
  return parseLink(details_url, job)?.run === job.run
}

/**
 * Names of what does not pass and is the job that asks, or could be.
 * @param ownRuns the job's own check runs
 */
export function namesOfOwn(
  statuses: readonly Status[],
  findings: readonly Finding[],
  ownRuns: readonly CheckRun[],
  own: OwnJob,
): { suspects: string[]; elsewhere: string[] } {
  const runs = findings.filter(({ outcome }) => outcome !== 'passing').map(({ run }) => run)
  const open = statuses.filter(({ state }) => outcomeOfState(state) !== 'passing')
  const elsewhere = [
    ...open.filter((status) => isOwnStatusElsewhere(status, own)).map(({ context }) => context),
    ...runs.filter((run) => isOwnElsewhere(run, ownRuns)).map(({ name }) => name),
  ]
  const suspects = [
    ...open.filter((status) => mayBeOwnStatus(status, own)).map(({ context }) => context),
    ...runs.filter((run) => mayBeOwnCheckRun(run, own)).map(({ name }) => name),
  ].filter((name) => !elsewhere.includes(name))
  return { suspects: [...new Set(suspects)], elsewhere: [...new Set(elsewhere)] }
}
