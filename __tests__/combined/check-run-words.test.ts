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
