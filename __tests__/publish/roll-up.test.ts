import { describe, expect, test } from '@jest/globals'
import { expectQuiet, expectSaid } from '../support/expect.ts'
import { refused } from '../support/faults.ts'
import { putFrom } from '../support/history.ts'
import { LOOK, type Setup, SHA, startJob, WRITE } from '../support/job.ts'

/** A job that needs others, which ended so. */
async function startRollUp(results: Record<string, string>, inputs: Record<string, string> = {}) {
  const job = await startJob({ with: { needs: `\${{ toJSON(needs) }}`, ...inputs } })
  job.contexts.needs = Object.fromEntries(
    Object.entries(results).map(([name, result]) => [name, { result, outputs: {} }]),
  )
  return job
}

describe('a roll-up is the worst of the results, and names the jobs behind it', () => {
  test.each<[Record<string, string>, string, string]>([
    [{ test: 'success' }, 'success', 'Successful: test'],
    [{ test: 'success', lint: 'success' }, 'success', 'Successful: test, lint'],
    [{ test: 'failure', docs: 'skipped' }, 'failure', 'Failed: test (skipped: docs)'],
    [{ test: 'failure', lint: 'success' }, 'failure', 'Failed: test'],
    [{ test: 'failure', lint: 'failure', docs: 'cancelled' }, 'failure', 'Failed: test, lint'],
    [{ test: 'success', docs: 'cancelled' }, 'error', 'Cancelled: docs'],
    [{ test: 'success', docs: 'abandoned' }, 'error', 'Abandoned: docs'],
    [{ test: 'action_required', docs: 'success' }, 'pending', 'Action required: test'],
    [{ a: 'cancelled', b: 'action_required' }, 'error', 'Cancelled: a'],
  ])('%j: %s', async (results, state, description) => {
    await using job = await startRollUp(results)
    expectQuiet(...Object.values(await job.follow()))
    expect(job.requests()).toEqual([LOOK, WRITE])
    expect(job.published()).toMatchObject([{ state, description }])
  })

  test.each<[Record<string, string>, string, string]>([
    [
      { cancelled_state: 'success', allowed_skips: 'c' },
      'success',
      'Successful: a, b (skipped: c)',
    ],
    [
      { cancelled_state: 'success', skipped_state: 'success' },
      'success',
      'Successful: a, b (skipped: c)',
    ],
    [{ cancelled_state: 'failure' }, 'failure', 'Cancelled: b (skipped: c)'],
    [{ cancelled_state: 'pending' }, 'error', 'Skipped: c'],
  ])('with %j', async (choice, state, description) => {
    await using job = await startRollUp({ a: 'success', b: 'cancelled', c: 'skipped' }, choice)
    await job.stage('main')
    expect(job.published()).toMatchObject([{ state, description }])
  })

  test('of many jobs names as many as fit', async () => {
    const names = Array.from({ length: 40 }, (_, index) => [`a-long-name-${index}`, 'failure'])
    await using job = await startRollUp(Object.fromEntries(names))
    await job.stage('main')
    expect(job.published()[0]?.description).toMatch(/^Failed: a-long-name-0, .* and \d+ more$/)
  })

  test.each([
    ['["success","failure","skipped"]', {}, 'failure', 'Failed: 1 job (skipped: 1)'],
    ['["success","skipped"]', {}, 'error', 'Skipped: 1 job'],
    ['["success","skipped"]', { allowed_skips: '*' }, 'success', 'Successful: 1 job (skipped: 1)'],
  ])('takes results without names, too: %s with %j', async (needs, inputs, state, description) => {
    await using job = await startJob({ with: { needs, ...inputs } })
    await job.stage('main')
    expect(job.published()).toMatchObject([{ state, description }])
  })

  test('keeps a description of the user’s', async () => {
    await using job = await startRollUp({ test: 'success' }, { description: 'All of it' })
    await job.stage('main')
    expect(job.published()).toMatchObject([{ description: 'All of it' }])
  })
})

describe('a job that was skipped', () => {
  test.each<[Record<string, string>, string]>([
    [{ lint: 'success', test: 'skipped' }, 'Skipped: test'],
    [{ docs: 'skipped', test: 'skipped' }, 'Skipped: docs, test'],
  ])('is an error unless it is allowed: %j', async (results, description) => {
    await using job = await startRollUp(results)
    const main = await job.stage('main')
    const first = description.replace('Skipped: ', '').replace(/,.*/, '')
    expectSaid(main, 'warning', '`if`', 'failed', `\`allowed_skips: ${first}\``, '`needs`')
    expect(main.exitCode).toBe(0)
    expect(job.published()).toMatchObject([{ state: 'error', description }])
  })

  test.each<[allowed: string, Record<string, string>, string, string]>([
    ['docs', { lint: 'success', docs: 'skipped' }, 'success', 'Successful: lint (skipped: docs)'],
    [
      'd*\nLINT',
      { test: 'success', docs: 'skipped', lint: 'skipped' },
      'success',
      'Successful: test (skipped: docs, lint)',
    ],
    ['docs', { lint: 'failure', docs: 'skipped' }, 'failure', 'Failed: lint (skipped: docs)'],
    ['docs', { lint: 'skipped', docs: 'skipped' }, 'error', 'Skipped: lint'],
    ['docs', { lint: 'success', docs: 'success' }, 'success', 'Successful: lint, docs'],
    ['docs', { lint: 'success', docs: 'failure' }, 'failure', 'Failed: docs'],
  ])(
    'counts for nothing if `allowed_skips` is %j: %j',
    async (allowed_skips, results, state, description) => {
      await using job = await startRollUp(results, { allowed_skips })
      await job.stage('main')
      expect(job.published()).toMatchObject([{ state, description }])
    },
  )

  test('is a success with a warning if it is allowed, and nothing else ran', async () => {
    await using job = await startRollUp({ docs: 'skipped' }, { allowed_skips: 'docs' })
    expectSaid(await job.stage('main'), 'warning', '`allowed_skips`', '`needs`')
    expect(job.published()).toMatchObject([{ state: 'success', description: 'Skipped: docs' }])
  })
})

