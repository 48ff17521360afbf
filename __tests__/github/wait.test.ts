import { describe, expect, jest, test } from '@jest/globals'
import { postBudget } from '../../src/github/budgets.ts'
import { isLasting, judged, type RequestError } from '../../src/github/cause.ts'
import type { GitHub } from '../../src/github/connect.ts'
import { explain } from '../../src/github/request.ts'
import { waitToRetry } from '../../src/github/retry.ts'
import { waitBefore } from '../../src/github/retry-wait.ts'
import { GITHUB } from '../../src/status/platform.ts'

const NOW = Date.parse('2026-11-21T10:00:00Z')
const request = {
  doing: 'publish "CI / test" on octo-org/octo-repo@6dcb09b',
  repository: 'octo-org/octo-repo',
  apiUrl: 'https://api.github.com',
  permission: 'statuses: write',
  isJobToken: true,
  isOwnRepository: true,
  commitInput: 'sha' as const,
  platform: GITHUB,
}

const answer = (
  status: number | undefined,
  message = '',
  headers: RequestError['headers'] = {},
  rest: Partial<RequestError> = {},
) => judged({ status, code: '', message, reasons: '', call: '', headers, ...rest })
const broken = (code: string, message = `read ${code}`) => answer(undefined, message, {}, { code })
const refused = (reasons: string) => answer(422, 'Validation Failed', {}, { reasons })
const seconds = (count: number) => count * 1000
const epoch = (offset: number) => String(NOW / 1000 + offset)
const httpDate = (offset: number) => new Date(NOW + seconds(offset)).toUTCString()
const text = (error: RequestError) => explain(error, request, NOW).message

const SECONDARY =
  'You have exceeded a secondary rate limit and have been temporarily blocked from content creation.'
const PRIMARY = 'API rate limit exceeded for installation ID 12345678.'
const TUNNEL = 'tunneling socket could not be established,'

