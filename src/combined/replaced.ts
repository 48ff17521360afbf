import type { CheckRun, WorkflowRun } from '../github/check-runs.ts'
import { listed, quote } from '../status/text.ts'
import { outcomeOfCheckRun, type RunFinding } from './outcome.ts'

/** The workflow runs of the commit: undefined before they are read. */
export type Runs = readonly WorkflowRun[] | 'unreadable' | undefined

/** What counts in each suite, whatever its name. */
type Suites = ReadonlyMap<string, readonly CheckRun[]>

/**
 * What a newer run makes of a job that fails: undefined if that run replaces it, pending if that
 * run can still replace it, else the failure.
 */
export function afterNewerRuns(
  failing: RunFinding,
  suites: Suites,
  runs: Runs,
): RunFinding | undefined {
  const { run: job } = failing
  if (runIdOf(job) === undefined) return failing
  const newerJobs = [...suites.values()].flat().filter((one) => isNewerJob(one, job))
  const successors = newerJobs.filter((one) => isSuccessor(one, job))
  if (runs === undefined) {
    const names = new Set(suites.get(job.suite)?.map(({ name }) => name))
    const isRival = (one: CheckRun) =>
      successors.includes(one) ? outcomeOfCheckRun(one) !== 'failing' : isOpen(one, names)
    return newerJobs.some(isRival) ? { ...failing, asks: 'runs' } : failing
  }
  const newer = runs === 'unreadable' ? [] : newerRuns(failing, runs)
  const compared = newer.map((run) => compare(job, run, suites))
  if (compared.some(({ isWhole }) => isWhole)) return undefined
  if (compared.some(({ canBeWhole }) => canBeWhole)) return { ...failing, outcome: 'pending' }

  const isPassed = successors.some((one) => outcomeOfCheckRun(one) === 'passing')
  const lacking = compared.flatMap((one) => one.lacking)
  return isPassed ? { ...failing, why: whyNot(job, runs === 'unreadable', lacking) } : failing
}

function whyNot({ name }: CheckRun, isUnreadable: boolean, lacking: readonly string[]): string {
  const passed = `${quote(name, 255)} passed in a newer run, but`
  if (isUnreadable) return `${passed} telling whether that one replaces it takes \`actions: read\`.`
  return lacking.length > 0
    ? `${passed} ${listed(lacking, 3)} did not run there, so the older result counts.`
    : `${passed} one of another workflow, event, branch or pull request, so the older result counts.`
}

const JOB_PAGE = /\/actions\/runs\/(\d{1,16})\/job\/(\d{1,16})$/

/**
 * The run that a job links to. A check run that somebody made with a job's token lands in any suite
 * of the commit, but does not link to a job of its own id.
 */
function runIdOf({ id, isOfActions, details_url }: CheckRun): number | undefined {
  const [, run, job] = JOB_PAGE.exec(details_url) ?? []
  return isOfActions && Number(job) === id ? Number(run) : undefined
}

function isNewerJob(one: CheckRun, job: CheckRun): boolean {
  return one.id > job.id && one.suite !== job.suite && runIdOf(one) !== undefined
}

/** Whether a newer job of that name ran, or will. */
function isSuccessor({ name, conclusion }: CheckRun, job: CheckRun): boolean {
  return name === job.name && !['skipped', 'neutral'].includes(conclusion)
}

/** Whether a run of the same jobs is under way. */
function isOpen({ name, status }: CheckRun, names: ReadonlySet<string>): boolean {
  return status !== 'completed' && names.has(name)
}

const FOR_PULL_REQUESTS = ['pull_request', 'pull_request_target']

/** Newer runs for the same thing. For a job that was cancelled the event does not matter. */
function newerRuns({ run: job, isCancelled }: RunFinding, runs: readonly WorkflowRun[]) {
  const older = runs.find(({ id, suite }) => id === runIdOf(job) && suite === job.suite)
  return runs.filter(({ id, subject, event }) => {
    if (older?.subject === undefined || older.subject !== subject || id <= older.id) return false
    return isCancelled || (event === older.event && FOR_PULL_REQUESTS.includes(event))
  })
}

/** What a newer run lacks of what ran beside the job, and whether that can still come. */
function compare(job: CheckRun, newer: WorkflowRun, suites: Suites) {
  const jobsOf = (suite: string, run: number | undefined) =>
    (suites.get(suite) ?? []).filter((one) => runIdOf(one) === run)
  const theirs = jobsOf(newer.suite, newer.id)
  const isRun = theirs
    .filter(({ name }) => name === job.name)
    .every((one) => isNewerJob(one, job) && isSuccessor(one, job))

  const there = new Set(theirs.map(({ name }) => name))
  const skipped = new Set(theirs.filter(isSkipped).map(({ name }) => name))
  const ours = jobsOf(job.suite, runIdOf(job)).filter((one) => one === job || !isSkipped(one))
  const names = [...new Set(ours.map(({ name }) => name))]
  const lacking = names.filter((name) => skipped.has(name) || !there.has(name))
  const isOver = newer.isOver && theirs.every(({ status }) => status === 'completed')
  return {
    lacking,
    isWhole: isRun && lacking.length === 0,
    canBeWhole: isRun && !isOver && lacking.every((name) => !there.has(name)),
  }
}

function isSkipped({ conclusion }: CheckRun): boolean {
  return conclusion === 'skipped'
}
