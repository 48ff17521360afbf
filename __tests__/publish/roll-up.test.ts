import { describe, expect, test } from '@jest/globals'
import { expectQuiet } from '../support/expect.ts'
import { LOOK, startJob, WRITE } from '../support/job.ts'

/** A job that needs others, which ended so. */
async function startRollUp(results: Record<string, string>, inputs: Record<string, string> = {}) {
  const job = await startJob({ with: { needs: `\${{ toJSON(needs) }}`, ...inputs } })
  job.contexts.needs = Object.fromEntries(
    Object.entries(results).map(([name, result]) => [name, { result, outputs: {} }]),
  )
  return job
}

describe('a roll-up is the worst of the results, and names the jobs behind it', () => {
  test.each<[Record<string, string>, string, string]>([
    [{ test: 'success' }, 'success', 'Successful: test'],
    [{ test: 'success', lint: 'success' }, 'success', 'Successful: test, lint'],
    [{ test: 'success', docs: 'skipped' }, 'success', 'Successful: test'],
    [{ docs: 'skipped' }, 'error', 'Skipped: docs'],
    [{ docs: 'skipped', test: 'skipped' }, 'error', 'Skipped: docs, test'],
    [{ test: 'failure', docs: 'skipped' }, 'failure', 'Failed: test'],
    [{ test: 'failure', lint: 'success' }, 'failure', 'Failed: test'],
    [{ test: 'failure', lint: 'failure', docs: 'cancelled' }, 'failure', 'Failed: test, lint'],
    [{ test: 'success', docs: 'cancelled' }, 'error', 'Cancelled: docs'],
    [{ test: 'action_required', docs: 'success' }, 'pending', 'Action required: test'],
    [{ a: 'cancelled', b: 'action_required' }, 'error', 'Cancelled: a'],
  ])('%j: %s', async (results, state, description) => {
    await using job = await startRollUp(results)
    expectQuiet(...Object.values(await job.follow()))
    expect(job.requests()).toEqual([LOOK, WRITE])
    expect(job.published()).toMatchObject([{ state, description }])
  })

  test.each<[Record<string, string>, string, string]>([
    [{ cancelled_state: 'success' }, 'success', 'Successful: a, b'],
    [{ cancelled_state: 'failure' }, 'failure', 'Cancelled: b'],
    [{ cancelled_state: 'pending', skipped_state: 'error' }, 'error', 'Skipped: c'],
  ])('with %j', async (choice, state, description) => {
    await using job = await startRollUp({ a: 'success', b: 'cancelled', c: 'skipped' }, choice)
    await job.stage('main')
    expect(job.published()).toMatchObject([{ state, description }])
  })

  test('of many jobs names as many as fit', async () => {
    const names = Array.from({ length: 40 }, (_, index) => [`a-long-name-${index}`, 'failure'])
    await using job = await startRollUp(Object.fromEntries(names))
    await job.stage('main')
    expect(job.published()[0]?.description).toMatch(/^Failed: a-long-name-0, .* and \d+ more$/)
  })

  test('takes results without names, too', async () => {
    const needs = JSON.stringify(['success', 'failure', 'skipped'])
    await using job = await startJob({ with: { needs } })
    await job.stage('main')
    expect(job.published()).toMatchObject([{ state: 'failure' }])
  })

  test('of unnamed results that were all skipped is not green', async () => {
    await using job = await startJob({ with: { needs: '["skipped","skipped"]' } })
    await job.stage('main')
    expect(job.published()).toMatchObject([{ state: 'error' }])
  })

  test('keeps a description of the user’s', async () => {
    await using job = await startRollUp({ test: 'success' }, { description: 'All of it' })
    await job.stage('main')
    expect(job.published()).toMatchObject([{ description: 'All of it' }])
  })
})
