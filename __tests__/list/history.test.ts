import { describe, expect, test } from '@jest/globals'
import { json } from '../support/expect.ts'
import { many, put } from '../support/history.ts'
import { HEAD, REPOSITORY, type Setup, SHA, startJob } from '../support/job.ts'

type Listed = { id: number; context: string; state: string }

const start = (setup: Setup = {}) => startJob({ action: 'list', ...setup })

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
    await using job = await start()
    const result = await job.stage('main')
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
    await using job = await start({
      statuses: { CI: 'pending', ci2: 'failure' },
      with: { context },
    })
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

test('a failing server is given time', async () => {
  await using job = await start({ statuses: many(150), with: { limit: '150' } })
  job.sandbox.fault({
    after: 1,
    answer: { status: 502, body: '<html><title>Bad gateway</title></html>' },
  })
  expect((await job.stage('main')).outputs.count).toBe('150')
})
