import { DEFAULT_WORD_STATES, type JobResult, labelOf, type State, stateOf } from './state.ts'
import { joined, quote } from './text.ts'

/**
 * `Successful in 2m 13s`, `Failed after 40s`.
 * @param milliseconds how long it took; left out if negative, because a clock was set back
 */
export function describe(word: string, milliseconds?: number): string {
  const label = shown(word)
  const isPending = stateOf(word, DEFAULT_WORD_STATES) === 'pending'
  if (isPending || milliseconds === undefined || milliseconds < 0) return label
  return `${label} ${word === 'success' ? 'in' : 'after'} ${duration(milliseconds)}`
}

/** `1h 2m 3s`: whole seconds, rounded down, without units that are zero. */
export function duration(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000)
  const parts: [number, string][] = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ]
  const shown = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount}${unit}`)
  return shown.join(' ') || '0s'
}

/**
 * `Failed: test, lint and 3 more (skipped: docs)`: as many of the counting jobs as fit into `length`
 * characters, but at least one. Without names, `Failed: 5 jobs`.
 * @param skipped the jobs that were skipped, counting or not
 */
export function describeRollUp(
  state: State,
  counting: readonly JobResult[],
  skipped: readonly JobResult[] = [],
  length = 140,
): string {
  const ran = counting.filter(({ word }) => word !== 'skipped')
  const subjects = ran.length > 0 ? ran : counting
  const words = new Set(subjects.map(({ word }) => word))
  const label = shown(words.size === 1 ? ([...words][0] ?? state) : state)
  const tail = ran.length > 0 && skipped.length > 0 ? ` (skipped: ${jobs(skipped, 40)})` : ''
  return `${label}: ${jobs(subjects, length - label.length - 2 - tail.length, ' job')}${tail}`
}

/** The names of jobs, or how many there are if they have none. */
function jobs(results: readonly JobResult[], length: number, unit = ''): string {
  const names = results.map(({ job }) => job).filter((job) => job !== '')
  if (names.length > 0) return joined(names, 140, length)
  return `${results.length}${unit}${unit !== '' && results.length > 1 ? 's' : ''}`
}

/** A result word as people read it, any other word in quotes. */
function shown(word: string): string {
  return labelOf(word) ?? quote(word, 40)
}
