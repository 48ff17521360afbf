import type { CheckRun } from '../github/check-runs.ts'

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
