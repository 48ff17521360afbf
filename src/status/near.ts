/**
 * Whether two texts are the same or one letter apart: one replaced, added or missing, or two that
 * changed places.
 */
export function isNear(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false
  let start = 0
  while (start < one.length && one[start] === other[start]) start++
  if (start === one.length && start === other.length) return true

  const isSwap = one[start] === other[start + 1] && one[start + 1] === other[start]
  if (isSwap && one.slice(start + 2) === other.slice(start + 2)) return true

  const rests = [
    [one.slice(start + 1), other.slice(start + 1)],
    [one.slice(start), other.slice(start + 1)],
    [one.slice(start + 1), other.slice(start)],
  ]
  return rests.some(([rest, otherRest]) => rest === otherRest)
}

const SHORTEST = 3

/**
 * Names that a missing one could have been meant for: the same letters, one letter apart, or one
 * within the other.
 */
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
