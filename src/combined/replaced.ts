import type { CheckRun, WorkflowRun } from '../github/check-runs.ts'
import { listed, quote } from '../status/text.ts'
import { outcomeOfCheckRun, type RunFinding } from './outcome.ts'

/** The workflow runs of the commit: undefined before they are read. */
export type Runs = readonly WorkflowRun[] | 'unreadable' | undefined

/**
 * What a newer run makes of a job that fails: undefined if that run replaces it, pending if that
 * run can still replace it, else the failure.
 */
export function afterNewerRuns(
  failing: RunFinding,
  jobs: Jobs,
  runs: Runs,
): RunFinding | undefined {
  const { run: job } = failing
  if (runIdOf(job) === undefined) return failing
  const newer = (jobs.byName.get(job.name) ?? []).filter(
    ({ id, suite }) => id > job.id && suite !== job.suite,
  )
  const successors = newer.filter(({ conclusion }) => !['skipped', 'neutral'].includes(conclusion))
  if (runs === undefined) {
    const isRival = successors.some((one) => outcomeOfCheckRun(one) !== 'failing')
    const isOpen = jobs.open.some((one) => isRerunOf(one, job, jobs))
    return isRival || isOpen ? { ...failing, asks: 'runs' } : failing
  }
  const pairs = runs === 'unreadable' ? [] : pairsWith(failing, successors, jobs, runs)
  if (pairs.some(({ lacking }) => lacking.length === 0)) return undefined
  if (pairs.some(({ isOpen }) => isOpen)) return { ...failing, outcome: 'pending' }
  const isPassed = successors.some((one) => outcomeOfCheckRun(one) === 'passing')
  const lacking = pairs.flatMap((one) => one.lacking)
  return isPassed ? { ...failing, why: whyNot(job, runs === 'unreadable', lacking) } : failing
}

/** Whether a newer job under way can be of a run that will come to this job. */
function isRerunOf({ id, suite, name }: CheckRun, job: CheckRun, { byName }: Jobs): boolean {
  const isOfSuite = (one: CheckRun) => one.suite === job.suite
  return id > job.id && suite !== job.suite && (byName.get(name)?.some(isOfSuite) ?? false)
}

function whyNot({ name }: CheckRun, isUnreadable: boolean, lacking: readonly string[]): string {
  const passed = `${quote(name, 255)} passed in a newer run, but`
  if (isUnreadable) return `${passed} telling whether that one replaces it takes \`actions: read\`.`
  return lacking.length > 0
    ? `${passed} ${listed(lacking, 3)} did not run there, so the older result counts.`
    : `${passed} one of another workflow, event, branch or pull request, so the older result counts.`
}

const FOR_PULL_REQUESTS = ['pull_request', 'pull_request_target']

/** What newer runs of the same subject lack, unless they skipped the job. */
function pairsWith(
  { run: job, isCancelled }: RunFinding,
  successors: readonly CheckRun[],
  jobs: Jobs,
  runs: readonly WorkflowRun[],
): Pair[] {
  const older = runs.find(({ id, suite }) => id === runIdOf(job) && suite === job.suite)
  if (older?.subject === undefined) return []
  const newer = runs.filter(({ id, subject, event }) => {
    const isEvent = event === older.event && FOR_PULL_REQUESTS.includes(event)
    return subject === older.subject && id > older.id && (isCancelled || isEvent)
  })
  return newer.flatMap((run) => {
    const theirs =
      jobs.byName
        .get(job.name)
        ?.filter((one) => one.suite === run.suite && runIdOf(one) === run.id) ?? []
    if (!theirs.every((one) => successors.includes(one))) return []
    const pair = pairOf(older, run, jobs)
    const isThere = theirs.length > 0 || pair.lacking.includes(job.name)
    return isThere ? pair : { ...pair, lacking: [...pair.lacking, job.name] }
  })
}

/** The jobs that count in their suites, whatever their names. */
type Jobs = {
  byName: ReadonlyMap<string, CheckRun[]>
  byRun: ReadonlyMap<string, CheckRun[]>
  open: readonly CheckRun[]
  /** By the ids of two runs, what the newer one lacks of what ran in the older one. */
  pairs: Map<string, Pair>
}

type Pair = {
  lacking: readonly string[]
  /** Whether what it lacks can still come. */
  isOpen: boolean
}

/** @param current what counts in each suite */
export function jobsIn(current: readonly CheckRun[]): Jobs {
  const jobs = current.filter((run) => runIdOf(run) !== undefined)
  return {
    byName: groupsOf(jobs, ({ name }) => name),
    byRun: groupsOf(jobs, (job) => `${job.suite} ${runIdOf(job)}`),
    open: jobs.filter(({ status }) => status !== 'completed'),
    pairs: new Map(),
  }
}

/** The items that have the same key, in groups of at least one. */
export function groupsOf<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}

const JOB_PAGE = /\/actions\/runs\/(\d{1,16})\/job\/(\d{1,16})$/

/**
 * The run that a job links to. A check run that somebody made with a job's token lands in any suite
 * of the commit, but does not link to a job of its own id.
 */
function runIdOf({ id, isOfActions, details_url }: CheckRun): number | undefined {
  const [, run, job] = (isOfActions && JOB_PAGE.exec(details_url)) || []
  return Number(job) === id ? Number(run) : undefined
}

/** What a newer run lacks of what ran in an older one. */
function pairOf(older: WorkflowRun, newer: WorkflowRun, jobs: Jobs): Pair {
  const key = `${older.id} ${newer.id}`
  const known = jobs.pairs.get(key)
  if (known !== undefined) return known

  const theirs = jobsOf(newer, jobs)
  const there = new Set(theirs.map(({ name }) => name))
  const skipped = new Set(theirs.filter(isSkipped).map(({ name }) => name))
  const ran = new Set(
    jobsOf(older, jobs)
      .filter((job) => !isSkipped(job))
      .map(({ name }) => name),
  )
  const lacking = [...ran].filter((name) => skipped.has(name) || !there.has(name))
  const isOver = newer.isOver && theirs.every(({ status }) => status === 'completed')
  const pair = { lacking, isOpen: !isOver && lacking.every((name) => !there.has(name)) }
  jobs.pairs.set(key, pair)
  return pair
}

function jobsOf({ id, suite }: WorkflowRun, { byRun }: Jobs): readonly CheckRun[] {
  return byRun.get(`${suite} ${id}`) ?? []
}

function isSkipped({ conclusion }: CheckRun): boolean {
  return conclusion === 'skipped'
}
