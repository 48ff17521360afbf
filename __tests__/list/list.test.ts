import { describe, expect, test } from '@jest/globals'
import { type TestJob, HEAD, REPOSITORY, type Setup, SHA } from '../support/job.ts'
import {
  errors,
  json,
  looks,
  many,
  put,
  read,
  type States,
  startReading,
} from '../support/reading.ts'

type Listed = { id: number; context: string; state: string }

const start = (setup: Parameters<typeof startReading>[1] = {}) => startReading('list', setup)

/** What is in the output `statuses`, as `context: state`. */
const listed = (result: Parameters<typeof json>[0]) =>
  json<Listed[]>(result, 'statuses').map(({ context, state }) => `${context}: ${state}`)

describe('the history', () => {
  test('is newest first, superseded ones too, with the field names of the API', async () => {
    await using job = await start({ statuses: { ci: 'pending', lint: 'success' } })
    put(job, { ci: 'failure' }, { description: 'No', target_url: 'https://ci.example/1' })
    const result = await job.stage('main')
    expect(result).toMatchObject({
      conclusion: 'success',
      outputs: { count: '3', state: 'failure' },
    })
    expect(listed(result)).toEqual(['ci: failure', 'lint: success', 'ci: pending'])
    const [newest] = job.sandbox.github.statuses(REPOSITORY, SHA)
    const { id, created_at, updated_at } = newest ?? {}
    const texts = {
      context: 'ci',
      state: 'failure',
      description: 'No',
      target_url: 'https://ci.example/1',
    }
    const creator = { login: 'github-actions[bot]' }
    expect(json<Listed[]>(result, 'statuses')[0]).toEqual({
      id,
      ...texts,
      created_at,
      updated_at,
      creator,
    })
  })

  test('may be empty, which is no error', async () => {
    const result = await mainOf(await start())
    expect(result).toMatchObject({
      conclusion: 'success',
      outputs: { count: '0', state: '', statuses: '[]' },
    })
  })

  test.each([
    ['ci', ['ci: success', 'CI: pending']],
    ['CI', ['ci: success', 'CI: pending']],
    ['c*', []],
    ['', ['ci: success', 'ci2: failure', 'CI: pending']],
  ])('of the context %j', async (context, expected) => {
    await using job = await start({ statuses: { CI: 'pending', ci2: 'failure' }, with: { context } })
    put(job, { ci: 'success' })
    const result = await job.stage('main')
    expect(listed(result)).toEqual(expected)
    expect(result.outputs).toMatchObject({
      count: String(expected.length),
      state: expected.length ? 'success' : '',
    })
  })

  test('of a branch with slashes', async () => {
    await using job = await start({
      with: { ref: 'refs/heads/a/b' },
      declared: { branches: { 'a/b': HEAD } },
    })
    put(job, { ci: 'success' }, {}, HEAD)
    expect(listed(await job.stage('main'))).toEqual(['ci: success'])
  })
})

