import { describe, expect, test } from '@jest/globals'
import type { StageResult } from '../../sandbox/runner/stage-runner.ts'
import { expectSaid, json } from '../support/expect.ts'
import { answers } from '../support/faults.ts'
import { startJob, type TestJob } from '../support/job.ts'

const start = (inputs: Record<string, string> = {}) =>
  startJob({
    action: 'combined',
    statuses: { a: 'pending', b: 'success' },
    with: { timeout_minutes: '0.5', interval_seconds: '1', require_success: 'true', ...inputs },
  })

const DOWN = answers(503, '', { 'retry-after': '20' })

/** Sends SIGINT as soon as the log has a line like this. */
async function cancelAt(job: TestJob, expected: RegExp): Promise<StageResult> {
  const cancel = new AbortController()
  const stop = (line: string) => expected.test(line) && cancel.abort()
  const result = await job.stage('main', {
    signal: cancel.signal,
    onLine: stop,
    grace: [15_000, 1_000],
  })
  expect(result.durationMs).toBeLessThan(15_000)
  return result
}

describe('a cancelled wait ends at once', () => {
  test('with what was known in the outputs and the summary', async () => {
    await using job = await start({ interval_seconds: '60' })
    const result = await cancelAt(job, /^Waiting/)
    expectSaid(result, 'error', /^Cancelled while waiting\. Pending: "a"\.$/)
    expect(result.outputs).toMatchObject({ state: 'pending', pending: '["a"]' })
    expect(json<unknown[]>(result, 'statuses')).toHaveLength(2)
    expect(result.summary).toContain('| a | pending |')
  })

  test('while a failing server is given time', async () => {
    await using job = await start()
    job.sandbox.fault({ ...DOWN, after: 1 })
    const result = await cancelAt(job, /retrying in/)
    expectSaid(result, 'error', /^Cancelled while waiting\. Pending: "a"\.$/)
    expect(result.outputs).toMatchObject({ pending: '["a"]' })
  })

  test('before anything is known', async () => {
    await using job = await start()
    job.sandbox.fault(DOWN)
    const result = await cancelAt(job, /retrying in/)
    expectSaid(result, 'error', /^Cancelled before the combined status was read\.$/)
    expect(result).toMatchObject({ outputs: {}, summary: '' })
  })
})
