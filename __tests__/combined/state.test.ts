import { describe, expect, test } from '@jest/globals'
import { expectSaid, json } from '../support/expect.ts'
import { many, put, type States } from '../support/history.ts'
import { REPOSITORY, type Setup, SHA, startJob } from '../support/job.ts'

const start = (setup: Setup = {}) => startJob({ action: 'combined', ...setup })

describe('the state', () => {
  test.each<[string, States, object, string]>([
    [
      'success',
      { a: 'success', b: 'success' },
      { state: 'success', total_count: '2' },
      'All are successful.',
    ],
    [
      'pending',
      { a: 'success', b: 'pending' },
      { state: 'pending', pending: '["b"]' },
      'Pending: "b".',
    ],
    [
      'failure',
      { a: 'failure', b: 'pending' },
      { state: 'failure', failing: '["a"]', pending: '["b"]' },
      '"a"',
    ],
    [
      'error',
      { a: 'error', b: 'success' },
      { state: 'failure', failing: '["a"]' },
      'Failing: "a".',
    ],
    [
      'nothing there',
      {},
      { state: 'pending', total_count: '0', pending: '[]' },
      'There is no status at all.',
    ],
  ])('%s', async (_, statuses, outputs, line) => {
    await using job = await start({ statuses })
    const result = await job.stage('main')
    expect(result).toMatchObject({
      conclusion: 'success',
      outputs: { sha: SHA, missing: '[]', ...outputs },
    })
    expect(result.log).toContain(line)
  })

  test('the newest of a context counts, whatever the case of its name', async () => {
    await using job = await start({ statuses: { CI: 'failure', other: 'success' } })
    put(job, { ci: 'success' })
    const { outputs } = await job.stage('main')
    expect(outputs).toMatchObject({ state: 'success', total_count: '2' })
  })

  test('so it is where a server gives both', async () => {
    await using job = await start()
    const status = (id: number, context: string, state: string) => ({
      id,
      context,
      state,
      created_at: `${id}`,
    })
    const statuses = [
      status(1, 'CI', 'failure'),
      status(2, 'ci', 'success'),
      status(3, 'x', 'success'),
    ]
    job.sandbox.fault({
      answer: { status: 200, body: { state: 'failure', sha: SHA, total_count: 2, statuses } },
    })
    const { outputs } = await job.stage('main')
    expect(outputs).toMatchObject({ state: 'success', total_count: '2' })
  })

  test('the statuses have the field names and values of the API', async () => {
    await using job = await start()
    put(job, { ci: 'success' }, { description: 'All good', target_url: 'https://ci.example/1' })
    const [stored] = job.sandbox.github.statuses(REPOSITORY, SHA)
    const { id, created_at, updated_at } = stored ?? {}
    const texts = {
      state: 'success',
      context: 'ci',
      description: 'All good',
      target_url: 'https://ci.example/1',
    }
    expect(json(await job.stage('main'), 'statuses')).toEqual([
      { id, ...texts, created_at, updated_at },
    ])
  })
})

describe('other servers', () => {
  const gitea: Setup = { server: 'gitea' }

  test.each<[string, States, object]>([
    [
      '`status` in place of `state`',
      { a: 'success', b: 'pending' },
      { state: 'pending', pending: '["b"]' },
    ],
    [
      '`warning` is a failure, `skipped` a success',
      { a: 'skipped', b: 'warning' },
      { failing: '["b"]' },
    ],
    ['`statuses: null`', {}, { state: 'pending', total_count: '0', statuses: '[]' }],
    [
      'pages of 50, of which each counts only itself',
      { bad: 'failure', ...many(120) },
      { state: 'failure' },
    ],
    [
      'names that differ in case are two',
      { CI: 'failure', ci: 'success' },
      { total_count: '2', failing: '["CI"]' },
    ],
  ])('Gitea: %s', async (_, statuses, outputs) => {
    await using job = await start({ ...gitea, statuses })
    const result = await job.stage('main')
    expect(result).toMatchObject({ conclusion: 'success', outputs })
  })

  test('Gitea: a branch by its whole name, which that server does not know', async () => {
    await using job = await start({
      ...gitea,
      declared: { branches: { main: SHA } },
      with: { ref: 'refs/heads/main' },
    })
    expect((await job.stage('main')).outputs).toMatchObject({ sha: SHA })
  })

  test.each<[string, Setup]>([
    ['GitHub Enterprise Server', { server: 'ghes' }],
    ['Gitea', gitea],
  ])('%s: a failure on the last page', async (_, setup) => {
    await using job = await start({ ...setup, statuses: { ...many(149), last: 'failure' } })
    expect((await job.stage('main')).outputs).toMatchObject({
      state: 'failure',
      total_count: '150',
    })
  })

  test('a server from before the combined status: said, and what helps', async () => {
    await using job = await start({ github: { dialect: 'legacy' }, statuses: { ci: 'success' } })
    const result = await job.stage('main')
    expect(result).toMatchObject({ conclusion: 'failure', outputs: {} })
    expectSaid(result, 'error', 'combined status', '`list`')
  })
})