test('a result that nobody knows is an error that quotes it, and an older green does not stay', async () => {
  await using job = await startRollUp({ lint: 'success', test: 'melted' })
  expectSaid(await job.stage('main'), 'warning', '`needs`', '"test": "melted"')
  expect(job.published()).toMatchObject([{ state: 'error', description: '"melted": test' }])
})

describe('`allowed_skips` that cannot be right is an error before any request', () => {
  test.each<[allowed: string, words: RegExp]>([
    ['dosc', /"dosc" \(similar: "docs"\)/],
    ['docs\nnone-such', /"none-such"/],
    ['docs, lint', /`docs`, `lint` on lines of their own/],
  ])('%j', async (allowed_skips, words) => {
    await using job = await startRollUp({ docs: 'success', lint: 'success' }, { allowed_skips })
    expectSaid(await job.stage('main'), 'error', '`allowed_skips`', words)
    expect(job.requests()).toEqual([])
  })

  test('a name, though the results have none', async () => {
    await using job = await startJob({ with: { needs: '["success"]', allowed_skips: 'docs' } })
    expectSaid(await job.stage('main'), 'error', '`allowed_skips`', '`*`')
  })

  test('without `needs` it is only worth a warning', async () => {
    await using job = await startJob({ with: { state: 'success', allowed_skips: 'docs' } })
    expectSaid(await job.stage('main'), 'warning', '`allowed_skips`', '`needs`')
    expect(job.shown()).toEqual({ 'CI / build': 'success' })
  })
})

describe('`require_success` makes the job itself a check that can be required', () => {
  const require_success = 'true'
  const failing: Record<string, string>[] = [
    { needs: '{"test":{"result":"failure"}}' },
    { state: 'pending' },
    { statuses: '[{"context":"a","state":"success"},{"context":"b","state":"failure"}]' },
    { statuses: '[]' },
  ]
  test.each(failing)('the step fails, after publishing: %j', async (inputs) => {
    await using job = await startJob({ with: { ...inputs, require_success } })
    const main = await job.stage('main')
    expect(main.exitCode).toBe(1)
    expectSaid(main, 'error', '`require_success`', '`success`')
    expect(main.outputs.published).toBe('true')
  })

  test.each([
    { needs: '{"test":{"result":"success"}}' },
    { state: 'neutral' },
    { statuses: '[{"context":"a","state":"success"}]' },
  ])('the step succeeds: %j', async (inputs) => {
    await using job = await startJob({ with: { ...inputs, require_success } })
    expectQuiet(await job.stage('main'))
  })

  const needs = (result: string) => ({ needs: `{"test":{"result":"${result}"}}`, require_success })
  const head = { sha: SHA, repo: { id: 2 } }
  const fork = {
    event: { name: 'pull_request', payload: { pull_request: { head, base: { repo: { id: 1 } } } } },
    permissions: { statuses: 'read' },
  } as const
  const gone = { event: { name: 'push', payload: { deleted: true } } }
  const unpublished = { faults: [refused], with: { fail_on_error: 'false' } }
  test.each<[string, Setup]>([
    ["on a fork's pull request", fork],
    ['without a commit', gone],
    ['if publishing fails and `fail_on_error` is false', unpublished],
  ])('what was asked for decides %s', async (_, setup) => {
    for (const [result, exitCode] of [
      ['failure', 1],
      ['success', 0],
    ] as const) {
      await using job = await startJob({ ...setup, with: { ...setup.with, ...needs(result) } })
      const main = await job.stage('main')
      expect(main).toMatchObject({ exitCode, outputs: { published: 'false' } })
      expect(job.published()).toEqual([])
    }
  })

  test('what was asked for decides if the name was left to a newer run', async () => {
    await using job = await startJob({ with: needs('failure') })
    putFrom(job, { run: 9_999_999_999 }, { 'CI / build': 'success' })
    const main = await job.stage('main')
    expect(main).toMatchObject({ exitCode: 1, outputs: { published: 'false' } })
    expect(job.shown()).toEqual({ 'CI / build': 'success' })
  })

  test('while a job is followed it is a wrong input', async () => {
    await using job = await startJob({ with: { require_success } })
    expectSaid((await job.follow()).main, 'error', '`require_success`', 'follows the job')
    expect(job.requests()).toEqual([])
  })
})
