import { describe, expect, test } from '@jest/globals'
import { expectSaid, json, looks } from '../support/expect.ts'
import { many, put } from '../support/history.ts'
import { type Setup, SHA, startJob, type TestJob } from '../support/job.ts'

type Listed = { id: number; context: string; state: string }

const start = (setup: Setup = {}) => startJob({ action: 'list', ...setup })

/** What is in the output `statuses`, as `context: state`. */
const listed = (result: Parameters<typeof json>[0]) =>
  json<Listed[]>(result, 'statuses').map(({ context, state }) => `${context}: ${state}`)

describe('other servers', () => {
  const gitea: Setup = { server: 'gitea' }
  const declared = { branches: { main: SHA } }

  test.each<[string, Setup, number]>([
    ['GitHub Enterprise Server', { server: 'ghes' }, 2],
    ['Gitea, whose pages are of 50 at most', gitea, 3],
  ])('%s', async (_, setup, pages) => {
    await using job = await start({ ...setup, statuses: many(150), with: { limit: '150' } })
    expect((await job.stage('main')).outputs).toMatchObject({ count: '150', state: 'success' })
    expect(looks(job)).toHaveLength(pages)
  })

  test('Gitea gives those of one second in no order: the newest is first all the same', async () => {
    await using job = await start({ ...gitea, with: { limit: '1', context: 'ci' } })
    put(job, { ci: 'pending' }, { created_at: '2026-11-20T10:00:00Z' })
    put(job, { ci: 'success', other: 'failure' }, { created_at: '2026-11-20T10:00:00Z' })
    expect(listed(await job.stage('main'))).toEqual(['ci: success'])
  })

  /** The paths that were asked for, without what comes before the commit. */
  const paths = (job: TestJob) =>
    job.requests().map((request) => request.replace(/^GET .*octo-repo/, ''))

  test('one that does not know the route under `/commits/` is asked by the older one, on all pages', async () => {
    await using job = await start({
      github: { dialect: 'legacy' },
      statuses: many(150),
      with: { limit: '150' },
    })
    const result = await job.stage('main')
    expect(result).toMatchObject({
      conclusion: 'success',
      outputs: { count: '150', state: 'success' },
    })
    expect(new Set(listed(result))).toEqual(new Set(['default: success'])) // that server has no contexts
    expect(paths(job)).toEqual([`/commits/${SHA}/statuses`, `/statuses/${SHA}`, `/statuses/${SHA}`])
  })

  test('so it is for a branch, and for a commit that has none yet', async () => {
    const legacy: Setup = { github: { dialect: 'legacy' }, declared }
    await using job = await start({
      ...legacy,
      with: { ref: 'main' },
      statuses: { ci: 'success' },
    })
    expect((await job.stage('main')).outputs.count).toBe('1')
    await using none = await start(legacy)
    expect((await none.stage('main')).outputs.count).toBe('0')
  })

  test.each<[string, Setup]>([
    ['GitHub', {}],
    ['Gitea, whose older route knows nothing of branches', gitea],
    ['an older server', { github: { dialect: 'legacy' } }],
  ])('%s: an unknown ref is no empty history', async (_, setup) => {
    await using job = await start({ ...setup, with: { ref: 'no/such' } })
    const result = await job.stage('main')
    expect(result).toMatchObject({ conclusion: 'failure', outputs: {} })
    expectSaid(result, 'error', '"no/such"', '`ref`')
  })

  test('an unknown ref, as the documents have it: a 404, and nothing on the older route', async () => {
    await using job = await start({ with: { ref: 'no/such' } })
    job.sandbox.fault({ answer: { status: 404, body: { message: 'Not Found' } } })
    job.sandbox.fault({ answer: { status: 200, body: [] } })
    expectSaid(await job.stage('main'), 'error', 'Not Found', '`ref`')
  })
})
