import { expect, test } from '@jest/globals'
import type { FaultKind } from '../../sandbox/api/server.ts'
import { expectQuiet, expectSeconds, retries } from '../support/expect.ts'
import { answers, PRIMARY, SECONDARY, usedUp } from '../support/faults.ts'
import { startJob, WRITE } from '../support/job.ts'

// Most of the time here is spent waiting: the tests run side by side, the longest first.

type Row = {
  when: string
  faults: FaultKind[]
  /** What the log says of each further attempt. */
  met: RegExp[]
  /** How many writes are sent; one more than faults, unless the first was stored though its answer got lost. */
  writes?: number
  /** Seconds, at least and at most. */
  takes?: [number, number]
}

const html = (text: string) => `<html>\n<head><title>${text}</title></head>${text}</html>`
const jitter: [number, number] = [0.5, 2]
const inSeconds = (seconds: number) => ({
  date: 'Sat, 21 Nov 2026 10:00:00 GMT',
  'retry-after': `Sat, 21 Nov 2026 10:00:0${seconds} GMT`,
})

const rows: Row[] = [
  { when: 'a hang', faults: [{ hang: true }], met: [/no answer|timed? ?out/i], takes: [10, 12] },
  {
    when: 'an endless body',
    faults: [{ endless: true }],
    met: [/no answer|timed? ?out/i],
    takes: [10, 12],
  },
  {
    when: 'a byte now and then of a status that is stored',
    faults: [{ trickle: 50 }],
    met: [/no answer|timed? ?out/i],
    writes: 1,
    takes: [10, 12],
  },
  {
    when: 'three in a row',
    faults: [answers(500), answers(503), { reset: true }],
    met: [/500/, /503/, /ECONNRESET/],
    takes: [3.5, 9],
  },
  { when: 'a slow answer', faults: [{ slow: 3000 }], met: [], writes: 1, takes: [3, 4] },
  {
    when: 'a used-up limit that ends soon',
    faults: [answers(403, PRIMARY, usedUp(2))],
    met: [/403 "API rate limit exceeded/],
    takes: [1, 6],
  },
  { when: '502 of a proxy', faults: [answers(502, html('Bad Gateway'))], met: [/502 "Bad Gat/] },
  { when: '502 of a server', faults: [answers(502, { message: 'Server Error' })], met: [/502/] },
  { when: '408', faults: [answers(408)], met: [/408/] },
  { when: 'a reset before anything is stored', faults: [{ reset: true }], met: [/ECONNRESET/] },
  {
    when: 'a reset after it was stored: it is not stored twice',
    faults: [{ resetAfter: true }],
    met: [/ECONNRESET/],
    writes: 1,
  },
  { when: 'a body that is cut', faults: [{ cut: true }], met: [/aborted|ECONNRESET/], writes: 1 },
  { when: '429', faults: [answers(429)], met: [/429/] },
  {
    when: '429 with retry-after',
    faults: [answers(429, '', { 'retry-after': '2' })],
    met: [/429/],
    takes: [2, 4],
  },
  {
    when: '403 with retry-after',
    faults: [answers(403, '', { 'retry-after': '2' })],
    met: [/403/],
    takes: [2, 4],
  },
  {
    when: 'retry-after as a date',
    faults: [answers(429, '', inSeconds(3))],
    met: [/429/],
    takes: [3, 5],
  },
  { when: '403 that speaks of a limit', faults: [answers(403, PRIMARY)], met: [/403 "API rate/] },
  {
    when: 'a secondary limit with retry-after',
    faults: [answers(403, SECONDARY, { 'retry-after': '1' })],
    met: [/403 "You have exceeded a secondary/],
    takes: [1, 3],
  },
  {
    when: 'a hostile reason, which stays in one line',
    faults: [answers(500, { message: '\n::error::owned\r\n##[error]owned' })],
    met: [/500 .*::error::owned.*owned/],
  },
]

test.concurrent.each(rows)('tried again: $when', async (row) => {
  const { faults, met, writes = faults.length + 1, takes = jitter } = row
  await using job = await startJob({
    with: { state: 'success' },
    faults: faults.map((fault) => ({ ...fault, method: 'POST' })),
  })
  const main = await job.stage('main')
  expectQuiet(main)
  expect(main.outputs.published).toBe('true')
  expect(job.history().map(({ state }) => state)).toEqual(['success'])
  expect(job.requests().filter((request) => request === WRITE)).toHaveLength(writes)

  const lines = retries(main)
  expect(lines).toHaveLength(met.length)
  for (const [index, reason] of met.entries()) {
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
