import { headerOf, type RequestError, SECONDARY_LIMIT } from './cause.ts'

const BACKOFF = 1_000
const LONGEST_BACKOFF = 30_000
const SECONDARY_LIMIT_WAIT = 60_000
/** A server that asks for less than this is not asked again and again at that pace. */
const SHORT_WAIT = 5_000
/** In seconds: ten years, as good as forever, and still a date. */
const LONGEST_ASKED = 315_360_000

/**
 * Milliseconds to wait before the next attempt. Up to a quarter more than the server asks for: the
 * legs of a matrix are all told the same, and must not all come back at once.
 * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#handle-rate-limit-errors-appropriately
 * @param attempt how many retries were made so far: 0 after the first attempt
 * @param now milliseconds since 1970
 * @param random from 0 to 1
 */
export function waitBefore(
  error: RequestError,
  attempt: number,
  now: number,
  random: number,
): number {
  const backoff = Math.min(BACKOFF * 2 ** attempt, LONGEST_BACKOFF) * (0.5 + random / 2)
  const asked = askedWait(error, now, attempt)
  if (asked === undefined) return backoff
  const wait = asked + random * Math.max(asked / 4, BACKOFF)
  return asked < SHORT_WAIT ? Math.max(wait, backoff) : wait
}

/**
 * Milliseconds that the server asks to wait: `retry-after`, the reset of a used-up limit, or
 * without both GitHub's rule for secondary limits, a minute that doubles.
 */
export function askedWait(error: RequestError, now: number, attempt = 0): number | undefined {
  const after = retryAfter(error, now)
  if (after !== undefined) return after
  if (error.cause !== 'limit') return undefined

  const reset = headerOf(error, 'x-ratelimit-reset')
  const isUsedUp = headerOf(error, 'x-ratelimit-remaining') === '0' && /^\d{1,11}$/.test(reset)
  if (isUsedUp) return Math.max(Number(reset) * 1000 - clockOf(error, now), 0) + 1_000
  return SECONDARY_LIMIT.test(error.message) ? SECONDARY_LIMIT_WAIT * 2 ** attempt : undefined
}

function retryAfter(error: RequestError, now: number): number | undefined {
  const after = headerOf(error, 'retry-after')
  if (/^\d+$/.test(after)) return Math.min(Number(after), LONGEST_ASKED) * 1000
  const isDate = /^[a-z]{3}/i.test(after) && !Number.isNaN(Date.parse(after))
  return isDate ? Math.max(Date.parse(after) - clockOf(error, now), 0) : undefined
}

/** The server's clock, in milliseconds since 1970: it counts by that. */
export function clockOf(error: Pick<RequestError, 'headers'>, now: number): number {
  return Date.parse(headerOf(error, 'date')) || now
}
