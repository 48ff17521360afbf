import { describe, expect, test } from '@jest/globals'
import type { NewCheckRun } from '../../sandbox/api/github.ts'
import { run, startWith } from '../support/check-runs.ts'
import { JOB, REPOSITORY, type Setup } from '../support/job.ts'

describe("the job's own check run", () => {
  const own = { name: 'gate', id: JOB }

  test('does not count, whatever it is called', async () => {
    await using job = await startWith([own, run('test', 'success')])
    expect((await job.stage('main')).outputs).toMatchObject({ state: 'success', total_count: '1' })
  })

  test('alone is nothing to go by', async () => {
    await using job = await startWith([own])
    const result = await job.stage('main')
    expect(result.outputs).toMatchObject({ state: 'pending', total_count: '0' })
    expect(result.log).toContain('No status or check run counts yet.')
  })

  test('hides what it was in an earlier attempt', async () => {
    await using job = await startWith([run('gate', 'failure'), own, run('test', 'success')])
    expect((await job.stage('main')).outputs.state).toBe('success')
  })

  test('of the same job in another run counts, and what to do about it is said', async () => {
    await using job = await startWith([own, { name: 'gate', suite: 2 }])
    const result = await job.stage('main')
    expect(result.outputs).toMatchObject({ pending: '["gate"]' })
    expect(result.log).toContain(
      'Pending: "gate". This job itself, in another leg, run or attempt: "gate". Add it to `ignore`',
    )
  })

  const page = (runId: number) => ({
    details_url: `https://ghe.example/${REPOSITORY}/actions/runs/${runId}/job/3`,
  })

  test.each<[string, NewCheckRun, Setup, boolean]>([
    ['by the name of the job', { name: 'build', ...page(7) }, {}, true],
    [
      'by the name of the leg',
      { name: 'build (linux)', ...page(7) },
      { matrix: { os: 'linux' } },
      true,
    ],
    ['not by a name of its own', { name: 'My build', ...page(7) }, {}, false],
    ['not in another run', { name: 'build', ...page(70) }, {}, false],
  ])('on a server without job ids is told %s', async (_, checkRun, setup, isOwn) => {
    const ghes = { server: 'ghes', runId: 7, statuses: { a: 'success' } } as const
    await using job = await startWith([checkRun], { ...ghes, ...setup })
    const result = await job.stage('main')
    expect(result.outputs.state).toBe(isOwn ? 'success' : 'pending')
    const mayBeOwn = checkRun.name === 'My build'
    expect(result.log.includes('add it to `ignore`')).toBe(mayBeOwn)
  })
})
