import { describe, expect, test } from '@jest/globals'
import { expectSaid, looks, until } from '../support/expect.ts'
import { many, put, type States } from '../support/history.ts'
import { startJob } from '../support/job.ts'
import { GATE, readWhile, startGate, unchanged, waits } from './gate.ts'

describe('a gate', () => {
  test('passes as soon as all is green; looks at what has not changed cost nothing', async () => {
    await using job = await startJob({
      action: 'combined',
      statuses: { a: 'pending', b: 'success' },
      with: GATE,
      github: { rateLimit: { limit: 2 } },
    })
    const reading = job.stage('main')
    await until(() => unchanged(job) >= 3)
    put(job, { A: 'success' })
    const result = await reading
    expect(result).toMatchObject({
      conclusion: 'success',
      outputs: { state: 'success', pending: '[]' },
    })
    expect(waits(result)).toEqual(['Pending: "a".'])
    expect(looks(job).filter(({ status }) => status === 200)).toHaveLength(2)
    expect(result.durationMs).toBeLessThan(15_000)
  })

  test('of many pages, only what has changed is sent again', async () => {
    await using job = await startGate(
      { bad: 'failure', ...many(250), slow: 'pending' },
      { require_success: 'false' },
    )
    const result = await readWhile(job, { slow: 'success' })
    expect(result.outputs).toMatchObject({ state: 'failure', total_count: '252' })
    const answers = looks(job).map(({ query, status }) => `${query.page}: ${status}`)
    expect(answers).toEqual(['1: 200', '2: 200', '3: 200', '1: 304', '2: 304', '3: 200'])
  })

  test('stops at the first failure, whatever is still pending, and names it', async () => {
    await using job = await startGate({ a: 'pending', b: 'pending' })
    const result = await readWhile(job, { b: 'error' })
    expect(result).toMatchObject({
      conclusion: 'failure',
      outputs: { state: 'failure', failing: '["b"]', pending: '["a"]' },
    })
    expectSaid(result, 'error', 'failure', /failing: "b"/i, /pending: "a"/i)
    expect(result.durationMs).toBeLessThan(15_000)
  })

  test('waits on where success is not required, until nothing is pending', async () => {
    await using job = await startGate({ a: 'pending', b: 'failure' }, { require_success: 'false' })
    const result = await readWhile(job, { a: 'success' })
    expect(result).toMatchObject({
      conclusion: 'success',
      outputs: { state: 'failure', failing: '["b"]' },
    })
    expect(waits(result)).toEqual(['Failing: "b". Pending: "a".'])
  })

  test('waits for a name that has not come yet; the log says it whenever that changes, and not otherwise', async () => {
    await using job = await startGate({ a: 'pending', b: 'pending' }, { contexts: '*\nExternal' })
    const reading = readWhile(
      job,
      {},
      { a: 'success' },
      { external: 'pending' },
      { external: 'success' },
    )
    await until(() => unchanged(job) >= 3)
    put(job, { b: 'success' })
    const result = await reading
    expect(result).toMatchObject({
      conclusion: 'success',
      outputs: { state: 'success', total_count: '3' },
    })
    expect(waits(result)).toEqual([
      'Pending: "b", "a". Missing: "External".',
      'Pending: "a". Missing: "External".',
      'Missing: "External".',
      'Pending: "external".',
    ])
  })
})

describe('when the time is up', () => {
  test.each<[string, States, string, object, RegExp]>([
    [
      'pending is named',
      { a: 'pending' },
      '',
      { state: 'pending', pending: '["a"]', missing: '[]' },
      /pending: "a"/i,
    ],
    [
      'missing is named as missing',
      { a: 'success' },
      'a\nb',
      { pending: '[]', missing: '["b"]' },
      /missing: "b"/i,
    ],
    [
      'nothing there at all is no success',
      {},
      '',
      { state: 'pending', total_count: '0' },
      /no status/i,
    ],
  ])('%s', async (_, statuses, contexts, outputs, line) => {
    await using job = await startGate(statuses, { contexts, timeout_minutes: '0.04' })
    const result = await job.stage('main')
    expect(result).toMatchObject({ conclusion: 'failure', outputs })
    expectSaid(result, 'error', 'pending', line)
    expect(waits(result)).toEqual([expect.stringMatching(line)])
    expect(looks(job).length).toBeGreaterThan(1)
  })

  test('the step stays green where success is not required', async () => {
    await using job = await startGate(
      { a: 'pending' },
      { timeout_minutes: '0.04', require_success: 'false' },
    )
    const result = await job.stage('main')
    expect(result).toMatchObject({ conclusion: 'success', outputs: { state: 'pending' } })
  })

  test('a timeout of 0 is one look', async () => {
    await using job = await startGate({ a: 'pending' }, { timeout_minutes: '0' })
    const result = await job.stage('main')
    expectSaid(result, 'error', /pending: "a"/i)
    expect(waits(result)).toEqual([])
    expect(looks(job)).toHaveLength(1)
  })

  test('there is one more look, and time for its answer', async () => {
    await using job = await startGate(
      { a: 'pending' },
      { timeout_minutes: '0.04', interval_seconds: '3600' },
    )
    job.sandbox.fault({ slow: 1_000, after: 1 })
    const result = await readWhile(job, { a: 'success' })
    expect(result).toMatchObject({ conclusion: 'success', outputs: { state: 'success' } })
    expect(looks(job)).toHaveLength(2)
  })
})
