import type { CheckRun } from '../github/check-runs.ts'
import { type Outcome, outcomeOfCheckRun } from './outcome.ts'

/**
 * The newest check run of each name within a check suite: a re-run replaces what was there before.
 */
export function newestOfSuites(runs: readonly CheckRun[]): CheckRun[] {
  return groupsOf(runs, ({ suite, name }) => `${suite} ${name}`).map(newestOf)
}

/**
 * One check run for each name: of several suites the worst, since two workflows can have a job of
 * one name. One that was cancelled gives way to a newer one.
 */
export function worstOfSuites(runs: readonly CheckRun[]): CheckRun[] {
  return groupsOf(runs, ({ name }) => name).map(worst)
}

const WORST_FIRST: readonly Outcome[] = ['failing', 'pending', 'passing']

function worst(runs: readonly CheckRun[]): CheckRun {
  const rank = (run: CheckRun) => WORST_FIRST.indexOf(outcomeOfCheckRun(run))
  const isReplaced = (run: CheckRun) => run.conclusion === 'cancelled' && run !== newestOf(runs)
  return runs
    .filter((run) => !isReplaced(run))
    .reduce((one, other) => (rank(other) < rank(one) ? other : one))
}

/** Ids grow with time. @param runs at least one */
function newestOf(runs: readonly CheckRun[]): CheckRun {
  return runs.reduce((one, other) => (other.id > one.id ? other : one))
}

/** The check runs that have the same key, in groups of at least one. */
function groupsOf(runs: readonly CheckRun[], keyOf: (run: CheckRun) => string): CheckRun[][] {
  const groups = new Map<string, CheckRun[]>()
  for (const run of runs) {
    const group = groups.get(keyOf(run))
    if (group === undefined) groups.set(keyOf(run), [run])
    else group.push(run)
  }
  return [...groups.values()]
}
