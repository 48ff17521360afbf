import { describe, expect, test } from '@jest/globals'
import { expectQuiet, expectSaid } from '../support/expect.ts'
import { many, type States } from '../support/history.ts'
import { startJob } from '../support/job.ts'

const action = 'combined' as const

describe('Gitea', () => {
  test.each<[string, States, object]>([
    ['says `status`, not `state`', { a: 'success', b: 'pending' }, { pending: '["b"]' }],
    [
      'knows `warning`, a failure, and `skipped`, a success',
      { a: 'skipped', b: 'warning' },
      { failing: '["b"]', pending: '[]' },
    ],
    ['says null if there are none', {}, { state: 'pending', total_count: '0', statuses: '[]' }],
    [
      'has pages of 50, each of which counts only itself',
      { bad: 'failure', ...many(120) },
      { state: 'failure', total_count: '121' },
    ],
    [
      'tells apart names that differ in case',
      { CI: 'failure', ci: 'success' },
      { total_count: '2', failing: '["CI"]' },
    ],
  ])('%s', async (_, statuses, outputs) => {
    await using job = await startJob({ action, server: 'gitea', statuses })
    const result = await job.stage('main')
    expectQuiet(result)
    expect(result.outputs).toMatchObject(outputs)
  })
})

test('a server from before the combined status: said, with what to use', async () => {
  const statuses = { ci: 'success' }
  await using job = await startJob({ action, github: { dialect: 'legacy' }, statuses })
  const result = await job.stage('main')
  expectSaid(
    result,
    'error',
    'This server is too old to report the combined status of a commit. Use `list` to read its statuses.',
  )
  expect(result.outputs).toEqual({})
})