describe('as far as the limit asks, and no further', () => {
  const needle = {
    ...many(120),
    needle: 'failure',
    ...Object.fromEntries(Object.entries(many(350)).slice(120)),
  }

  test.each<[string, States, Record<string, string>, string, number]>([
    ['the default is 100', many(250), {}, '100', 1],
    ['1', many(250), { limit: '1' }, '1', 1],
    ['exactly a page', many(250), { limit: '100' }, '100', 1],
    ['one more than a page', many(250), { limit: '101' }, '101', 2],
    ['more than there are', many(250), { limit: '1000' }, '250', 3],
    ['exactly what is there', many(200), { limit: '200' }, '200', 2],
    ['of one context, until it is found', needle, { limit: '1', context: 'needle' }, '1', 3],
    [
      'of one context, to the end where there are fewer',
      needle,
      { limit: '2', context: 'needle' },
      '1',
      4,
    ],
    ['of one context that is not there', many(250), { context: 'none' }, '0', 3],
  ])('%s', async (_, statuses, inputs, count, pages) => {
    await using job = await start({ statuses, with: inputs })
    expect((await job.stage('main')).outputs.count).toBe(count)
    expect(looks(job).map(({ query }) => query.page)).toEqual(
      Array.from({ length: pages }, (_, page) => `${page + 1}`),
    )
  })

  test('10,000 in one run', async () => {
    await using job = await start({ with: { limit: '10000', context: 'c7' } })
    for (let round = 0; round < 1_000; round++) put(job, many(10))
    const result = await job.stage('main')
    expect(result).toMatchObject({ conclusion: 'success', outputs: { count: '1000' } })
    expect(looks(job)).toHaveLength(100)
  })

  test('what is published between two pages is no reason to list one twice', async () => {
    await using job = await start({ statuses: many(150), with: { limit: '500' } })
    job.sandbox.fault({ after: 1, reset: true })
    const publish = () => put(job, { late: 'pending' })
    const result = await job.stage('main', {
      onLine: (line) => line.includes('rying again') && publish(),
    })
    const ids = json<Listed[]>(result, 'statuses').map(({ id }) => id)
    expect(ids).toHaveLength(150)
    expect(new Set(ids).size).toBe(150)
  })

  test('what is over 1 MB is a clear error; how many there were is known', async () => {
    await using job = await start({ with: { limit: '3000' }, statuses: many(3_000) })
    const result = await job.stage('main')
    expect(result).toMatchObject({
      conclusion: 'failure',
      outputs: { count: '3000', state: 'success' },
    })
    expect(messages(result)).toEqual([
      expect.stringMatching(/^The output `statuses` would be 1\.\d MB.*1 MB.*limit/),
    ])
  })
})

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
    expect(paths(job)).toEqual([
      `/commits/${SHA}/statuses`,
      `/statuses/${SHA}`,
      `/statuses/${SHA}`,
    ])
  })

  test('so it is for a branch, and for a commit that has none yet', async () => {
    const legacy: Setup = { github: { dialect: 'legacy' }, declared }
    expect(
      (await mainOf(await start({ ...legacy, with: { ref: 'main' }, statuses: { ci: 'success' } })))
        .outputs.count,
    ).toBe('1')
    expect((await mainOf(await start(legacy))).outputs.count).toBe('0')
  })

  test.each<[string, Setup]>([
    ['GitHub', {}],
    ['Gitea, whose older route knows nothing of branches', gitea],
    ['an older server', { github: { dialect: 'legacy' } }],
  ])('%s: an unknown ref is no empty history', async (_, setup) => {
    const result = await mainOf(await start({ ...setup, with: { ref: 'no/such' } }))
    expect(result).toMatchObject({ conclusion: 'failure', outputs: {} })
    expect(messages(result)).toEqual([
      expect.stringMatching(/^Could not read the statuses of "no\/such": .*Check `ref`/),
    ])
  })

  test('an unknown ref, as the documents have it: a 404, and nothing on the older route', async () => {
    await using job = await start({ with: { ref: 'no/such' } })
    job.sandbox.fault({ answer: { status: 404, body: { message: 'Not Found' } } })
    job.sandbox.fault({ answer: { status: 200, body: [] } })
    expect(messages(await job.stage('main'))).toEqual([
      expect.stringMatching(/404 "Not Found".*Check `ref`/),
    ])
  })
})

test('wrong inputs are all named, before any request', async () => {
  await using job = await start({ with: { limit: 'all', ref: 'a b', repository: 'x' } })
  const result = await job.stage('main')
  expect(result.conclusion).toBe('failure')
  expect(
    messages(result)
      .map((line) => line.replace(/: expected .*/, ''))
      .sort(),
  ).toEqual(['Input `limit` is "all"', 'Input `ref` is "a b"', 'Input `repository` is "x"'])
  expect(job.requests()).toEqual([])
})

test('a failing server is given time', async () => {
  await using job = await start({ statuses: many(150), with: { limit: '150' } })
  job.sandbox.fault({
    after: 1,
    answer: { status: 502, body: '<html><title>Bad gateway</title></html>' },
  })
  expect((await job.stage('main')).outputs.count).toBe('150')
})
