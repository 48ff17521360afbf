/**
 * The states of a commit status.
 * https://docs.github.com/rest/commits/statuses#create-a-commit-status
 */
export type State = 'error' | 'failure' | 'pending' | 'success'

/** From worst to best: the order in which a roll-up looks for its state. */
export const STATES: readonly State[] = ['failure', 'error', 'pending', 'success']

/**
 * What the two result words become about which users disagree. `skipped` is undefined unless given.
 */
export type Choices = { cancelled: State; skipped: State | undefined }

/**
 * What a result word means: the state that it stands for, how people read it, and whether a run can
 * end so.
 */
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

/** The choices of a user who makes none. */
export const DEFAULT_CHOICES: Choices = { cancelled: 'error', skipped: undefined }

/**
 * The state that a result word stands for, or undefined if it is not a result word. `skipped` alone
 * is an error unless the user chose otherwise: a job is also skipped because one before it failed,
 * and that must never be green.
 */
export function stateOf(word: string, choices: Choices): State | undefined {
  if (word === 'cancelled') return choices.cancelled
  if (word === 'skipped' && choices.skipped !== undefined) return choices.skipped
  return meaningOf(word)?.state
}

/** A result word as people read it; any other word as it is. */
export function labelOf(word: string): string {
  return meaningOf(word)?.label ?? word
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
 * The worst of the jobs' states, and the jobs that have it. Skipped jobs do not count beside jobs
 * that ran, unless the user chose a state for them.
 */
export function rollUp(
  results: readonly JobResult[],
  choices: Choices,
): { state: State; counting: JobResult[] } {
  const ran = results.filter(({ word }) => word !== 'skipped')
  const counting = choices.skipped === undefined && ran.length > 0 ? ran : results
  const state = worstOf(counting.map((result) => result.state))
  return { state, counting: counting.filter((result) => result.state === state) }
}
