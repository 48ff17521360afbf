import { describe, expect, test } from '@jest/globals'
import type { StageResult } from '../../sandbox/runner/stage-runner.ts'
import { expectQuiet, expectSaid, looks, until } from '../support/expect.ts'
import { many, put, type States } from '../support/history.ts'
import { HEAD, REPOSITORY, type Setup, SHA, startJob, type TestJob } from '../support/job.ts'
import { readWhile, waits } from '../support/waiting.ts'

const GATE = { timeout_minutes: '0.5', interval_seconds: '1', require_success: 'true' }

const start = (statuses: States, inputs: Record<string, string> = {}, setup: Setup = {}) =>
  startJob({ ...setup, action: 'combined', statuses, with: { ...GATE, ...inputs } })

const unchanged = (job: TestJob) => looks(job).filter(({ status }) => status === 304).length

describe('a gate', () => {
  test('passes as soon as all is green; polls of what has not changed cost nothing', async () => {
    const statuses = { a: 'pending', b: 'success' }
    await using job = await start(statuses, {}, { github: { rateLimit: { limit: 2 } } })
    const reading = job.stage('main')
    await until(() => unchanged(job) >= 3)
    put(job, { A: 'success' })
    const result = await reading
    expectQuiet(result)
    expect(result.outputs).toMatchObject({ state: 'success', pending: '[]' })
    expect(waits(result)).toEqual(['Pending: "a".'])
    expect(looks(job).filter(({ status }) => status === 200)).toHaveLength(2)
  })

  test('has only what changed sent again, of many pages', async () => {
    const statuses = { bad: 'failure', ...many(250), slow: 'pending' }
    await using job = await start(statuses, { require_success: 'false' })
    const result = await readWhile(job, { slow: 'success' })
    expect(result.outputs).toMatchObject({ state: 'failure', total_count: '252' })
    const answers = looks(job).map(({ query, status }) => `${query.page}: ${status}`)
    expect(answers).toEqual(['1: 200', '2: 200', '3: 200', '1: 304', '2: 304', '3: 200'])
  })

  test('stops at the first failure, whatever is still pending, and names it', async () => {
    await using job = await start({ a: 'pending', b: 'pending' })
    const result = await readWhile(job, { b: 'error' })
    expectSaid(result, 'error', / is failure\. Failing: "b"\. Pending: "a"\.$/)
    expect(result.outputs).toMatchObject({ failing: '["b"]', pending: '["a"]' })
    expect(result.durationMs).toBeLessThan(15_000)
  })

  test('waits on if success is not required, until nothing is pending', async () => {
    await using job = await start({ a: 'pending', b: 'failure' }, { require_success: 'false' })
    const result = await readWhile(job, { a: 'success' })
    expectQuiet(result)
    expect(result.outputs).toMatchObject({ state: 'failure', failing: '["b"]' })
    expect(waits(result)).toEqual(['Failing: "b". Pending: "a".'])
  })

  test('waits for a name that has not come; the log says what for when that changes, and only then', async () => {
    await using job = await start({ a: 'pending', b: 'pending' }, { contexts: '*\nExternal' })
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
    expectQuiet(result)
    expect(result.outputs).toMatchObject({ state: 'success', total_count: '3' })
    const missing =
      'Missing: "External". Check runs, such as jobs, are not statuses: `check_runs: true` counts them too.'
    expect(waits(result)).toEqual([
      `Pending: "b", "a". ${missing}`,
      `Pending: "a". ${missing}`,
      missing,
      'Pending: "external".',
    ])
  })

  test('judges a branch that moves on by its new commit, where other names count', async () => {
    const declared = { branches: { main: SHA } }
    await using job = await start({ a: 'pending' }, { ref: 'main' }, { declared })
    put(job, { b: 'success' }, {}, HEAD)
    const moves = () => job.sandbox.github.repository(REPOSITORY, { branches: { main: HEAD } })
    const result = await job.stage('main', {
      onLine: (line) => line.startsWith('Waiting. ') && moves(),
    })
    expectQuiet(result)
    expect(result.outputs).toMatchObject({ state: 'success', sha: HEAD, missing: '[]' })
  })
})

describe('when the time is up', () => {
  test.each<[string, States, string, object, string]>([
    [
      'pending is named',
      { a: 'pending' },
      '*',
      { pending: '["a"]', missing: '[]' },
      'Pending: "a".',
    ],
    [
      'missing is named as missing',
      { a: 'success' },
      'a\nb',
      { pending: '[]', missing: '["b"]' },
      'Missing: "b".',
    ],
    ['nothing there at all is no success', {}, '*', { total_count: '0' }, 'No status counts yet.'],
  ])('%s', async (_, statuses, contexts, outputs, line) => {
    await using job = await start(statuses, { contexts, timeout_minutes: '0.04' })
    const result = await job.stage('main')
    expectSaid(
      result,
      'error',
      'The combined status of',
      `is pending. The time is up after 2s. ${line}`,
    )
    expect(result.outputs).toMatchObject({ state: 'pending', ...outputs })
    expect(waits(result)).toEqual([expect.stringContaining(line)])
    expect(looks(job).length).toBeGreaterThan(1)
  })

  test('the step stays green if success is not required', async () => {
    const inputs = { timeout_minutes: '0.04', require_success: 'false' }
    await using job = await start({ a: 'pending' }, inputs)
    const result = await job.stage('main')
    expectQuiet(result)
    expect(result.outputs.state).toBe('pending')
  })

  test('it is read once more, with time for the answer', async () => {
    const inputs = { timeout_minutes: '0.04', interval_seconds: '3600' }
    await using job = await start({ a: 'pending' }, inputs)
    job.sandbox.fault({ slow: 1_000, after: 1 })
    const result = await readWhile(job, { a: 'success' })
    expectQuiet(result)
    expect(result.outputs.state).toBe('success')
    expect(looks(job)).toHaveLength(2)
  })
})

test('a timeout of 0 reads once', async () => {
  await using job = await start({ a: 'pending' }, { timeout_minutes: '0' })
  const result: StageResult = await job.stage('main')
  expectSaid(result, 'error', /is pending\. Pending: "a"\.$/)
  expect(waits(result)).toEqual([])
  expect(looks(job)).toHaveLength(1)
})
