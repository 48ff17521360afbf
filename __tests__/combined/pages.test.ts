import { describe, expect, test } from '@jest/globals'
import { json, looks } from '../support/expect.ts'
import { many, put } from '../support/history.ts'
import { HEAD, REPOSITORY, type Setup, SHA, startJob, type TestJob, TOKEN } from '../support/job.ts'

const start = (setup: Setup = {}) => startJob({ action: 'combined', ...setup })

describe('pages', () => {
  test.each([
    ['with a Link header', true],
    ['without', false],
  ])('a failure on page 8 of 8, %s', async (_, combinedLink) => {
    await using job = await start({
      github: { combinedLink },
      statuses: { ...many(749), last: 'failure' },
    })
    const { outputs } = await job.stage('main')
    expect(outputs).toMatchObject({ state: 'failure', total_count: '750', failing: '["last"]' })
    expect(looks(job).map(({ query }) => query.page)).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      '8',
    ])
  })

  test('1,000 contexts take ten requests', async () => {
    await using job = await start({ statuses: many(1_000) })
    const result = await job.stage('main')
    expect(result.outputs).toMatchObject({ state: 'success', total_count: '1000' })
    expect(json<unknown[]>(result, 'statuses')).toHaveLength(1_000)
    expect(job.sandbox.requests).toHaveLength(10)
  })

  test('a link to another host is not followed: the next page is asked for where the first was', async () => {
    await using job = await start({ statuses: many(150, 'pending') })
    put(job, { c120: 'failure' })
    const link = '<https://evil.example/steal?page=2>; rel="next"'
    job.sandbox.fault({ answer: { status: 200, headers: { link }, body: firstPage(job) } })
    const { outputs } = await job.stage('main')
    expect(outputs).toMatchObject({ total_count: '150', failing: '["c120"]' })
    expect(new Set(job.sandbox.requests.map(({ host }) => host)).size).toBe(1)
  })

  test('a branch that moves on between two pages gives no mixture', async () => {
    await using job = await start({
      with: { ref: 'main' },
      declared: { branches: { main: SHA } },
      statuses: many(150),
    })
    job.sandbox.fault({ path: /status$/, after: 1, reset: true })
    const moved = () => job.sandbox.github.repository(REPOSITORY, { branches: { main: HEAD } })
    const { outputs } = await job.stage('main', {
      onLine: (line) => /(again|retrying) in \d/i.test(line) && moved(),
    })
    expect(outputs).toMatchObject({ sha: SHA, total_count: '150' })
  })

  test('a status that moves to another page meanwhile is not lost', async () => {
    await using job = await start({ statuses: { ...many(100), hidden: 'failure', ...many(150) } })
    job.sandbox.fault({ path: /status$/, after: 1, reset: true })
    // The newest comes last: what was first on page 2 slips to page 1, which has been read by then.
    const update = () => put(job, { c0: 'success' })
    const { outputs } = await job.stage('main', {
      onLine: (line) => /(again|retrying) in \d/i.test(line) && update(),
    })
    expect(outputs).toMatchObject({ state: 'failure', failing: '["hidden"]', total_count: '151' })
  })
})

/** What the sandbox answers to the first look. */
function firstPage({ sandbox }: TestJob): object {
  const url = `/repos/${REPOSITORY}/commits/${SHA}/status?per_page=100`
  const headers = { 'user-agent': 'test', authorization: `token ${TOKEN}` }
  return JSON.parse(sandbox.github.handle({ method: 'GET', url, headers, body: '' }).body)
}

test.each([0, 50, 99])(
  'an answer with fewer statuses than it says there are is not judged: %i of 150',
  async (count) => {
    await using job = await start({ with: { require_success: 'true' }, statuses: many(150) })
    const first = firstPage(job) as { statuses: object[] }
    const short = { ...first, statuses: first.statuses.slice(0, count) }
    job.sandbox.fault({ answer: { status: 200, body: short } })
    job.sandbox.fault({ answer: { status: 200, body: { ...first, statuses: [] } }, times: 99 })
    const { conclusion, outputs } = await job.stage('main')
    expect(conclusion).toBe('failure')
    expect(outputs.state).not.toBe('success')
  },
)
