import type { CheckRun } from '../github/check-runs.ts'
import { type Outcome, outcomeOfCheckRun } from './outcome.ts'

/**
 * The newest check run of each name within a check suite: a re-run replaces what was there before.
 */
export function newestOfSuites(runs: readonly CheckRun[]): CheckRun[] {
  return [...groupsOf(runs, ({ suite, name }) => `${suite} ${name}`).values()].map(
    (group) => newestFirst(group)[0] as CheckRun,
  )
}

/**
 * One check run for each name: of several suites the worst, since two workflows can have a job of
 * one name. One that was cancelled gives way to a newer one.
 */
export function worstOfSuites(runs: readonly CheckRun[]): CheckRun[] {
  return [...groupsOf(runs, ({ name }) => name).values()].map(worst)
}

const WORST_FIRST: readonly Outcome[] = ['failing', 'pending', 'passing']

function worst(runs: readonly CheckRun[]): CheckRun {
  const [newest, ...older] = newestFirst(runs)
  const counting = [newest, ...older.filter(({ conclusion }) => conclusion !== 'cancelled')]
  const rank = (run: CheckRun) => WORST_FIRST.indexOf(outcomeOfCheckRun(run))
  return (counting as CheckRun[]).reduce((one, other) => (rank(other) < rank(one) ? other : one))
}

/** Ids grow with time. */
function newestFirst(runs: readonly CheckRun[]): CheckRun[] {
  return runs.toSorted((one, other) => other.id - one.id)
}

function groupsOf(
  runs: readonly CheckRun[],
  keyOf: (run: CheckRun) => string,
): Map<string, CheckRun[]> {
  const groups = new Map<string, CheckRun[]>()
  for (const run of runs) groups.set(keyOf(run), [...(groups.get(keyOf(run)) ?? []), run])
  return groups
}
