import type { ApiResponse } from '../api/github.ts'

/**
 * GitHub's secondary limits, as far as it documents them. Windows slide, which is stricter than
 * windows that start anew.
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

export type Limits = {
  /** The refusal of a request that comes too fast. */
  refuse(method: string): ApiResponse | undefined
  begin(): void
  end(): void
}

/** What was let through, and when, in milliseconds. */
type Past = { written: number[]; points: { at: number; cost: number }[] }

export function createLimits(now: () => number, { saysWhen, countsRefused }: Strictness): Limits {
  const past: Past = { written: [], points: [] }
  let open = 0

  /** Seconds that a request has to wait, undefined if it is let through. */
  function waitFor(method: string, cost: number): number | undefined {
    if (open > MOST_AT_ONCE || isSpent(past, cost, now())) return 60
    return method === 'POST' ? waitToWrite(past, now()) : undefined
  }

  function refuse(method: string): ApiResponse | undefined {
    const cost = method === 'GET' ? POINTS.ofRead : POINTS.ofWrite
    const seconds = waitFor(method, cost)
    const isRefused = seconds !== undefined
    if (!isRefused || countsRefused) past.points.push({ at: now(), cost })
    if (!isRefused && method === 'POST') past.written.push(now())
    if (!isRefused) return undefined

    return refusal(saysWhen ? { 'retry-after': String(seconds) } : {})
  }

  return {
    refuse,
    begin: () => void open++,
    end: () => void open--,
  }
}

function isSpent({ points }: Past, cost: number, now: number): boolean {
  const spent = points
    .filter(({ at }) => at > now - POINTS.within)
    .reduce((sum, point) => sum + point.cost, 0)
  return spent + cost > POINTS.most
}

/** Seconds after which a write is let through, as a refusal says it; undefined if one is now. */
function waitToWrite({ written }: Past, now: number): number | undefined {
  for (const { most, within } of CONTENT) {
    const first = written.filter((at) => at > now - within).at(-most)
    if (first !== undefined && within === MINUTE) return 60
    if (first !== undefined) return Math.ceil((first - now + within) / 1000)
  }
  return undefined
}

function refusal(headers: Record<string, string>): ApiResponse {
  const message =
    'You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.'
  return {
    status: 403,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify({ message }),
  }
}
