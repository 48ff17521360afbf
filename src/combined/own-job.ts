import type { CheckRun } from '../github/check-runs.ts'
import type { Status } from '../github/status.ts'
import { jobOf, workflowName } from '../runner/env.ts'
import { type Inputs, json } from '../runner/inputs.ts'
import { derivedName, isSameName, jobName } from '../status/context.ts'
import { isGiteaJobOf, isOurJob, type Job, parseLink } from '../status/link.ts'
import { type Item, namesIn } from './names.ts'

/** The job that asks: it cannot end while it waits for itself. */
export type OwnJob = {
  job: Job
  /** What Gitea's own links can call its run: the number or the id. */
  runs: readonly string[]
  /** What its status is called by default, for servers that do not link a status to a job. */
  contexts: readonly string[]
  /** What its check run is called by default. */
  checkRun: string
}

export function readOwnJob(inputs: Inputs): OwnJob {
  const { env } = inputs
  const matrix = json(inputs, 'matrix')
  const job = jobOf(env)
  const identity = { workflow: workflowName(env), job: env.GITHUB_JOB ?? '', matrix }
  const name = jobName(identity)
  const platformName = [identity.workflow, name].filter((part) => part !== '').join(' / ')

  return {
    job,
    runs: [env.GITHUB_RUN_NUMBER ?? '', env.GITHUB_RUN_ID ?? ''],
    // Gitea's own statuses name the event, too.
    contexts: [derivedName(identity), platformName, `${platformName} (${env.GITHUB_EVENT_NAME})`],
    checkRun: name,
  }
}

/** Whether something is the job's own and still pending: a failure that it has published counts. */
export function isOwn({ name, status, run }: Item, own: OwnJob): boolean {
  const { job, contexts, checkRun } = own
  if (run !== undefined && job.job !== '') return String(run.id) === job.job
  if (!mayBeOwn({ name, status, run }, own)) return false
  if (run !== undefined) return name === checkRun
  return job.job !== '' || contexts.some((one) => isSameName(one, name, job.platform))
}

/** Whether something may be the job's own; without job ids, anything of its run may be. */
function mayBeOwn({ status, run }: Item, { job, runs }: OwnJob): boolean {
  if (run !== undefined) {
    const isOfRun = parseLink(run.details_url, job)?.run === job.run
    return run.status !== 'completed' && job.job === '' && isOfRun
  }
  const link = status?.target_url
  return status?.state === 'pending' && (isOurJob(link, job) || isGiteaJobOf(link, job, runs))
}

/** Whether something is the same job's in another leg, run or attempt, if it has its default name. */
function isElsewhere({ name, status }: Item, ownRuns: readonly CheckRun[], own: OwnJob): boolean {
  const { job, contexts } = own
  const names = status === undefined ? ownRuns.map((run) => run.name) : contexts
  const isNamedSo = names.some((one) => isSameName(withoutLeg(one), withoutLeg(name), job.platform))
  return isNamedSo && (status === undefined || isOfOtherJob(status, job))
}

/** On Gitea the links of other runs do not tell the repository. */
function isOfOtherJob({ target_url }: Status, job: Job): boolean {
  const isOfAnyRun = !job.platform.hasJobIds || parseLink(target_url, job) !== undefined
  return isOfAnyRun && !isOurJob(target_url, job)
}

function withoutLeg(name: string): string {
  return name.split(' (')[0] ?? name
}

/**
 * Names of this job's own in another leg, run or attempt, and of what could be this job.
 * @param open what counts and has not passed
 * @param ownRuns the job's own check runs
 */
export function namesOfOwn(
  open: readonly Item[],
  ownRuns: readonly CheckRun[],
  own: OwnJob,
): { suspects: string[]; elsewhere: string[] } {
  const elsewhere = open.filter((item) => isElsewhere(item, ownRuns, own))
  const suspects = open.filter((item) => !elsewhere.includes(item) && mayBeOwn(item, own))
  return { suspects: namesIn(suspects), elsewhere: namesIn(elsewhere) }
}
