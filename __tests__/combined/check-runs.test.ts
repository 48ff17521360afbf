import { describe, expect, test } from '@jest/globals'
import type { NewCheckRun } from '../../sandbox/api/github.ts'
import { run, runRequests, startWith } from '../support/check-runs.ts'
import { expectQuiet, expectSaid, json } from '../support/expect.ts'
import type { States } from '../support/history.ts'

describe('check runs count beside the statuses', () => {
  test.each<[string, States, NewCheckRun[], object]>([
    ['both green', { a: 'success' }, [run('b', 'success')], { state: 'success', total_count: '2' }],
    ['a check run failed', { a: 'success' }, [run('b', 'failure')], { failing: '["b"]' }],
    ['a status failed', { a: 'failure' }, [run('b', 'success')], { failing: '["a"]' }],
    ['no status at all', {}, [run('b', 'success')], { state: 'success', total_count: '1' }],
    ['nothing at all', {}, [], { state: 'pending', total_count: '0' }],
    [
      'both pending under one name, which is named once',
      { a: 'pending' },
      [{ name: 'a', status: 'queued' }],
      { pending: '["a"]', total_count: '2' },
    ],
  ])('%s', async (_, statuses, checkRuns, outputs) => {
    await using job = await startWith(checkRuns, { statuses })
    const result = await job.stage('main')
    expectQuiet(result)
    expect(result.outputs).toMatchObject(outputs)
  })

  test('but not unless asked for', async () => {
    const inputs = { check_runs: 'false' }
    await using job = await startWith([run('b', 'failure')], {
      with: inputs,
      statuses: { a: 'success' },
    })
    expect((await job.stage('main')).outputs).toMatchObject({ state: 'success', check_runs: '[]' })
    expect(runRequests(job)).toEqual([])
  })

  test('with an output and rows of their own', async () => {
    const details_url = 'https://ci.example/1'
    const checkRuns = [run('b', 'skipped', { details_url }), { name: 'c' }]
    await using job = await startWith(checkRuns, { statuses: { a: 'success' } })
    const result = await job.stage('main')
    expect(json(result, 'check_runs')).toEqual([
      { name: 'c', status: 'in_progress', conclusion: '', details_url: '' },
      { name: 'b', status: 'completed', conclusion: 'skipped', details_url },
    ])
    expect(json<{ context: string }[]>(result, 'statuses')).toMatchObject([{ context: 'a' }])
    expect(result.summary).toContain('| c | in&#95;progress | Check run |')
    expect(result.summary).toContain('| [b](https://ci.example/1) | skipped | Check run |')
  })

  test('chosen and ignored by the same names and globs', async () => {
    const inputs = { contexts: 'ci / *', ignore: '*lint' }
    const checkRuns = [
      run('CI / test', 'success'),
      run('CI / lint', 'failure'),
      run('x', 'failure'),
    ]
    await using job = await startWith(checkRuns, { with: inputs })
    expect((await job.stage('main')).outputs).toMatchObject({ state: 'success', total_count: '1' })
  })

  test('and a missing name is like one of theirs', async () => {
    await using job = await startWith([run('tests', 'success')], { with: { contexts: 'test' } })
    const { log } = await job.stage('main')
    expect(log).toMatch(/Missing: "test" \(similar: "tests"\)\.$/m)
  })
})

test('Gitea has no check runs: said in a sentence, before any request', async () => {
  await using job = await startWith([], { server: 'gitea' })
  expectSaid(
    await job.stage('main'),
    'error',
    'Input `check_runs` is "true": expected `false`, since Gitea and Forgejo have no check runs; every job there has a status.',
  )
  expect(job.requests()).toEqual([])
})

test('a token without `checks: read` is told so', async () => {
  await using job = await startWith([run('a', 'success')], {
    declared: { private: true },
    permissions: { checks: 'none' },
  })
  const result = await job.stage('main')
  expectSaid(
    result,
    'error',
    'Could not read the check runs of',
    'the token lacks a permission',
    '`permissions: { statuses: read, checks: read }`',
  )
  expect(result.outputs).toEqual({})
})

describe('what a check run says', () => {
  test.each<[NonNullable<NewCheckRun['conclusion']>, string]>([
    ['success', 'success'],
    ['neutral', 'success'],
    ['skipped', 'success'],
    ['failure', 'failure'],
    ['timed_out', 'failure'],
    ['cancelled', 'failure'],
    ['stale', 'failure'],
    ['startup_failure', 'failure'],
    ['action_required', 'pending'],
    ['fine' as 'success', 'failure'],
  ])('%s is %s', async (conclusion, state) => {
    await using job = await startWith([run('a', conclusion)])
    expect((await job.stage('main')).outputs.state).toBe(state)
  })

  test.each([
    ...['queued', 'in_progress', 'waiting', 'requested', 'pending'].map((one) => [one, 'pending']),
    ['success', 'failure'],
    ['fine', 'failure'],
    ['completed', 'failure'],
  ])('%s, without a conclusion, is %s', async (status, state) => {
    await using job = await startWith([{ name: 'a', status: status as 'queued' }])
    expect((await job.stage('main')).outputs.state).toBe(state)
  })
})
