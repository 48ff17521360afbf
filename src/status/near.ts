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
