import { createHash } from 'node:crypto'

/** Chance that a seed repeats exactly. */
export type Random = {
  /** From 0 up to 1, without 1. */
  number(): number
  /** A whole number of these bounds or between them. */
  between(least: number, most: number): number
  chance(share: number): boolean
  pick<T>(items: readonly [T, ...T[]]): T
}

/** mulberry32: small, quick, and good enough to deal out faults. */
export function seeded(seed: string): Random {
  let state = createHash('sha256').update(seed).digest().readUInt32LE()
  const number = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (least: number, most: number) => least + Math.floor(number() * (most - least + 1))
  return {
    number,
    between,
    chance: (share) => number() < share,
    pick: (items) => items[between(0, items.length - 1)] ?? items[0],
  }
}
