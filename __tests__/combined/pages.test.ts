import { describe, expect, test } from '@jest/globals'
import { expectSaid, json, looks } from '../support/expect.ts'
import { answers } from '../support/faults.ts'
import { many, put } from '../support/history.ts'
import { HEAD, REPOSITORY, SHA, startJob, type TestJob, TOKEN } from '../support/job.ts'

const numbers = (job: TestJob) => looks(job).map(({ query }) => query.page)

describe('all pages count', () => {
  test.each([
    ['with a Link header', true],
    ['without', false],
  ])('a failure on page 8 of 8, %s', async (_, combinedLink) => {
    const statuses = { ...many(749), last: 'failure' }
    await using job = await startJob({ action: 'combined', github: { combinedLink }, statuses })
    const { outputs } = await job.stage('main')
    expect(outputs).toMatchObject({ state: 'failure', total_count: '750', failing: '["last"]' })
    expect(numbers(job)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8'])
  })

  test('1,000 contexts take ten requests', async () => {
    await using job = await startJob({ action: 'combined', statuses: many(1_000) })
    const result = await job.stage('main')
    expect(result.outputs).toMatchObject({ state: 'success', total_count: '1000' })
    expect(json<unknown[]>(result, 'statuses')).toHaveLength(1_000)
    expect(job.sandbox.requests).toHaveLength(10)
  })

  test('a link to another host is not followed: the next page comes from where the first did', async () => {
    await using job = await startJob({ action: 'combined', statuses: many(150, 'pending') })
    put(job, { c120: 'failure' })
    const link = '<https://evil.example/steal?page=2>; rel="next"'
    job.sandbox.fault(answers(200, firstPage(job), { link }))
    const { outputs } = await job.stage('main')
    expect(outputs).toMatchObject({ total_count: '150', failing: '["c120"]' })
    expect(new Set(job.sandbox.requests.map(({ host }) => host)).size).toBe(1)
  })

  /** Runs the stage; between its first and its second page, this happens. */
  async function between(job: TestJob, happens: () => void) {
    job.sandbox.fault({ path: /status$/, after: 1, reset: true })
    return job.stage('main', { onLine: (line) => line.includes('retrying in') && happens() })
  }

  test('a branch that moves on between two pages gives no mixture', async () => {
    const declared = { branches: { main: SHA } }
    const inputs = { ref: 'main' }
    await using job = await startJob({
      action: 'combined',
      with: inputs,
      declared,
      statuses: many(150),
    })
    const { outputs } = await between(job, () =>
      job.sandbox.github.repository(REPOSITORY, { branches: { main: HEAD } }),
    )
    expect(outputs).toMatchObject({ sha: SHA, total_count: '150' })
  })

  test('a status that moves to another page meanwhile is not lost', async () => {
    const statuses = { ...many(100), hidden: 'failure', ...many(150) }
    await using job = await startJob({ action: 'combined', statuses })
    // The newest comes last: what was first on page 2 slips to page 1, which has been read by then.
    const { outputs } = await between(job, () => put(job, { c0: 'success' }))
    expect(outputs).toMatchObject({ state: 'failure', failing: '["hidden"]', total_count: '151' })
    expect(numbers(job)).toHaveLength(2 + 1 + 2)
  })
})

describe('an answer with fewer statuses than it says there are', () => {
  const status = { id: 1, context: 'a', state: 'success', created_at: '2026-11-20T10:00:00Z' }
  const short = answers(200, { state: 'success', sha: SHA, total_count: 2, statuses: [status] })
  const empty = answers(200, { state: 'success', sha: SHA, total_count: 2, statuses: [] })
  const once = [short, empty]

  test('is not judged, however often it comes', async () => {
    const faults = [...once, ...once, ...once]
    const inputs = { require_success: 'true' }
    await using job = await startJob({ action: 'combined', with: inputs, faults })
    const result = await job.stage('main')
    expectSaid(result, 'error', 'fewer entries than it counts (1 of 2)')
    expect(result.outputs).toEqual({})
    expect(job.requests()).toHaveLength(6)
  })

  test('is read again', async () => {
    const statuses = { a: 'success', b: 'failure' }
    await using job = await startJob({ action: 'combined', statuses, faults: once })
    expect((await job.stage('main')).outputs).toMatchObject({ failing: '["b"]', total_count: '2' })
  })

  test('lets a wait go on', async () => {
    const faults = [...once, ...once, ...once]
    const inputs = { timeout_minutes: '0.5', interval_seconds: '1', require_success: 'true' }
    const statuses = { a: 'success', b: 'success' }
    await using job = await startJob({ action: 'combined', statuses, with: inputs, faults })
    const result = await job.stage('main')
    expect(result.outputs).toMatchObject({ state: 'success', total_count: '2' })
    expect(result.log).toMatch(/^Waiting\. Could not read .* fewer entries/m)
  })
})

/** What the sandbox answers to the first request. */
function firstPage({ sandbox }: TestJob): object {
  const url = `/repos/${REPOSITORY}/commits/${SHA}/status?per_page=100`
  const headers = { 'user-agent': 'test', authorization: `token ${TOKEN}` }
  return JSON.parse(sandbox.github.handle({ method: 'GET', url, headers, body: '' }).body)
}
