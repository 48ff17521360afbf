import { DEFAULT_CHOICES, type JobResult, labelOf, type State, stateOf } from './state.ts'

/**
 * `Successful in 2m 13s`, `Failed after 40s`.
 * @param milliseconds how long it took: no time is given if undefined, or negative because a clock
 * was set back
 */
export function describe(word: string, milliseconds?: number): string {
  const label = labelOf(word)
  const isPending = stateOf(word, DEFAULT_CHOICES) === 'pending'
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
 * `Failed: test, lint and 3 more`: as many of the counting jobs as fit into `length` characters,
 * but at least one. Without names, `Failed: 5 jobs`.
 */
export function describeRollUp(state: State, counting: readonly JobResult[], length = 140): string {
  const words = new Set(counting.map(({ word }) => word))
  const label = labelOf(words.size === 1 ? ([...words][0] ?? state) : state)
  const names = counting.map(({ job }) => job).filter((job) => job !== '')
  if (names.length === 0)
    return `${label}: ${counting.length} ${counting.length === 1 ? 'job' : 'jobs'}`

  const text = (shown: number) => {
    const more = names.length - shown
    return `${label}: ${names.slice(0, shown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  }
  let shown = Math.min(names.length, length)
  while (shown > 1 && text(shown).length > length) shown--
  return text(shown)
}
