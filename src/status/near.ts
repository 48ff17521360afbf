import { WORDS } from './state.ts'

/** Whether two texts are at most one letter apart: replaced, added, missing or swapped. */
export function isNear(one: string, other: string): boolean {
  let start = 0
  while (start < one.length && one[start] === other[start]) start++
  const [a, b] = [one.slice(start), other.slice(start)]
  const isSwap = a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2)
  return isSwap || a.slice(1) === b.slice(1) || a === b.slice(1) || a.slice(1) === b
}

const SHORTEST = 3

/** Names that a missing one may stand for: same letters, one apart, or one within the other. */
export function similarNames(missing: string, names: readonly string[], most: number): string[] {
  const meant = lettersOf(missing)
  const isSimilar = (name: string) => {
    const letters = lettersOf(name)
    const isLong = Math.min(letters.length, meant.length) >= SHORTEST
    const isPart = letters.includes(meant) || meant.includes(letters)
    return letters === meant || (isLong && (isPart || isNear(letters, meant)))
  }
  return names.filter(isSimilar).slice(0, most)
}

/** A name without case, white space and punctuation. */
function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

/** Result words, and what people write in their place. */
const MEANT: Readonly<Record<string, string>> = {
  failure: 'fail failed failing',
  success: 'pass passed passing succeeded successful',
  cancelled: 'canceled',
  error: 'errored',
  skipped: 'skip',
  in_progress: 'running',
  pending: 'started',
  timed_out: 'timeout',
}

/** `; perhaps failure` for a word such as `failed`, empty if nothing near is known. */
export function nearWord(word: string, known: readonly string[] = WORDS): string {
  const near = known.find((one) => MEANT[one]?.split(' ').includes(word) || isNear(one, word))
  return near === undefined ? '' : `; perhaps \`${near}\` is meant`
}
