/** The states of a commit status. https://docs.github.com/rest/commits/statuses#create-a-commit-status */
export type State = 'error' | 'failure' | 'pending' | 'success'

export const STATES: readonly State[] = ['failure', 'error', 'pending', 'success']

/** What the two result words become on which users disagree. */
export type Choices = { cancelled: State; skipped: State }

/**
 * Result words of the platform besides `cancelled` and `skipped`: `job.status`, `needs.*.result`, `steps.*.outcome`,
 * and the conclusions and statuses of runs.
 * https://docs.github.com/rest/checks/runs#create-a-check-run (`conclusion`, `status`)
 */
const STATE_OF_WORD: Readonly<Record<string, State>> = {
  success: 'success',
  neutral: 'success',
  failure: 'failure',
  timed_out: 'failure',
  error: 'error',
  startup_failure: 'error',
  stale: 'error',
  pending: 'pending',
  action_required: 'pending',
  queued: 'pending',
  requested: 'pending',
  in_progress: 'pending',
  waiting: 'pending',
}

/** Every result word that {@link stateOf} understands. */
export const WORDS: readonly string[] = [...Object.keys(STATE_OF_WORD), 'cancelled', 'skipped']

/** How a run can end. https://docs.github.com/rest/actions/workflow-runs#get-a-workflow-run */
export const CONCLUSIONS: readonly string[] = [
  'success',
  'failure',
  'cancelled',
  'timed_out',
  'startup_failure',
  'stale',
  'action_required',
  'neutral',
  'skipped',
]

/** The state that a result word of the platform means, or undefined where the word is none. */
export function stateOf(word: string, choices: Choices): State | undefined {
  if (word === 'cancelled' || word === 'skipped') return choices[word]
  return Object.hasOwn(STATE_OF_WORD, word) ? STATE_OF_WORD[word] : undefined
}

/** One job of the `needs` context. */
export type JobResult = { job: string; word: string; state: State }

/** The worst of the jobs' states (failure, error, pending, success), and the jobs that are in it. */
export function rollUp(results: readonly JobResult[]): { state: State; counting: JobResult[] } {
  const state =
    STATES.find((candidate) => results.some((result) => result.state === candidate)) ?? 'success'
  return { state, counting: results.filter((result) => result.state === state) }
}
