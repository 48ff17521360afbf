import { describe, expect, test } from '@jest/globals'
import type { NewCheckRun } from '../../sandbox/api/github.ts'
import { run, startWith } from '../support/check-runs.ts'

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

  test.each<[string, string]>([
    ['queued', 'pending'],
    ['in_progress', 'pending'],
    ['waiting', 'pending'],
    ['requested', 'pending'],
    ['pending', 'pending'],
    ['success', 'failure'],
    ['fine', 'failure'],
  ])('%s, before it has a conclusion, is %s', async (status, state) => {
    await using job = await startWith([{ name: 'a', status: status as 'queued' }])
    expect((await job.stage('main')).outputs.state).toBe(state)
  })

  test('completed without a conclusion is a failure', async () => {
    await using job = await startWith([{ name: 'a', status: 'completed' }])
    expect((await job.stage('main')).outputs.state).toBe('failure')
  })
})

describe('of several check runs of one name', () => {
  test.each<[string, NewCheckRun[], string]>([
    [
      'the newest of a suite counts: a re-run that succeeded',
      [run('a', 'failure'), run('a', 'success')],
      'success',
    ],
    [
      'the newest of a suite counts: a re-run that runs',
      [run('a', 'success'), { name: 'a' }],
      'pending',
    ],
    [
      'the worst of two suites counts, the older one',
      [run('a', 'failure', { suite: 1 }), run('a', 'success', { suite: 2 })],
      'failure',
    ],
    [
      'the worst of two suites counts, the newer one',
      [run('a', 'success', { suite: 1 }), { name: 'a', suite: 2 }],
      'pending',
    ],
    [
      'a cancelled one gives way to a newer one',
      [run('a', 'cancelled', { suite: 1 }), run('a', 'success', { suite: 2 })],
      'success',
    ],
    [
      'a cancelled one that is the newest counts',
      [run('a', 'success', { suite: 1 }), run('a', 'cancelled', { suite: 2 })],
      'failure',
    ],
  ])('%s', async (_, checkRuns, state) => {
    await using job = await startWith(checkRuns)
    expect((await job.stage('main')).outputs).toMatchObject({ state, total_count: '1' })
  })
})
