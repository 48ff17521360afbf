import type { ApiResponse } from '../api/github.ts'

/**
 * GitHub's secondary limits, as far as it says them. Windows slide, which is stricter than windows that start anew.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
 */
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const MOST_AT_ONCE = 100
const POINTS = { most: 900, within: MINUTE, ofRead: 1, ofWrite: 5 }
const CONTENT = [
  { most: 80, within: MINUTE },
  { most: 500, within: HOUR },
]

/** What GitHub leaves open, to be tried both ways. */
export type Strictness = {
  /** Refusals say when to come again: GitHub's sometimes do not. */
  saysWhen: boolean
  /** Refused requests cost points too. */
  countsRefused: boolean
}

export function createLimits(now: () => number, { saysWhen, countsRefused }: Strictness) {
  /** When what was let through came, in milliseconds. */
  const written: number[] = []
  const points: { at: number; cost: number }[] = []
  let open = 0
  const counts = { most: 0, refused: 0 }

  const since = (within: number) => now() - within

  /** Seconds after which a request may come again, as the refusal says it; undefined where it may come now. */
  function wait(method: string, cost: number): number | undefined {
    const spent = points
      .filter(({ at }) => at > since(POINTS.within))
      .reduce((sum, point) => sum + point.cost, 0)
    if (open > MOST_AT_ONCE || spent + cost > POINTS.most) return 60
    if (method !== 'POST') return undefined
    for (const { most, within } of CONTENT) {
      const recent = written.filter((at) => at > since(within))
      const first = recent.at(-most)
      if (first !== undefined)
        return within === MINUTE ? 60 : Math.ceil((first - since(within)) / 1000)
    }
    return undefined
  }

  return {
    counts,
    /** The refusal of a request that comes too fast. */
    refuse(method: string): ApiResponse | undefined {
      const cost = method === 'GET' ? POINTS.ofRead : POINTS.ofWrite
      const seconds = wait(method, cost)
      if (seconds === undefined || countsRefused) points.push({ at: now(), cost })
      if (seconds === undefined) {
        if (method === 'POST') written.push(now())
        return undefined
      }
      counts.refused += 1
      const after = { 'retry-after': String(seconds) }
      return {
        status: 403,
        headers: { 'content-type': 'application/json; charset=utf-8', ...(saysWhen && after) },
        body: JSON.stringify({
          message:
            'You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.',
        }),
      }
    },
    begin() {
      open += 1
      counts.most = Math.max(counts.most, open)
    },
    end() {
      open -= 1
    },
  }
}

export type Limits = ReturnType<typeof createLimits>
