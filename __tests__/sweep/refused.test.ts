import { describe, expect, test } from '@jest/globals'
import { expectQuiet, expectSaid } from '../support/expect.ts'
import { answers, SECONDARY } from '../support/faults.ts'
import { put } from '../support/history.ts'
import { HEAD, type TestJob } from '../support/job.ts'
import { closed, leave, startSweep } from '../support/run-777.ts'

const writes = (job: TestJob) => job.requests().filter((request) => request.startsWith('POST'))

const leaveAll = (job: TestJob) => {
  for (const context of ['a', 'b', 'c']) leave(job, context)
}

describe('what is refused', () => {
  test('a read-only token: one sentence with what helps, and one attempt', async () => {
    await using job = await startSweep({ permissions: { statuses: 'read' } })
    leaveAll(job)
    const result = await job.stage('main')
    expectSaid(result, 'error', '`permissions: { statuses: write }`')
    expect(result.outputs).toEqual({ swept: '0', contexts: '[]' })
    expect(writes(job)).toHaveLength(1)
  })

  test('a limit that lasts: one attempt, and when it ends', async () => {
    await using job = await startSweep()
    leaveAll(job)
    job.sandbox.fault({ method: 'POST', ...answers(403, SECONDARY, { 'retry-after': '3600' }) })
    expectSaid(await job.stage('main'), 'error', 'Another attempt is possible at')
    expect(writes(job)).toHaveLength(1)
  })

  test('one is refused: the rest is closed all the same', async () => {
    await using job = await startSweep()
    leaveAll(job)
    const body = {
      message: 'Validation Failed',
      errors: 'Validation failed: This SHA and context has reached the maximum number of statuses.',
    }
    job.sandbox.fault({ method: 'POST', after: 1, ...answers(422, body) })
    const result = await job.stage('main')
    expectSaid(result, 'error', /^Could not publish "b" .*1000 statuses/)
    expect(result.outputs.swept).toBe('2')
    expect(closed(result)).toEqual(['a', 'c'])
  })

  test('a commit that is not there', async () => {
    await using job = await startSweep({ with: { sha: 'f'.repeat(40) } })
    const result = await job.stage('main')
    expectSaid(result, 'error', `"${'f'.repeat(40)}"`)
    expect(result.outputs.swept).toBe('0')
  })
})

describe('a write that failed', () => {
  test('is tried again if the status is still the same', async () => {
    await using job = await startSweep()
    leave(job, 'ci')
    job.sandbox.fault({ method: 'POST', ...answers(502) })
    const result = await job.stage('main')
    expectQuiet(result)
    expect(closed(result)).toEqual(['ci'])
    expect(job.history(HEAD).map(({ state }) => state)).toEqual(['error', 'pending'])
  })

  test('but whose answer alone was lost is not written twice', async () => {
    await using job = await startSweep()
    leave(job, 'ci')
    job.sandbox.fault({ method: 'POST', resetAfter: true })
    const result = await job.stage('main')
    expectQuiet(result)
    expect(closed(result)).toEqual(['ci'])
    expect(job.history(HEAD).map(({ state }) => state)).toEqual(['error', 'pending'])
  })

  test('does not cover what was published meanwhile', async () => {
    await using job = await startSweep()
    leave(job, 'ci')
    job.sandbox.fault({ method: 'POST', ...answers(502) })
    const publish = () => put(job, { ci: 'success' }, {}, HEAD)
    const result = await job.stage('main', {
      onLine: (line) => line.includes('retrying in') && publish(),
    })
    expectQuiet(result)
    expect(closed(result)).toEqual([])
    expect(job.shown(HEAD)).toEqual({ ci: 'success' })
    expect(result.log).toContain(
      'Left "ci" on octo-org/octo-repo@aaaaaaa alone: something newer was published under this name.',
    )
  })

  test('is tried again if it cannot be looked up', async () => {
    await using job = await startSweep()
    leave(job, 'ci')
    job.sandbox.fault({ method: 'POST', ...answers(502) })
    job.sandbox.fault({ path: /status$/, after: 1, ...answers(401) })
    const result = await job.stage('main')
    expectQuiet(result)
    expect(closed(result)).toEqual(['ci'])
  })
})
