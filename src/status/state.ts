/**
 * The states of a commit status.
 * https://docs.github.com/rest/commits/statuses#create-a-commit-status
 */
export type State = 'error' | 'failure' | 'pending' | 'success'

/** From worst to best: the order in which a roll-up looks for its state. */
export const STATES: readonly State[] = ['failure', 'error', 'pending', 'success']

/** What the two result words become about which users disagree. */
export type WordStates = { cancelled: State; skipped: State }

/** What a result word stands for, how people read it, and whether a run can end so. */
type Meaning = { state: State; label: string; endsRun?: true }

/**
 * The platform's result words: `job.status`, `needs.*.result`, `steps.*.outcome`, and the
 * conclusions and statuses of runs. https://docs.github.com/rest/checks/runs#create-a-check-run
 */
const MEANING: Readonly<Record<string, Meaning>> = {
  success: { state: 'success', label: 'Successful', endsRun: true },
  neutral: { state: 'success', label: 'Neutral', endsRun: true },
  failure: { state: 'failure', label: 'Failed', endsRun: true },
  timed_out: { state: 'failure', label: 'Timed out', endsRun: true },
  error: { state: 'error', label: 'Error' },
  startup_failure: { state: 'error', label: 'Failed to start', endsRun: true },
  stale: { state: 'error', label: 'Stale', endsRun: true },
  abandoned: { state: 'error', label: 'Abandoned' },
  pending: { state: 'pending', label: 'Pending' },
  action_required: { state: 'pending', label: 'Action required', endsRun: true },
  queued: { state: 'pending', label: 'Queued' },
  requested: { state: 'pending', label: 'Requested' },
  in_progress: { state: 'pending', label: 'In progress' },
  waiting: { state: 'pending', label: 'Waiting' },
  cancelled: { state: 'error', label: 'Cancelled', endsRun: true },
  skipped: { state: 'error', label: 'Skipped', endsRun: true },
}

/** Every result word that {@link stateOf} understands. */
export const WORDS: readonly string[] = Object.keys(MEANING)

/** How a run can end. https://docs.github.com/rest/actions/workflow-runs#get-a-workflow-run */
export const CONCLUSIONS: readonly string[] = WORDS.filter((word) => MEANING[word]?.endsRun)

/** The choices of a user who makes none: what was skipped may have to be red, see {@link rollUp}. */
export const DEFAULT_WORD_STATES: WordStates = { cancelled: 'error', skipped: 'error' }

/** The state that a result word stands for, or undefined if it is not a result word. */
export function stateOf(word: string, choices: WordStates): State | undefined {
  if (word === 'cancelled') return choices.cancelled
  if (word === 'skipped') return choices.skipped
  return meaningOf(word)?.state
}

export function labelOf(word: string): string | undefined {
  return meaningOf(word)?.label
}

function meaningOf(word: string): Meaning | undefined {
  return Object.hasOwn(MEANING, word) ? MEANING[word] : undefined
}

/** The worst of some states: failure, error, pending, success. Of none, success. */
export function worstOf(states: readonly State[]): State {
  return STATES.find((candidate) => states.includes(candidate)) ?? 'success'
}

/** One job of the `needs` context; `job` is empty if only its result is known. */
export type JobResult = { job: string; word: string; state: State }

/**
 * The worst of the jobs' states, and the jobs that have it. A job that is also skipped because one
 * before it failed counts, even if `needs` does not list that one.
 */
export function rollUp(results: readonly JobResult[]): { state: State; counting: JobResult[] } {
  const state = worstOf(results.map((result) => result.state))
  return { state, counting: results.filter((result) => result.state === state) }
}