describe('the wait before the next attempt', () => {
  const backoff = [0.5, 1] as const
  test.each<[string, RequestError, readonly [number, number]]>([
    ['a reset', broken('ECONNRESET'), backoff],
    ['nobody listening', broken('ECONNREFUSED'), backoff],
    ['a name that is not found', broken('ENOTFOUND'), backoff],
    ['an attempt that took too long', broken('ETIMEDOUT'), backoff],
    [
      'a proxy that is not there',
      broken('ECONNRESET', `${TUNNEL} cause=connect ECONNREFUSED 10.0.0.1:3128`),
      backoff,
    ],
    ['a proxy that finds nobody', broken('ECONNRESET', `${TUNNEL} statusCode=502`), backoff],
    ['408', answer(408), backoff],
    ['429 without a word of when', answer(429), backoff],
    ['500', answer(500), backoff],
    ['502 of a proxy', answer(502, 'Bad Gateway'), backoff],
    ['503', answer(503), backoff],
    ['503 with retry-after', answer(503, '', { 'retry-after': '7' }), [7, 8.75]],
    ['429 with retry-after', answer(429, '', { 'retry-after': '7' }), [7, 8.75]],
    ['403 with retry-after', answer(403, '', { 'retry-after': '7' }), [7, 8.75]],
    [
      'retry-after 0, which is no reason to hammer',
      answer(429, '', { 'retry-after': '0' }),
      backoff,
    ],
    ['retry-after as a date', answer(429, '', { 'retry-after': httpDate(9) }), [9, 11.25]],
    ['retry-after as a date gone by', answer(429, '', { 'retry-after': httpDate(-9) }), backoff],
    [
      'retry-after as a date, the server an hour ahead',
      answer(429, '', { 'retry-after': httpDate(3609), date: httpDate(3600) }),
      [9, 11.25],
    ],
    ['retry-after that is nonsense', answer(429, '', { 'retry-after': 'soon' }), backoff],
    ['retry-after below zero', answer(429, '', { 'retry-after': '-5' }), backoff],
    [
      'a used-up limit',
      answer(403, PRIMARY, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': epoch(30) }),
      [31, 38.75],
    ],
    [
      'a used-up limit, the server an hour behind',
      answer(403, PRIMARY, {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': epoch(-3570),
        date: httpDate(-3600),
      }),
      [31, 38.75],
    ],
    [
      'a used-up limit as 429',
      answer(429, '', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': epoch(5) }),
      [6, 7.5],
    ],
    [
      'a limit that has ended by now',
      answer(403, PRIMARY, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': epoch(-60) }),
      [1, 2],
    ],
    [
      'a used-up limit without its end',
      answer(403, PRIMARY, { 'x-ratelimit-remaining': '0' }),
      backoff,
    ],
    [
      'a used-up limit whose end is nonsense',
      answer(403, PRIMARY, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'NaN' }),
      backoff,
    ],
    [
      'a secondary limit without retry-after',
      answer(403, SECONDARY, { 'x-ratelimit-remaining': '4999' }),
      [60, 75],
    ],
    ['a secondary limit as 429', answer(429, SECONDARY), [60, 75]],
    [
      'a secondary limit with retry-after',
      answer(403, SECONDARY, { 'retry-after': '5' }),
      [5, 6.25],
    ],
    [
      'the words of an older server',
      answer(403, 'You have triggered an abuse detection mechanism.'),
      [60, 75],
    ],
  ])('%s', (_, error, [least, most]) => {
    expect(waitBefore(error, 0, NOW, 0)).toBe(seconds(least))
    expect(waitBefore(error, 0, NOW, 1)).toBe(seconds(most))
  })

  test.each<[string, RequestError]>([
    ['400', answer(400, 'Problems parsing JSON')],
    ['401', answer(401, 'Bad credentials')],
    ...[
      'Resource not accessible by integration',
      'Repository was archived so is read-only.',
      'SAML',
    ].flatMap((message): [string, RequestError][] => [
      [`403 ${message}`, answer(403, message)],
      [
        `403 ${message}, on the last request of a limit`,
        answer(403, message, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': epoch(9) }),
      ],
    ]),
    ['403 without a word', answer(403)],
    ['404', answer(404, 'Not Found')],
    ['410', answer(410, 'Gone')],
    ['422', refused('Validation failed: Description is too long (maximum is 140 characters)')],
    ['451', answer(451, 'Repository access blocked')],
    ['a redirect', answer(301, '', { location: 'https://elsewhere.test/' })],
    [
      '500 of Gitea for an unknown commit',
      answer(500, 'GetCommit[6dcb09b]: object does not exist'),
    ],
    ['an untrusted certificate', broken('SELF_SIGNED_CERT_IN_CHAIN')],
    ['a certificate signed by nobody known', broken('UNABLE_TO_VERIFY_LEAF_SIGNATURE')],
    ['a certificate for another name', broken('ERR_TLS_CERT_ALTNAME_INVALID')],
    ['a proxy that asks for a password', broken('ECONNRESET', `${TUNNEL} statusCode=407`)],
    ['a proxy that forbids the host', broken('ECONNRESET', `${TUNNEL} statusCode=403`)],
    [
      'a token that is no header',
      broken('ERR_INVALID_CHAR', 'Invalid character in header content ["authorization"]'),
    ],
    ['a proxy that is no address', broken('ERR_INVALID_URL', 'Invalid URL')],
    ['an error without a code', broken('', 'URI malformed')],
  ])('none for %s', (_, error) => {
    expect(isLasting(error.cause)).toBe(true)
  })

  test('doubles up to half a minute, half of it by chance', () => {
    const waits = (random: number) =>
      [0, 1, 2, 3, 4, 5, 6, 60].map((n) => waitBefore(answer(502), n, NOW, random))
    expect(waits(1)).toEqual([1, 2, 4, 8, 16, 30, 30, 30].map(seconds))
    expect(waits(0)).toEqual([0.5, 1, 2, 4, 8, 15, 15, 15].map(seconds))
  })

  test('grows beyond what a server asks for again and again', () => {
    expect(waitBefore(answer(429, '', { 'retry-after': '1' }), 4, NOW, 1)).toBe(seconds(16))
  })

  test('is a number, however far away', () => {
    for (const after of ['9'.repeat(400), 'Fri, 31 Dec 9999 23:59:59 GMT']) {
      const error = answer(429, '', { 'retry-after': after })
      expect(waitBefore(error, 0, NOW, 0)).toBeGreaterThan(seconds(86_400 * 365))
      expect(text(error)).toMatch(/\d{4}-\d\d-\d\d/)
    }
  })
})

test.each([
  [225, 240, true],
  [239, 240, false],
])('of %d s, within %d s, is made whatever chance adds: %p', async (after, budget, isMade) => {
  jest.useFakeTimers()
  const random = jest.spyOn(Math, 'random').mockReturnValue(0.999)
  const at = Date.now() + seconds(budget)
  const stage = { deadline: { at, latest: at }, patience: { odd: 3 }, isTokenNew: false, log() {} }
  const failure = explain(answer(503, '', { 'retry-after': String(after) }), request, NOW)
  const waited = waitToRetry(stage as unknown as GitHub, failure, 0)
  await jest.advanceTimersByTimeAsync(seconds(budget - 1))
  expect(await waited).toBe(isMade)
  random.mockRestore()
  jest.useRealTimers()
})

test.each([
  ['success', 80, 240],
  ['cancelled', 1, 62],
  ['cancelled', 80, 220],
  ['cancelled', 100, 240],
])('post of a job that ended in %s has, for %d names, %d s', (result, names, usual) => {
  const ifAsked = Math.max(usual, 150)
  expect(postBudget(result, names)).toEqual({ usual: seconds(usual), ifAsked: seconds(ifAsked) })
})
