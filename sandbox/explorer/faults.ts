import type { ApiResponse } from '../api/github.ts'
import type { Random } from './random.ts'

/** What becomes of one request, in milliseconds since it was sent. */
export type Fate = {
  /** When the server handles it; never, if it does not get there. */
  handled: number
  /** When the client has its answer; never, if none comes. */
  answered: number
  /**
   * What the client gets in place of what the server said: another answer, or an error with a code
   * as Node names it.
   */
  falsify(answer: ApiResponse, serverNow: number): ApiResponse | Error
}

export const NEVER = Number.POSITIVE_INFINITY

type Request = { method: string; url: string; token: string }

type Fault = (fate: Fate, random: Random, request: Request) => Partial<Fate>

export function broken(code: string, message = `read ${code}`): Error {
  return Object.assign(new Error(message), { code })
}

const json = (status: number, headers: Record<string, string>, body: object): ApiResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(body),
})

/** Proxies and load balancers answer with a page, and may repeat what they were sent. */
const page = (
  status: number,
  title: string,
  headers: Record<string, string> = {},
): ApiResponse => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
  body: `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
})

const SECONDARY =
  'You have exceeded a secondary rate limit and have been temporarily blocked from content creation.'

const REFUSALS = [
  [401, 'Bad credentials'],
  [403, 'Resource not accessible by integration'],
  [404, 'Not Found'],
] as const
/** A server that lags does not list what it has just stored. */
export const STALE = 'a reading lacks what is stored'

/**
 * Of the kinds of `api/server.ts`, but in simulated time: there the same faults happen to
 * processes.
 */
export const FAULTS: Readonly<Record<string, Fault>> = {
  'reset before it was stored': () => ({ handled: NEVER, falsify: () => broken('ECONNRESET') }),
  'reset after it was stored': () => ({ falsify: () => broken('ECONNRESET') }),
  'nobody listens': () => ({
    handled: NEVER,
    falsify: () => broken('ECONNREFUSED', 'connect ECONNREFUSED'),
  }),
  'never arrives, never answered': () => ({ handled: NEVER, answered: NEVER }),
  'stored, never answered': () => ({ answered: NEVER }),
  'stored when it was long given up': (_, random) => ({
    handled: random.between(10_001, 14_000),
    answered: NEVER,
  }),
  'slow answer': ({ handled }, random) => ({ answered: handled + random.between(1_000, 9_500) }),
  'slow way there': (_, random) => {
    const handled = random.between(1_000, 9_000)
    return { handled, answered: handled + 100 }
  },
  'cut body': () => ({ falsify: () => broken('ECONNRESET', 'aborted') }),
  '5xx with a web page': (_, random, { token }) => {
    const status = random.pick([500, 502, 503, 504])
    return { handled: NEVER, falsify: () => page(status, `Unicorn! ${status}, you sent ${token}`) }
  },
  '503 with retry-after': (_, random) => {
    const after = String(random.between(0, 40))
    return { handled: NEVER, falsify: () => page(503, 'Maintenance', { 'retry-after': after }) }
  },
  '502 after it was stored': () => ({ falsify: () => page(502, 'Bad Gateway') }),
  '429 with retry-after': (_, random) => {
    const after = String(random.between(0, 90))
    return {
      handled: NEVER,
      falsify: () => json(429, { 'retry-after': after }, { message: SECONDARY }),
    }
  },
  '429 with retry-after as a date': (_, random) => {
    const after = random.between(0, 60_000)
    return {
      handled: NEVER,
      falsify: (_, now) =>
        json(429, { 'retry-after': new Date(now + after).toUTCString() }, { message: SECONDARY }),
    }
  },
  '403 limit without retry-after': () => ({
    handled: NEVER,
    falsify: () => json(403, {}, { message: SECONDARY }),
  }),
  '403 limit until a reset': (_, random) => {
    const after = random.between(1, 120)
    return {
      handled: NEVER,
      falsify: (_, now) =>
        json(
          403,
          {
            'x-ratelimit-remaining': '0',
            'x-ratelimit-reset': String(Math.ceil(now / 1000) + after),
          },
          { message: 'API rate limit exceeded for installation ID 12345678.' },
        ),
    }
  },
  '307 to the same host': ({ handled, answered }) => ({
    handled: handled + 50,
    answered: answered + 100,
  }),
  '301 to the same host': (fate, _, { method, url }) =>
    // A read follows it. For a write, the 301 itself is the answer.
    method === 'GET'
      ? { answered: fate.answered + 100 }
      : { handled: NEVER, falsify: () => page(301, 'Moved', { location: url }) },
  'redirect to another host': (_, random, { token }) => {
    const location = `https://elsewhere.example/?was=${token}`
    const status = random.pick([301, 302, 307])
    return { handled: NEVER, falsify: () => page(status, 'Found', { location }) }
  },
  'another 2xx in place of 201': (_, random) => {
    const status = random.pick([200, 202, 203, 204, 206])
    return { falsify: (answer) => (answer.status === 201 ? { ...answer, status } : answer) }
  },
  'half a 201': (_, random) => {
    const share = random.between(0, 99) / 100
    return {
      falsify: (answer) =>
        answer.status === 201
          ? { ...answer, body: answer.body.slice(0, share * answer.body.length) }
          : answer,
    }
  },
  'a commit that is not known yet': (_, __, { method }) =>
    method === 'POST'
      ? { handled: NEVER, falsify: () => json(422, {}, { message: 'No commit found for SHA' }) }
      : {},
  'a token of a step that is not known yet, or refused': (_, random, { token }) => {
    if (!token.includes('OfTheStep')) return {}
    const [status, message] = random.pick<readonly [number, string]>(REFUSALS)
    return { handled: NEVER, falsify: () => json(status, {}, { message }) }
  },
  [STALE]: (_, random, { url }) => {
    const count = random.between(1, 3)
    const isList = /\/commits\/\w+\/statuses\b/.test(url)
    return {
      falsify: (answer) =>
        isList && answer.status === 200
          ? { ...answer, body: JSON.stringify(JSON.parse(answer.body).slice(count)) }
          : answer,
    }
  },
  '200 with a web page': () => ({
    handled: NEVER,
    falsify: () => page(200, 'Sign in to the guest network'),
  }),
}

/** What an outage does to every request. */
export const OUTAGE = [
  'reset before it was stored',
  'nobody listens',
  '5xx with a web page',
  'never arrives, never answered',
] as const

/**
 * What an answer asks the client to wait in milliseconds, if it says so, and whether it refuses for
 * a limit.
 */
export function askedWait(
  { status, headers, body }: ApiResponse,
  serverNow: number,
): { asked: number | undefined; isLimit: boolean } {
  const after = headers['retry-after'] ?? ''
  const isUsedUp = headers['x-ratelimit-remaining'] === '0'
  const isLimit = status === 429 || (status === 403 && /rate limit/.test(body))
  const reset = Number(headers['x-ratelimit-reset']) * 1000 - serverNow
  if (/^\d+$/.test(after)) return { asked: Number(after) * 1000, isLimit }
  if (after !== '') return { asked: Date.parse(after) - serverNow, isLimit }
  return { asked: isLimit && isUsedUp ? reset : undefined, isLimit }
}
