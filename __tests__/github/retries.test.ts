import { expect, test } from '@jest/globals'
import type { FaultKind } from '../../sandbox/api/server.ts'
import { expectQuiet, expectSaid, expectSeconds, messages, retries } from '../support/expect.ts'
import { answers, PRIMARY, usedUp } from '../support/faults.ts'
import { HEAD, startJob, WRITE } from '../support/job.ts'

// Most of the time here is spent waiting: the tests run side by side, the longest first.

type Row = {
  when: string
  faults: FaultKind[]
  /** What the log says of each failed attempt. */
  reasons: RegExp[]
  /** How many writes are sent; one more than faults, unless the first was stored though its answer got lost. */
  writes?: number
  /** Seconds, at least and at most. */
  takes?: [number, number]
  /** Whether the step is given a token that an app has just made. */
  isTokenGiven?: true
}

const GIVEN = 'ghs_made9876543210zyxwvutsrqponmlkjihgfed'
const stored = { id: 1, state: 'success' }
const json = { 'content-type': 'application/json' }

const html = (text: string) => `<html>\n<head><title>${text}</title></head>${text}</html>`
const jitter: [number, number] = [0.5, 2]

const rows: Row[] = [
  {
    when: 'a hang',
    faults: [{ hang: true }],
    reasons: [/no answer|timed? ?out/i],
    takes: [10, 12],
  },
  {
    when: 'an endless body',
    faults: [{ endless: true }],
    reasons: [/no answer|timed? ?out/i],
    takes: [10, 12],
  },
  {
    when: 'a byte now and then of a status that is stored',
    faults: [{ trickle: 50 }],
    reasons: [/no answer|timed? ?out/i],
    writes: 1,
    takes: [10, 12],
  },
  {
    when: 'three in a row',
    faults: [answers(500), answers(503), { reset: true }],
    reasons: [/500/, /503/, /ECONNRESET/],
    takes: [3.5, 9],
  },
  { when: 'a slow answer', faults: [{ slow: 3000 }], reasons: [], writes: 1, takes: [3, 4] },
  {
    when: 'a used-up limit that ends soon',
    faults: [answers(403, PRIMARY, usedUp(2))],
    reasons: [/403 "API rate limit exceeded/],
    takes: [1, 6],
  },
  {
    when: '502 of a proxy',
    faults: [answers(502, html('Bad Gateway'))],
    reasons: [/502 "Bad Gat/],
  },
  { when: 'a reset before anything is stored', faults: [{ reset: true }], reasons: [/ECONNRESET/] },
  {
    when: 'a reset after it was stored: it is not stored twice',
    faults: [{ resetAfter: true }],
    reasons: [/ECONNRESET/],
    writes: 1,
  },
  {
    when: 'a body that is cut',
    faults: [{ cut: true }],
    reasons: [/aborted|ECONNRESET/],
    writes: 1,
  },
  {
    when: '429 with retry-after',
    faults: [answers(429, '', { 'retry-after': '2' })],
    reasons: [/429/],
    takes: [2, 4],
  },
  {
    when: 'a commit that was pushed a second ago',
    faults: [answers(422, { message: 'No commit found for SHA: 6dcb09b' })],
    reasons: [/422 "No commit found/],
  },
  {
    when: 'a token that was made a second ago',
    faults: [answers(401, { message: 'Bad credentials' }), answers(401)],
    reasons: [/401 "Bad credentials"/, /401/],
    takes: [1.5, 6],
    isTokenGiven: true,
  },
  ...Object.entries({
    '200 in place of 201': answers(200, stored),
    'a web page': answers(200, html('Welcome')),
    '202': answers(202),
    '204': answers(204),
    'a 201 with another state': answers(201, { ...stored, state: 'pending' }),
    'a 201 without an id': answers(201, { state: 'success' }, { location: 'https://x.test/' }),
    'a 201 with a list': answers(201, [stored]),
    'a 201 with null': answers(201, 'null', json),
    'half a 201': answers(201, '{"state":"suc', json),
  }).map(([when, fault]) => ({ when, faults: [fault], reasons: [/ 20[0-4]\b/] })),
  {
    when: '10 MB in place of a status',
    faults: [answers(201, 'x'.repeat(10_000_001))],
    reasons: [/201 "xxx/],
  },
  {
    when: 'a hostile reason, which stays in one line',
    faults: [answers(500, { message: '\n::error::owned\r\n##[error]owned' })],
    reasons: [/500 .*::error::owned.*owned/],
  },
]

test.concurrent.each(rows)('tried again: $when', async (row) => {
  const { faults, reasons, writes = faults.length + 1, takes = jitter, isTokenGiven } = row
  await using job = await startJob({
    with: { state: 'success', ...(isTokenGiven && { token: GIVEN }) },
    faults: faults.map((fault) => ({ ...fault, method: 'POST' })),
  })
  job.sandbox.github.token(GIVEN)
  const main = await job.stage('main')
  expectQuiet(main)
  expect(main.outputs.published).toBe('true')
  expect(job.history().map(({ state }) => state)).toEqual(['success'])
  expect(job.requests().filter((request) => request === WRITE)).toHaveLength(writes)

  const lines = retries(main)
  expect(lines).toHaveLength(reasons.length)
  for (const [index, reason] of reasons.entries()) {
    expect(lines[index]).toMatch(reason)
    expect(lines[index]).toMatch(/\d+\.\d s/)
    expect(lines[index]).toMatch(/\d\d:\d\d:\d\d UTC/)
  }
  expectSeconds(main, ...takes)
})

test.concurrent('following a job, each stage tries again', async () => {
  await using job = await startJob({
    faults: [
      { ...answers(502), method: 'POST' },
      { reset: true, method: 'POST', after: 1 },
      { ...answers(503), method: 'GET', after: 1 },
    ],
  })
  const { pre, main, post } = await job.follow('failure')
  expectQuiet(pre, main, post)
  expect([retries(pre).length, retries(main).length]).toEqual([1, 0])
  expect(retries(post).length).toBeGreaterThanOrEqual(1)
  expect(job.history().map(({ state }) => state)).toEqual(['failure', 'pending'])
})

type Stubborn = [what: string, inputs: object, faults: FaultKind[], most: number, reason: RegExp]

test.concurrent.each<Stubborn>([
  ['an unknown commit, for 5 s', { sha: '0'.repeat(40) }, [], 8, /No commit found.*`sha`/],
  [
    'a token that stays refused, for 5 s',
    { token: GIVEN },
    [answers(401, { message: 'Bad credentials' })],
    8,
    /Bad credentials.*`token`/,
  ],
  ['a web page, three times', {}, [answers(200, html('Welcome'))], 3, /Welcome.*`api_url`/],
])('tried again once in a stage: %s', async (_, inputs, faults, most, reason) => {
  await using job = await startJob({
    with: { state: 'success', context: 'a\nb', ...inputs },
    faults: faults.map((fault) => ({ ...fault, method: 'POST', times: 99 })),
  })
  job.sandbox.github.token(GIVEN)
  const main = await job.stage('main')
  expect(messages(main).find((line) => line.includes('"a"'))).toMatch(reason)
  const again = retries(main)
  expect(again.length).toBeGreaterThanOrEqual(3)
  expect(again.length).toBeLessThanOrEqual(most)
  const isTokenRefused = 'token' in inputs
  const sent = job.requests().filter((request) => request.startsWith('POST'))
  expect(sent).toHaveLength(again.length + (isTokenRefused ? 1 : 2))
  expectSeconds(main, 2.5, 9)
})

test.concurrent('a redirect is not tried again: the token could go to another host', async () => {
  const moved = answers(303, '', { location: 'https://elsewhere.test/' })
  await using job = await startJob({
    with: { state: 'success' },
    faults: [{ ...moved, method: 'POST', times: 9 }],
  })
  const main = await job.stage('main')
  expectSaid(main, 'error', 'redirects', 'elsewhere.test')
  expect(retries(main)).toEqual([])
})

test.concurrent('in post, a refused token gives way to the job’s own at once', async () => {
  await using job = await startJob({ with: { token: GIVEN } })
  job.sandbox.github.token(GIVEN)
  await job.stage('pre')
  job.sandbox.github.token(GIVEN, { lifetime: -1 })
  const post = await job.stage('post')
  expect(retries(post)).toEqual([])
  expect(job.shown()).toEqual({ 'CI / build': 'success' })
  expectSeconds(post, 0, 1)
})

test.concurrent('a read with a token that was made a second ago is tried again', async () => {
  await using job = await startJob({
    action: 'list',
    with: { token: GIVEN },
    faults: [answers(401, { message: 'Bad credentials' })],
  })
  job.sandbox.github.token(GIVEN)
  const main = await job.stage('main')
  expectQuiet(main)
  expect(retries(main)).toHaveLength(1)
})

test.concurrent('odd answers are tried again three times in a stage, on two commits too', async () => {
  const sha = `\${{ steps.late.outputs.sha || 'event' }}`
  await using job = await startJob({ with: { sha } })
  await job.stage('pre')
  job.contexts.steps.late = { outputs: { sha: HEAD } }
  await job.stage('main')
  job.sandbox.fault({ ...answers(200, html('Welcome')), method: 'POST', times: 99 })
  const post = await job.stage('post')
  expect(retries(post)).toHaveLength(3)
  expect(messages(post).join()).toMatch(/6dcb09b.*aaaaaaa/s)
})
