import { describe, expect, test } from '@jest/globals'
import type { NewCheckRun } from '../../sandbox/api/github.ts'
import { run, startWith } from '../support/check-runs.ts'
import { expectSaid } from '../support/expect.ts'
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

  test.each<[string, NewCheckRun]>([
    ['another leg', { name: 'gate (b)', id: JOB + 1 }],
    ['another leg of that name', { name: 'gate', id: JOB + 1 }],
    ['another run, which failed', run('gate', 'failure', { suite: 2 })],
  ])('in %s is said to be that', async (_, other) => {
    await using job = await startWith([{ ...own, name: 'gate' }, other])
    const { log } = await job.stage('main')
    expect(log).toContain(`This job itself, in another leg, run or attempt: "${other.name}".`)
  })

  test.each<[string, NewCheckRun[], object]>([
    ['gate*', [own], { state: 'pending', missing: '["gate*"]' }],
    ['gate*', [own, run('gate-2', 'success')], { state: 'success', missing: '[]' }],
    ['GATE', [own, run('gate', 'success', { suite: 2 })], { state: 'success', missing: '[]' }],
  ])('does not meet the line %s, whatever else does', async (contexts, checkRuns, outputs) => {
    await using job = await startWith(checkRuns, { with: { contexts } })
    const result = await job.stage('main')
    expect(result.outputs).toMatchObject(outputs)
    const isMissing = checkRuns.length === 1
    expect(result.log.includes('"gate*" (only this job itself is called that)')).toBe(isMissing)
  })

  test('fails the step at once if its full name is waited for', async () => {
    const inputs = { contexts: 'Gate\nx', timeout_minutes: '5' }
    await using job = await startWith([own], { with: inputs })
    expectSaid(
      await job.stage('main'),
      'error',
      'Input `contexts` names this job itself, which cannot wait for its own end: "Gate".',
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
    ['not once it is completed', run('build', 'failure', page(7)), {}, false],
  ])('on a server without job ids is told %s', async (_, checkRun, setup, isOwn) => {
    const ghes = { server: 'ghes', runId: 7, statuses: { a: 'success' } } as const
    await using job = await startWith([checkRun], { ...ghes, ...setup })
    const result = await job.stage('main')
    const other = checkRun.conclusion ? 'failure' : 'pending'
    expect(result.outputs.state).toBe(isOwn ? 'success' : other)
    const mayBeOwn = checkRun.name === 'My build'
    expect(result.log.includes('add it to `ignore`')).toBe(mayBeOwn)
  })
})
