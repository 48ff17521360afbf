import type { CheckRun, Suite } from '../github/check-runs.ts'
import type { Status } from '../github/status.ts'
import { type Choice, foundIn, hasGlob, type Item, isIgnored, type NamesSeen } from './names.ts'
import {
  type Finding,
  findingOf,
  findingOfStatus,
  type Outcome,
  outcomeOfCheckRun,
} from './outcome.ts'
import { afterNewerRuns, groupsOf, jobsIn, type Runs } from './replaced.ts'

/** All that was read. What is undefined was not asked for yet. */
export type Read = {
  statuses: readonly Status[]
  checkRuns: readonly CheckRun[]
  runs?: Runs
  suites?: readonly Suite[]
  /** What earlier readings of the commit have found. */
  before: NamesSeen
  page: string
}

/**
 * The check runs that are the latest word of their suite: the newest of each name, and those that
 * ran at the same time, since jobs can share a name. One that ended before is an earlier attempt.
 */
export function currentOf(runs: readonly CheckRun[]): CheckRun[] {
  const groups = groupsOf(runs, ({ suite, name }) => `${suite} ${name}`)
  return [...groups.values()].flatMap(latestOf)
}

/** @param runs at least one, of one name and suite */
function latestOf(runs: readonly CheckRun[]): readonly CheckRun[] {
  if (runs.length === 1) return runs
  const newest = runs.reduce((one, other) => (other.id > one.id ? other : one))
  return overlapping(runs).find((group) => group.includes(newest)) ?? [newest]
}

/** Groups of check runs that overlap in time, from one to the next. A missing time overlaps. */
function overlapping(runs: readonly CheckRun[]): CheckRun[][] {
  const spans = runs.map((run) => {
    const [start, end] = [Date.parse(run.started_at), Date.parse(run.completed_at)]
    return { run, start: start || -Infinity, end: end || Infinity }
  })
  const groups: CheckRun[][] = []
  let end = -Infinity
  for (const span of spans.toSorted((one, other) => (one.start < other.start ? -1 : 1))) {
    const group = groups.at(-1)
    if (group !== undefined && span.start <= end) group.push(span.run)
    else groups.push([span.run])
    end = Math.max(end, span.end)
  }
  return groups
}

/**
 * What each status and check run that counts says, check runs once for each name, and workflows
 * without check runs if not only full names are chosen.
 * @param current what counts in each suite, the job's own and what is ignored too
 */
export function findingsOf(
  chosen: readonly Item[],
  current: readonly CheckRun[],
  { checkRuns: all, suites, runs, page }: Read,
  choice: Choice,
): Finding[] {
  const { statuses, checkRuns } = foundIn(chosen)
  const isIn = new Set(current)
  const failed = all.filter(
    (one) => outcomeOfCheckRun(one) === 'failing' && !isIgnored(one.name, choice),
  )
  const failures = groupsOf(failed, (one) => `${one.suite} ${isIn.has(one)}`)
  const jobs = jobsIn(current)
  const ofRuns = checkRuns.flatMap((run) => {
    const now = failures.get(`${run.suite} true`) ?? []
    const before = failures.get(`${run.suite} false`) ?? []
    const finding = findingOf(run, now, before, suites, choice)
    const isFinal = finding.outcome !== 'failing' || finding.asks !== undefined
    return isFinal ? finding : (afterNewerRuns(finding, jobs, runs) ?? [])
  })
  const idle = hasGlob(choice) ? idleSuites(suites ?? [], all, page) : []
  return [
    ...statuses.map(findingOfStatus),
    ...worstOfNames(ofRuns),
    ...idle.filter(({ name }) => !isIgnored(name, choice)),
  ]
}

const WORST_FIRST: readonly Outcome[] = ['failing', 'pending', 'passing']

/** One for each name: of several suites the worst, as two workflows can have a job of one name. */
function worstOfNames(findings: readonly Finding[]): Finding[] {
  const rank = ({ outcome }: Finding) => WORST_FIRST.indexOf(outcome)
  const groups = [...groupsOf(findings, ({ name }) => name).values()]
  return groups.map((group) =>
    group.reduce((one, other) => (rank(other) < rank(one) ? other : one)),
  )
}

/**
 * Workflows of which no check run tells that they failed or wait: those that could not start, that
 * somebody has to approve, or whose next job is not there yet. They are called by their page.
 * @param commit the page of the commit
 */
function idleSuites(
  suites: readonly Suite[],
  runs: readonly CheckRun[],
  commit: string,
): Finding[] {
  const started = new Set(runs.map(({ suite }) => suite))
  const open = new Set(runs.flatMap((run) => (run.status === 'completed' ? [] : run.suite)))
  const isBetweenJobs = ({ id, status }: Suite) => status !== 'completed' && !open.has(id)
  return suites
    .filter((suite) => suite.isOfActions && (!started.has(suite.id) || isBetweenJobs(suite)))
    .map((suite) => {
      const page = `${commit}/checks?check_suite_id=${suite.id}`
      const times = { started_at: '', completed_at: '' }
      return { ...suite, ...times, id: 0, suite: suite.id, name: page, details_url: page }
    })
    .filter(({ conclusion }) => conclusion !== 'cancelled')
    .map((run) => ({ name: run.name, run, outcome: outcomeOfCheckRun(run) }))
    .filter(({ outcome }) => outcome !== 'passing')
}
