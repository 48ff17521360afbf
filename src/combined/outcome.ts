import type { CheckRun } from '../github/check-runs.ts'
import type { Suite } from '../github/workflow-runs.ts'
import { stateOf } from '../status/state.ts'
import { listed, quote } from '../status/text.ts'
import { type Choice, matchesAny } from './names.ts'

/** What a status or check run does to the combined state. */
export type Outcome = 'failing' | 'pending' | 'passing'

/** What could decide otherwise, if it were read. */
export type Ask = 'suites' | 'runs'

/** A check run and what it does to the combined state. */
export type Finding = {
  run: CheckRun
  outcome: Outcome
  /** Whether it was cancelled, or skipped because others were. */
  isCancelled: boolean
  /** A sentence, if its own word does not say why. */
  why?: string
  asks?: Ask
}

/** Gitea's `skipped` passes; its `warning`, and any state that nobody knows, is a failure. */
export function outcomeOfState(state: string): Outcome {
  if (state === 'pending') return 'pending'
  return state === 'success' || state === 'skipped' ? 'passing' : 'failing'
}

/**
 * What a check run's own word says. Skipped and neutral ones pass, as they do for GitHub's required
 * checks; a word that nobody knows is a failure.
 */
export function outcomeOfCheckRun({ status, conclusion }: CheckRun): Outcome {
  const isCompleted = status === 'completed'
  const word = isCompleted ? conclusion : status
  const state = stateOf(word, { cancelled: 'error', skipped: 'success' })
  if (state === 'pending') return 'pending'
  return isCompleted && state === 'success' ? 'passing' : 'failing'
}

/**
 * What a check run says among the others of its suite. A job is also skipped because one before it
 * failed or was cancelled, and then it must not pass, unless the user allows it or the run as a
 * whole succeeded (`continue-on-error`). Until a re-run is over, it can be the earlier attempt's.
 * @param siblings what counts in its suite
 * @param earlier what else is in its suite: earlier attempts
 */
export function findingOf(
  run: CheckRun,
  siblings: readonly CheckRun[],
  earlier: readonly CheckRun[],
  suites: readonly Suite[] | undefined,
  { allowedSkips = [], platform }: Choice,
): Finding {
  const { name, conclusion } = run
  const outcome = outcomeOfCheckRun(run)
  const own: Finding = { run, outcome, isCancelled: conclusion === 'cancelled' }
  const isSkippedJob = conclusion === 'skipped' && run.isOfActions && outcome === 'passing'
  if (!isSkippedJob || matchesAny(allowedSkips, name, platform)) return own

  const isFailing = (one: CheckRun) => outcomeOfCheckRun(one) === 'failing'
  const failed = siblings.filter(isFailing)
  const suite = suites?.find(({ id }) => id === run.suite)
  const isExcused =
    failed.length === 0 ? suite?.status === 'completed' : suite?.conclusion === 'success'
  const all = failed.length === 0 ? earlier.filter(isFailing) : failed
  if (all.length === 0 || isExcused) return own

  const names = listed([...new Set(all.map((one) => one.name))], 3)
  return {
    run,
    outcome: failed.length === 0 ? 'pending' : 'failing',
    isCancelled: all.every((one) => one.conclusion === 'cancelled'),
    why: `${quote(name, 255)} was skipped in a run in which ${names} did not succeed: if that is right, add it to \`allowed_skips\`.`,
    ...(suites === undefined ? { asks: 'suites' } : {}),
  }
}
