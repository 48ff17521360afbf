import type { CheckRun } from '../github/check-runs.ts'
import { stateOf } from '../status/state.ts'

/** What a status or check run does to the combined state. */
export type Outcome = 'failing' | 'pending' | 'passing'

/** Gitea's `skipped` passes; its `warning`, and any state that nobody knows, is a failure. */
export function outcomeOfState(state: string): Outcome {
  if (state === 'pending') return 'pending'
  return state === 'success' || state === 'skipped' ? 'passing' : 'failing'
}

/**
 * Skipped and neutral check runs pass, as they do for GitHub's required checks; a word that nobody
 * knows is a failure.
 */
export function outcomeOfCheckRun({ status, conclusion }: CheckRun): Outcome {
  const isCompleted = status === 'completed'
  const word = isCompleted ? conclusion : status
  const state = stateOf(word, { cancelled: 'error', skipped: 'success' })
  if (state === 'pending') return 'pending'
  return isCompleted && state === 'success' ? 'passing' : 'failing'
}
