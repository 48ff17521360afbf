import { describe, expect, test } from '@jest/globals'
import { expectQuiet, expectSaid, looks } from '../support/expect.ts'
import { answers } from '../support/faults.ts'
import { many, put } from '../support/history.ts'
import { type Setup, SHA, startJob } from '../support/job.ts'
import { listed } from '../support/listed.ts'

const action = 'list' as const
const legacy: Setup = { action, github: { dialect: 'legacy' } }

test.each<[string, Setup, number]>([
  ['GitHub Enterprise Server', { server: 'ghes' }, 2],
  ['Gitea, whose pages are of 50 at most', { server: 'gitea' }, 3],
])('%s', async (_, setup, pages) => {
  await using job = await startJob({
    action,
    ...setup,
    statuses: many(150),
    with: { limit: '150' },
  })
  expect((await job.stage('main')).outputs).toMatchObject({ count: '150', state: 'success' })
  expect(looks(job)).toHaveLength(pages)
})

describe('Gitea', () => {
  test('lists those of one second in no order: the newest is first all the same', async () => {
    const inputs = { limit: '1', context: 'ci' }
    await using job = await startJob({ action, server: 'gitea', with: inputs })
    const created_at = '2026-11-20T10:00:00Z'
    put(job, { ci: 'pending' }, { created_at })
    put(job, { ci: 'success', other: 'failure' }, { created_at })
    expect(listed(await job.stage('main'))).toEqual(['ci: success'])
  })

  test.each([
    ['refs/heads/main', 'main'],
    ['heads/main', 'main'],
    ['refs/tags/v1', 'v1'],
    ['refs/pull/1/head', 'refs%2Fpull%2F1%2Fhead'],
  ])('knows %s as %s', async (ref, plain) => {
    await using job = await startJob({ action, server: 'gitea', with: { ref } })
    await job.stage('main')
    expect(job.requests()[0]).toContain(`/commits/${plain}/`)
  })

  test('tells apart names that differ in case', async () => {
    const statuses = { CI: 'failure', ci: 'success' }
    await using job = await startJob({ action, server: 'gitea', statuses, with: { context: 'CI' } })
    expect(listed(await job.stage('main'))).toEqual(['CI: failure'])
  })
})

describe('a server that does not know the route under `/commits/`', () => {
  test('is asked by the older one, on all pages', async () => {
    await using job = await startJob({ ...legacy, statuses: many(150), with: { limit: '150' } })
    const result = await job.stage('main')
    expectQuiet(result)
    expect(result.outputs).toMatchObject({ count: '150', state: 'success' })
    expect(new Set(listed(result))).toEqual(new Set(['default: success'])) // it knows no contexts
    expect(job.requests().map((request) => request.replace(/^GET .*octo-repo/, ''))).toEqual([
      `/commits/${SHA}/statuses`,
      `/statuses/${SHA}`,
      `/statuses/${SHA}`,
    ])
  })

  test('so it is for a branch', async () => {
    const declared = { branches: { main: SHA } }
    const inputs = { ref: 'main' }
    await using job = await startJob({
      ...legacy,
      declared,
      with: inputs,
      statuses: { ci: 'success' },
    })
    expect((await job.stage('main')).outputs.count).toBe('1')
  })

  test('and for a commit without statuses', async () => {
    await using job = await startJob(legacy)
    expect((await job.stage('main')).outputs.count).toBe('0')
  })
})

describe('an unknown ref is no empty history', () => {
  test.each<[string, Setup]>([
    ['GitHub', {}],
    ['Gitea, whose older route knows nothing of branches', { server: 'gitea' }],
    ['an older server', legacy],
  ])('%s', async (_, setup) => {
    await using job = await startJob({ action, ...setup, with: { ref: 'no/such' } })
    const result = await job.stage('main')
    expectSaid(result, 'error', 'Could not read the statuses of "no/such": ', 'Check `ref`')
    expect(result.outputs).toEqual({})
  })

  test('as the documents have it: a 404, and nothing on the older route', async () => {
    const faults = [answers(404, { message: 'Not Found' }), answers(200, [])]
    await using job = await startJob({ action, with: { ref: 'no/such' }, faults })
    expectSaid(await job.stage('main'), 'error', '404 "Not Found"', 'Check `ref`')
  })
})
