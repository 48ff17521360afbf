import { describe, expect, test } from '@jest/globals'
import { expectQuiet, json } from '../support/expect.ts'
import { put } from '../support/history.ts'
import { HEAD, SHA, startJob } from '../support/job.ts'
import { listed } from '../support/listed.ts'

const action = 'list' as const

describe('the history', () => {
  test('is newest first, superseded ones too, with the field names of the API', async () => {
    await using job = await startJob({ action, statuses: { ci: 'pending', lint: 'success' } })
    const texts = { description: 'No', target_url: 'https://ci.example/1' }
    put(job, { ci: 'failure' }, texts)
    const result = await job.stage('main')
    expectQuiet(result)
    expect(result.outputs).toMatchObject({ count: '3', state: 'failure' })
    expect(listed(result)).toEqual(['ci: failure', 'lint: success', 'ci: pending'])
    const { id, created_at, updated_at } = job.history()[0] ?? {}
    const creator = { login: 'github-actions[bot]' }
    const newest = {
      id,
      context: 'ci',
      state: 'failure',
      ...texts,
      created_at,
      updated_at,
      creator,
    }
    expect(json<unknown[]>(result, 'statuses')[0]).toEqual(newest)
    expect(result.log).toContain(`Read 3 statuses of "octo-org/octo-repo@${SHA.slice(0, 7)}".`)
  })

  test('may be empty, which is no error', async () => {
    await using job = await startJob({ action })
    const result = await job.stage('main')
    expectQuiet(result)
    expect(result.outputs).toEqual({ count: '0', state: '', statuses: '[]' })
  })

  test.each([
    ['ci', ['ci: success', 'CI: pending']],
    ['CI', ['ci: success', 'CI: pending']],
    ['*', ['ci: success', 'ci2: failure', 'CI: pending']],
  ])('of the context %j is that of one name in any case, or of all', async (context, expected) => {
    const statuses = { CI: 'pending', ci2: 'failure' }
    await using job = await startJob({ action, statuses, with: { context } })
    put(job, { ci: 'success' })
    const result = await job.stage('main')
    expect(listed(result)).toEqual(expected)
    const state = expected.length ? 'success' : ''
    expect(result.outputs).toMatchObject({ count: String(expected.length), state })
  })

  test('can be that of a branch with slashes', async () => {
    const declared = { branches: { 'a/b': HEAD } }
    await using job = await startJob({ action, with: { ref: 'refs/heads/a/b' }, declared })
    put(job, { ci: 'success' }, {}, HEAD)
    expect(listed(await job.stage('main'))).toEqual(['ci: success'])
  })

  test('is that of the head of a pull request by default', async () => {
    const event = { name: 'pull_request', payload: { pull_request: { head: { sha: HEAD } } } }
    await using job = await startJob({ action, event, statuses: { ci: 'failure' } })
    put(job, { ci: 'success' }, {}, HEAD)
    expect(listed(await job.stage('main'))).toEqual(['ci: success'])
  })
})
