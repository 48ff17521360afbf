import { describe, expect, test } from '@jest/globals'
import { expectQuiet, expectSaid, json } from '../support/expect.ts'
import { answers } from '../support/faults.ts'
import { put, type States } from '../support/history.ts'
import { SHA, startJob } from '../support/job.ts'

describe('the state', () => {
  test.each<[string, States, object, string]>([
    [
      'is success if all succeeded',
      { a: 'success', b: 'success' },
      { state: 'success', total_count: '2' },
      'All are successful.',
    ],
    [
      'is pending if one is pending',
      { a: 'success', b: 'pending' },
      { state: 'pending', pending: '["b"]' },
      'Pending: "b".',
    ],
    [
      'is failure if one failed, whatever is pending',
      { a: 'failure', b: 'pending' },
      { state: 'failure', failing: '["a"]', pending: '["b"]' },
      'Failing: "a". Pending: "b".',
    ],
    [
      'is failure if one is an error',
      { a: 'error', b: 'success' },
      { state: 'failure', failing: '["a"]' },
      'Failing: "a".',
    ],
    [
      'is pending if there is nothing at all',
      {},
      { state: 'pending', total_count: '0', pending: '[]' },
      'No status counts yet. Check runs, such as jobs, are not statuses: `check_runs: true` counts them too.',
    ],
  ])('%s', async (_, statuses, outputs, line) => {
    await using job = await startJob({ action: 'combined', statuses })
    const result = await job.stage('main')
    expectQuiet(result)
    expect(result.outputs).toMatchObject({ sha: SHA, missing: '[]', check_runs: '[]', ...outputs })
    const name = `"octo-org/octo-repo@${SHA.slice(0, 7)}"`
    const { state } = result.outputs
    expect(result.log).toContain(`The combined status of ${name} is ${state}. ${line}`)
  })

  test.each(['warning', 'fine', 'neutral', 'SUCCESS', ''])(
    'is failure if one has the state %j, which GitHub does not know',
    async (state) => {
      await using job = await startJob({ action: 'combined', statuses: { a: 'success', b: state } })
      expect((await job.stage('main')).outputs).toMatchObject({
        state: 'failure',
        failing: '["b"]',
      })
    },
  )

  test('is a failed step if success is required', async () => {
    const statuses = { a: 'success', b: 'error' }
    const inputs = { require_success: 'true' }
    await using job = await startJob({ action: 'combined', statuses, with: inputs })
    expectSaid(await job.stage('main'), 'error', ' is failure. Failing: "b".')
  })

  test('is that of the newest status of each context, whatever the case of its name', async () => {
    const statuses = { CI: 'failure', other: 'success' }
    await using job = await startJob({ action: 'combined', statuses })
    put(job, { ci: 'success' })
    const { outputs } = await job.stage('main')
    expect(outputs).toMatchObject({ state: 'success', total_count: '2' })
  })

  test('is that of the newest by time if a server gives both', async () => {
    const status = (id: number, state: string, created_at: string) => ({
      id,
      context: 'ci',
      state,
      created_at,
    })
    const statuses = [
      status(1, 'failure', '2026-11-20T10:00:00Z'),
      status(2, 'success', '2026-11-20T10:00:01Z'),
    ]
    const body = { state: 'failure', sha: SHA, total_count: 1, statuses }
    await using job = await startJob({ action: 'combined', faults: [answers(200, body)] })
    expect((await job.stage('main')).outputs).toMatchObject({ state: 'success', total_count: '1' })
  })
})

test('the statuses have the field names and values of the API', async () => {
  await using job = await startJob({ action: 'combined' })
  const texts = { description: 'All good', target_url: 'https://ci.example/1' }
  put(job, { ci: 'success' }, texts)
  const { id, created_at, updated_at } = job.history()[0] ?? {}
  const status = { id, state: 'success', context: 'ci', ...texts, created_at, updated_at }
  expect(json(await job.stage('main'), 'statuses')).toEqual([status])
})
