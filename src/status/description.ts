import type { JobResult, State } from './state.ts'

/** Result words as a person says them. */
const SAID: Readonly<Record<string, string>> = {
  success: 'Successful',
  neutral: 'Neutral',
  failure: 'Failed',
  timed_out: 'Timed out',
  error: 'Error',
  startup_failure: 'Failed to start',
  stale: 'Stale',
  pending: 'Pending',
  action_required: 'Action required',
  queued: 'Queued',
  requested: 'Requested',
  in_progress: 'In progress',
  waiting: 'Waiting',
  cancelled: 'Cancelled',
  skipped: 'Skipped',
}

/** `Successful in 2m 13s`, `Failed after 40s`; without a time where the clock ran backwards or none is given. */
export function describe(word: string, milliseconds?: number): string {
  const said = SAID[word] ?? word
  if (milliseconds === undefined || milliseconds < 0) return said
  return `${said} ${word === 'success' ? 'in' : 'after'} ${duration(milliseconds)}`
}

/** `1h 2m 3s`: whole seconds, rounded down, units that are zero left out. */
export function duration(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000)
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ] as const
  return (
    parts
      .filter(([amount]) => amount > 0)
      .map(([amount, unit]) => `${amount}${unit}`)
      .join(' ') || '0s'
  )
}

/**
 * `Failed: test, lint and 3 more`: as many of the jobs that count as `length` characters hold, one at least. Beside jobs
 * that ran, those that were skipped are not worth a name.
 */
export function describeRollUp(state: State, counting: readonly JobResult[], length = 140): string {
  const ran = counting.filter(({ word }) => word !== 'skipped')
  const named = ran.length > 0 ? ran : counting
  const words = new Set(named.map(({ word }) => word))
  const said = SAID[words.size === 1 ? ([...words][0] ?? state) : state]
  const listed = (shown: number) => {
    const names = named.slice(0, shown).map(({ job }) => job)
    const more = named.length - shown
    return `${said}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  }
  let shown = named.length
  while (shown > 1 && listed(shown).length > length) shown--
  return listed(shown)
}
