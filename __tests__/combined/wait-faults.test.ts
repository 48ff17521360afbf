import { describe, expect, test } from '@jest/globals'
import type { Fault } from '../../sandbox/api/server.ts'
import { expectQuiet, expectSaid, looks, retries } from '../support/expect.ts'
import { answers, PRIMARY, usedUp } from '../support/faults.ts'
import { put } from '../support/history.ts'
import { startJob } from '../support/job.ts'
import { readWhile, waits } from '../support/waiting.ts'

const DAY = 86_400

/** A gate that waits for the status `a`, on a server that then has these faults. */
const start = (faults: Fault[] = [], inputs: Record<string, string> = {}) =>
  startJob({
    action: 'combined',
    statuses: { a: 'pending' },
    with: { timeout_minutes: '0.5', interval_seconds: '1', require_success: 'true', ...inputs },
    faults,
  })

describe('a server that fails in the middle of a wait', () => {
  test.each<[string, Fault, number]>([
    ['is down for a while', { ...answers(503, '<title>Unicorn!</title>'), times: 2 }, 2],
    ['breaks the connection', { reset: true }, 1],
    ['breaks off its answer', { cut: true }, 1],
    ['says that it is busy', answers(429, {}, { 'retry-after': '1' }), 1],
  ])('%s: the wait goes on', async (_, fault, times) => {
    await using job = await start()
    const failsNext = () => {
      job.sandbox.fault(fault)
      put(job, { a: 'success' })
    }
    const result = await job.stage('main', {
      onLine: (line) => line.startsWith('Waiting. ') && failsNext(),
    })
    expectQuiet(result)
    expect(result.outputs.state).toBe('success')
    expect(retries(result)).toHaveLength(times)
    expect(waits(result)).toEqual(['Pending: "a".'])
  })

  test('and stays down: the wait ends in its time, with what was known', async () => {
    const down = answers(503, { message: 'Down' }, { 'retry-after': '100' })
    const fault = { ...down, after: 1, times: 1_000 }
    await using job = await start([fault], { timeout_minutes: '0.05' })
    const result = await job.stage('main')
    expectSaid(result, 'error', /^Could not read the combined status .* 503 "Down"/)
    expect(result.outputs).toMatchObject({ state: 'pending', pending: '["a"]' })
    expect(result.summary).toContain('| a | pending |')
    expect(result.durationMs).toBeLessThan(15_000)
  })

  test('and takes back the token: the wait ends at once', async () => {
    await using job = await start([{ ...answers(401, { message: 'Bad credentials' }), after: 1 }])
    const result = await job.stage('main')
    expectSaid(result, 'error', 'the token is not valid')
    expect(result.outputs).toMatchObject({ pending: '["a"]' })
    expect(looks(job)).toHaveLength(2)
  })
})

describe('a rate limit met while waiting', () => {
  test.each<[string, () => Record<string, string>]>([
    ['to its end', () => ({ ...usedUp(1), date: new Date().toUTCString() })],
    ['as long as is asked', () => ({ 'retry-after': '1' })],
  ])('is waited for %s, and said', async (_, headers) => {
    await using job = await start([{ ...answers(403, PRIMARY, headers()), after: 1 }])
    const result = await readWhile(job, { a: 'success' })
    expectQuiet(result)
    expect(result.outputs.state).toBe('success')
    expect(retries(result)).toEqual([expect.stringContaining('403 "API rate limit exceeded')])
    const times = looks(job).map(({ at }) => at)
    expect(Number(times[2]) - Number(times[1])).toBeGreaterThanOrEqual(1_000)
    expect(times).toHaveLength(3)
  })

  test('that outlasts the wait ends it, and says when it would be possible', async () => {
    const fault = { ...answers(403, PRIMARY, usedUp(DAY)), after: 1, times: 1_000 }
    await using job = await start([fault])
    const result = await job.stage('main')
    expectSaid(result, 'error', /rate limit of the token is used up.*possible at \d{4}-\d\d-\d\d /)
    expect(result.outputs.state).toBe('pending')
    expect(looks(job)).toHaveLength(2)
  })
})
