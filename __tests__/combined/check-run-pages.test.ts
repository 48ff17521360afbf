import { describe, expect, test } from '@jest/globals'
import { manyRuns, putRuns, run, runRequests, startWith } from '../support/check-runs.ts'
import { expectSaid, until } from '../support/expect.ts'
import { answers } from '../support/faults.ts'
import { HEAD, REPOSITORY, SHA } from '../support/job.ts'

describe('all pages of check runs count', () => {
  test('a failure on the last one, in one request per 100', async () => {
    await using job = await startWith([run('oldest', 'failure'), ...manyRuns(250)])
    expect((await job.stage('main')).outputs).toMatchObject({
      failing: '["oldest"]',
      total_count: '251',
    })
    expect(runRequests(job).map(({ query }) => query.page)).toEqual(['1', '2', '3'])
  })

  test('those of the commit that the statuses are of, should a branch move', async () => {
    const declared = { branches: { main: SHA } }
    await using job = await startWith([run('a', 'failure')], { with: { ref: 'main' }, declared })
    job.sandbox.fault({ path: /check-runs$/, reset: true })
    const moves = () => job.sandbox.github.repository(REPOSITORY, { branches: { main: HEAD } })
    const result = await job.stage('main', {
      onLine: (line) => line.includes('retrying in') && moves(),
    })
    expect(result.outputs).toMatchObject({ sha: SHA, failing: '["a"]' })
  })
})

describe('a wait for check runs', () => {
  const gate = { timeout_minutes: '0.5', interval_seconds: '1', require_success: 'true' }

  test('costs none of the rate limit while nothing changes', async () => {
    await using job = await startWith([...manyRuns(150), { name: 'slow', id: 1 }], {
      with: gate,
      statuses: { a: 'success' },
      // The statuses, two pages of check runs, the last of them once more, and the suites.
      github: { rateLimit: { limit: 5 } },
    })
    const reading = job.stage('main')
    await until(() => runRequests(job).filter(({ status }) => status === 304).length >= 6)
    putRuns(job, run('slow', 'success', { id: 1 }))
    const result = await reading
    expect(result.outputs).toMatchObject({ state: 'success', total_count: '152' })
    const last = runRequests(job).slice(-2)
    expect(last.map(({ status }) => status)).toEqual([304, 200])
  })

  test.each([
    ['b', 'passed'],
    ['a', 'passed'],
    ['a', 'runs'],
  ])(
    'does not forget one that is gone, beside one called %s in another suite, which %s',
    async (name, how) => {
      const inputs = { ...gate, timeout_minutes: '0.04' }
      const place = { id: 2, suite: 6 }
      const other = how === 'runs' ? { name, ...place } : run(name, 'success', place)
      const first = [{ name: 'a', id: 1 }, other]
      await using job = await startWith(first, { with: inputs })
      const others = [
        { id: 2, name, status: 'completed', conclusion: 'success', check_suite: { id: 6 } },
      ]
      const answer = answers(200, { total_count: 1, check_runs: others })
      job.sandbox.fault({ path: /check-runs$/, after: 1, times: 1_000, ...answer })
      const result = await job.stage('main')
      expectSaid(
        result,
        'error',
        'Missing: "a" (it was there before; perhaps its run was deleted).',
      )
      expect(result.outputs).toMatchObject({ state: 'pending', missing: '["a"]' })
    },
  )

  test('follows one that is renamed', async () => {
    await using job = await startWith([{ name: 'a', id: 1 }], { with: gate })
    const result = await job.stage('main', {
      onLine: (line) =>
        line.startsWith('Waiting. ') && putRuns(job, run('b', 'success', { id: 1 })),
    })
    expect(result.outputs).toMatchObject({ state: 'success', missing: '[]', total_count: '1' })
  })
})
