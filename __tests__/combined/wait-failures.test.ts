import { describe, expect, test } from '@jest/globals'
import type { FaultKind } from '../../sandbox/api/server.ts'
import type { StageResult } from '../../sandbox/runner/stage-runner.ts'
import { expectSaid, json, looks } from '../support/expect.ts'
import { put } from '../support/history.ts'
import type { TestJob } from '../support/job.ts'
import { isWaiting, readWhile, startGate, waits } from './gate.ts'

const DAY = 86_400_000

describe('a server that fails in the middle of a wait', () => {
  test.each<[string, FaultKind, number]>([
    [
      'is down for a while',
      { answer: { status: 503, body: '<html><title>Unicorn!</title></html>' } },
      2,
    ],
    ['breaks the connection', { reset: true }, 1],
    ['breaks off its answer', { cut: true }, 1],
    [
      'says that it is busy',
      { answer: { status: 429, headers: { 'retry-after': '1' }, body: {} } },
      1,
    ],
  ])('%s: the wait goes on', async (_, fault, times) => {
    await using job = await startGate({ a: 'pending' })
    const failsNext = () => {
      job.sandbox.fault({ ...fault, times })
      put(job, { a: 'success' })
    }
    const result = await job.stage('main', {
      onLine: (line) => isWaiting(line) && failsNext(),
    })
    expect(result).toMatchObject({ conclusion: 'success', outputs: { state: 'success' } })
    expect(result.log.match(/(again|retrying) in \d/gi)).toHaveLength(times)
    expect(waits(result)).toEqual(['Pending: "a".'])
  })

  test('and stays down: the wait ends in its time, with what was known', async () => {
    await using job = await startGate({ a: 'pending' }, { timeout_minutes: '0.05' })
    const headers = { 'retry-after': '100' }
    job.sandbox.fault({
      answer: { status: 503, headers, body: { message: 'Down' } },
      after: 1,
      times: 1_000,
    })
    const result = await job.stage('main')
    expect(result).toMatchObject({
      conclusion: 'failure',
      outputs: { state: 'pending', pending: '["a"]' },
    })
    expectSaid(result, 'error', 'combined status', '503 "Down"')
    expect(result.summary).toContain('| a | pending |')
    expect(result.durationMs).toBeLessThan(15_000)
  })

  test('and is another thing than it was: the wait ends at once', async () => {
    await using job = await startGate({ a: 'pending' })
    job.sandbox.fault({ answer: { status: 401, body: { message: 'Bad credentials' } }, after: 1 })
    const result = await job.stage('main')
    expect(result).toMatchObject({ conclusion: 'failure', outputs: { pending: '["a"]' } })
    expectSaid(result, 'error', 'Bad credentials', '`token`')
    expect(looks(job)).toHaveLength(2)
  })
})

describe('a rate limit met while waiting', () => {
  const used = (reset: number, date: number) => ({
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(Math.ceil(reset / 1000)),
    date: new Date(date).toUTCString(),
  })
  const limited = (headers: Record<string, string>) => ({
    answer: {
      status: 403,
      headers,
      body: { message: 'API rate limit exceeded for installation ID 1.' },
    },
  })

  test.each<[string, () => Record<string, string>]>([
    ['to its end', () => used(Date.now() + 1_000, Date.now())],
    ['as long as is asked', () => ({ 'retry-after': '1' })],
  ])('is waited for %s, and said', async (_, headers) => {
    await using job = await startGate({ a: 'pending' })
    job.sandbox.fault({ ...limited(headers()), after: 1 })
    const result = await readWhile(job, { a: 'success' })
    expect(result).toMatchObject({ conclusion: 'success', outputs: { state: 'success' } })
    expect(result.log).toMatch(/403 "API rate limit exceeded.*(again|retrying) in \d\.\d s/i)
    const times = looks(job).map(({ at }) => at)
    expect(Number(times[2]) - Number(times[1])).toBeGreaterThanOrEqual(1_000)
    expect(times).toHaveLength(3)
  })

  test('that outlasts the wait ends it, and says when it would be possible', async () => {
    await using job = await startGate({ a: 'pending' })
    job.sandbox.fault({ ...limited(used(Date.now() + DAY, Date.now())), after: 1, times: 1_000 })
    const result = await job.stage('main')
    expect(result).toMatchObject({ conclusion: 'failure', outputs: { state: 'pending' } })
    expectSaid(result, 'error', 'rate limit', /\d{4}-\d\d-\d\d \d\d:\d\d/)
    expect(looks(job)).toHaveLength(2)
  })
})

describe('a cancelled wait ends at once', () => {
  /** Sends SIGINT as soon as the log has a line like this. */
  async function cancelAt(job: TestJob, expected: RegExp): Promise<StageResult> {
    const cancel = new AbortController()
    const stop = (line: string) => expected.test(line) && cancel.abort()
    return job.stage('main', { signal: cancel.signal, onLine: stop, grace: [15_000, 1_000] })
  }

  test('with what was known in the outputs and the summary', async () => {
    await using job = await startGate({ a: 'pending', b: 'success' }, { interval_seconds: '60' })
    const result = await cancelAt(job, /^Waiting/)
    expect(result).toMatchObject({
      exitCode: 1,
      conclusion: 'failure',
      outputs: { state: 'pending', pending: '["a"]' },
    })
    expect(json<unknown[]>(result, 'statuses')).toHaveLength(2)
    expect(result.summary).toContain('| a | pending |')
    expectSaid(result, 'error', 'cancelled', /pending: "a"/i)
    expect(result.durationMs).toBeLessThan(15_000)
  })

  test('while a failing server is given time', async () => {
    await using job = await startGate({ a: 'pending' })
    job.sandbox.fault({ answer: { status: 503, headers: { 'retry-after': '20' } }, after: 1 })
    const result = await cancelAt(job, /(again|retrying) in \d/i)
    expect(result).toMatchObject({ exitCode: 1, outputs: { pending: '["a"]' } })
    expectSaid(result, 'error', 'cancelled', /pending: "a"/i)
    expect(result.durationMs).toBeLessThan(15_000)
  })

  test('before anything is known', async () => {
    await using job = await startGate({ a: 'pending' })
    job.sandbox.fault({ answer: { status: 503, headers: { 'retry-after': '20' } } })
    const result = await cancelAt(job, /(again|retrying) in \d/i)
    expect(result).toMatchObject({ exitCode: 1, outputs: {}, summary: '' })
    expectSaid(result, 'error', 'cancelled')
    expect(result.durationMs).toBeLessThan(15_000)
  })
})
