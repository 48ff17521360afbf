import type { CheckRun } from '../github/check-runs.ts'
import type { Suite } from '../github/workflow-runs.ts'
import { type Finding, type Outcome, outcomeOfCheckRun } from './outcome.ts'

/**
 * The check runs that are the latest word of their suite: the newest of each name, and those that
 * ran at the same time, since jobs can share a name. One that ended before is an earlier attempt.
 */
export function currentOf(runs: readonly CheckRun[]): CheckRun[] {
  const groups = groupsOf(runs, ({ suite, name }) => `${suite} ${name}`)
  return [...groups.values()].flatMap(latestOf)
}

/** The items that have the same key, in groups of at least one. */
export function groupsOf<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return groups
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

const WORST_FIRST: readonly Outcome[] = ['failing', 'pending', 'passing']

/**
 * One for each name: of several suites the worst, since two workflows can have a job of one name.
 */
export function worstOfNames(findings: readonly Finding[]): Finding[] {
  const rank = ({ outcome }: Finding) => WORST_FIRST.indexOf(outcome)
  const groups = [...groupsOf(findings, ({ run }) => run.name).values()]
  return groups.map((group) =>
    group.reduce((one, other) => (rank(other) < rank(one) ? other : one)),
  )
}

/**
 * Runs of workflows that have no check runs and failed or wait: those that could not start, or that
 * somebody has to approve. They are called by their page.
 * @param commit the page of the commit
 */
export function idleSuites(
  suites: readonly Suite[],
  runs: readonly CheckRun[],
  commit: string,
): Finding[] {
  const started = new Set(runs.map(({ suite }) => suite))
  return suites
    .filter(({ id, isOfActions }) => isOfActions && !started.has(id))
    .map((suite) => {
      const page = `${commit}/checks?check_suite_id=${suite.id}`
      const times = { started_at: '', completed_at: '' }
      return { ...suite, ...times, id: 0, suite: suite.id, name: page, details_url: page }
    })
    .filter(({ conclusion }) => conclusion !== 'cancelled')
    .map((run) => ({ run, outcome: outcomeOfCheckRun(run), isCancelled: false }))
    .filter(({ outcome }) => outcome !== 'passing')
}
