import { describe, expect, test } from '@jest/globals'
import type { NewCheckRun } from '../../sandbox/api/github.ts'
import { asked, jobPage, putRuns, putWorkflow, run, startWith } from '../support/check-runs.ts'
import { json } from '../support/expect.ts'
import { REPOSITORY, SHA, type TestJob } from '../support/job.ts'

/** A check run that lasts from one minute to another, 0 if it gives no time. */
const lasting = (
  conclusion: 'success' | 'failure' | 'cancelled',
  from: number,
  to: number,
): NewCheckRun => {
  const at = (minute: number) =>
    minute === 0 ? null : `2026-01-02T03:${String(minute).padStart(2, '0')}:00Z`
  return run('a', conclusion, { started_at: at(from), completed_at: at(to) })
}

describe('of several check runs with one name in a suite', () => {
  test.each<[string, NewCheckRun[], string]>([
    [
      'the newest counts: a re-run that succeeded',
      [lasting('failure', 1, 2), lasting('success', 3, 4)],
      'success',
    ],
    [
      'the newest counts: a re-run that failed',
      [lasting('success', 1, 2), lasting('failure', 3, 4)],
      'failure',
    ],
    ['the newest counts: a re-run that runs', [lasting('failure', 1, 2), { name: 'a' }], 'pending'],
    [
      'those that overlap count, and the worst of them',
      [lasting('failure', 1, 3), lasting('success', 2, 4)],
      'failure',
    ],
    [
      'those that still run count beside one that is over',
      [{ name: 'a', started_at: '2026-01-02T03:01:00Z' }, lasting('success', 2, 4)],
      'pending',
    ],
    [
      'what overlaps what overlaps counts',
      [lasting('failure', 1, 3), lasting('success', 2, 6), lasting('success', 5, 7)],
      'failure',
    ],
    ['one without times overlaps', [lasting('failure', 0, 0), lasting('success', 3, 4)], 'failure'],
    [
      'one without an end overlaps what comes later',
      [lasting('failure', 1, 0), lasting('success', 3, 4)],
      'failure',
    ],
    [
      'a result that a re-run has carried over is not hidden by an older failure',
      [lasting('failure', 1, 2), lasting('success', 3, 4), lasting('success', 3, 4)],
      'success',
    ],
  ])('%s', async (_, checkRuns, state) => {
    await using job = await startWith(checkRuns)
    expect((await job.stage('main')).outputs).toMatchObject({ state, total_count: '1' })
  })
})

/** A run that failed, and a newer one that passed. */
const edited =
  (older: string, more = {}, newer = {}) =>
  (job: TestJob) => {
    putWorkflow(job, 5, { title: older }, more)
    putWorkflow(job, 6, { title: 'success' }, newer)
  }

describe('of several suites the worst counts, unless a newer run replaces the older one', () => {
  const OTHER = 'passed in a newer run, but one of another workflow, event, branch or pull request'

  test.each<[string, (job: TestJob) => void, string, string]>([
    [
      'a newer run of one workflow for one pull request passed',
      edited('failure'),
      'success',
      'All are successful.',
    ],
    ['the same for a job that timed out', edited('timed_out'), 'success', ''],
    [
      'the same for pull_request_target',
      edited('failure', { event: 'pull_request_target' }, { event: 'pull_request_target' }),
      'success',
      '',
    ],
    [
      'the older one was cancelled, and the newer one was for another event',
      edited('cancelled', { event: 'push' }),
      'success',
      '',
    ],
    [
      'pushes do not replace each other',
      edited('failure', { event: 'push' }, { event: 'push' }),
      'failure',
      OTHER,
    ],
    [
      'the newer one was for another event',
      edited('failure', {}, { event: 'push' }),
      'failure',
      OTHER,
    ],
    [
      'the newer one is of another workflow',
      edited('cancelled', {}, { workflow_id: 9 }),
      'failure',
      OTHER,
    ],
    [
      'the newer one is of another branch',
      edited('failure', {}, { head_branch: 'x' }),
      'failure',
      OTHER,
    ],
    [
      'the newer one is of another repository',
      edited('cancelled', {}, { head_repository: 'fan/x' }),
      'failure',
      OTHER,
    ],
    [
      'the newer one is of another pull request',
      edited('failure', { pull_requests: [1] }, { pull_requests: [2] }),
      'failure',
      OTHER,
    ],
    [
      'a re-run of the older run failed last',
      (job) => {
        edited('failure')(job)
        putRuns(
          job,
          run('title', 'failure', { suite: 5, id: 9_000, details_url: jobPage(5, 9_000) }),
        )
      },
      'failure',
      'Failing: "title".',
    ],
    [
      'the newer run skipped what ran in the older one',
      (job) => {
        putWorkflow(job, 5, { title: 'failure', lint: 'success' })
        putWorkflow(job, 6, { title: 'success', lint: 'skipped' })
      },
      'failure',
      '"title" passed in a newer run, but "lint" did not run there',
    ],
    [
      'a roll-up is green because the rest was skipped',
      (job) => {
        putWorkflow(job, 5, { test: 'failure', all: 'failure' })
        putWorkflow(job, 6, { test: 'skipped', all: 'success' })
      },
      'failure',
      'Failing: "all", "test".',
    ],
    [
      'the newer run lacks what ran in the older one',
      (job) => {
        putWorkflow(job, 5, { title: 'failure', lint: 'success' })
        putWorkflow(job, 6, { title: 'success' })
      },
      'failure',
      '"lint" did not run there',
    ],
    [
      'the newer run can still run it',
      (job) => {
        putWorkflow(job, 5, { title: 'cancelled', lint: 'success' })
        putWorkflow(job, 6, { title: 'success' }, { status: 'in_progress', conclusion: null })
      },
      'pending',
      'Pending: "title".',
    ],
    [
      'the newer run has not come to it',
      (job) => {
        putWorkflow(job, 5, { build: 'success', test: 'cancelled' })
        putWorkflow(job, 6, { build: '' }, { status: 'in_progress', conclusion: null })
      },
      'pending',
      'Pending: "build", "test".',
    ],
    [
      'the newer run skipped it',
      (job) => {
        putWorkflow(job, 5, { test: 'cancelled' })
        putWorkflow(job, 6, { test: 'skipped' })
      },
      'failure',
      'Failing: "test".',
    ],
    [
      'it was skipped in the older run because that was cancelled, and ran in the newer one',
      (job) => {
        putWorkflow(job, 5, { build: 'cancelled', test: 'skipped' }, { event: 'push' })
        putWorkflow(job, 6, { build: 'success', test: 'success' })
      },
      'success',
      '',
    ],
    [
      'they are of two apps',
      (job) =>
        putRuns(
          job,
          run('test', 'cancelled', { suite: 5, app: 7 }),
          run('test', 'success', { suite: 6, app: 8 }),
        ),
      'failure',
      'Failing: "test".',
    ],
    [
      'the newer one was made by hand, in the suite of another run',
      (job) => {
        putWorkflow(job, 5, { test: 'failure' })
        putWorkflow(job, 6, { other: 'success' })
        putRuns(
          job,
          run('test', 'success', { suite: 6, id: 7_000, details_url: jobPage(6, 6_000) }),
        )
      },
      'failure',
      'Failing: "test".',
    ],
    [
      'the newer one links to a run of another suite',
      (job) => {
        edited('failure')(job)
        putRuns(
          job,
          run('title', 'success', { suite: 6, id: 7_000, details_url: jobPage(5, 7_000) }),
        )
      },
      'failure',
      'Failing: "title".',
    ],
  ])('%s', async (_, declare, state, said) => {
    await using job = await startWith([])
    declare(job)
    const result = await job.stage('main')
    expect(result.outputs).toMatchObject({ state })
    expect(result.log).toContain(said)
  })

  test('without `actions: read` the worst counts, and the permission is named', async () => {
    const permissions = { actions: 'none' } as const
    await using job = await startWith([], { declared: { private: true }, permissions })
    edited('cancelled')(job)
    const result = await job.stage('main')
    expect(result.outputs).toMatchObject({ state: 'failure', failing: '["title"]' })
    expect(result.log).toContain(
      '"title" passed in a newer run, but telling whether that one replaces it takes `actions: read`.',
    )
  })

  test.each<[string, (job: TestJob) => void, number]>([
    ['two suites with one result', edited('success'), 0],
    ['a failure under a name of its own', (job) => putWorkflow(job, 5, { test: 'failure' }), 0],
    [
      'a failure that is the newest',
      (job) => {
        putWorkflow(job, 5, { test: 'success' })
        putWorkflow(job, 6, { test: 'failure' })
      },
      0,
    ],
    ['an older failure', edited('failure'), 1],
  ])('the runs are asked for only if results of one name differ: %s', async (_, declare, times) => {
    await using job = await startWith([])
    declare(job)
    await job.stage('main')
    expect(asked(job, 'actions/runs')).toBe(times)
  })
})

describe('a job that was skipped', () => {
  const besideFailure = (...more: NewCheckRun[]) => [
    run('lint', 'failure', { suite: 5 }),
    ...more,
    run('test', 'skipped', { suite: 5 }),
  ]
  const WAY_OUT =
    '"test" was skipped in a run in which "lint" did not succeed: if that is right, add it to `allowed_skips`.'

  test.each<[string, NewCheckRun[], Record<string, string>, string, number]>([
    ['fails after a failure', besideFailure(), {}, 'failure', 1],
    [
      'fails after a cancelled one',
      [run('x', 'cancelled', { suite: 5 }), run('test', 'skipped', { suite: 5 })],
      {},
      'failure',
      1,
    ],
    ['passes if `allowed_skips` names it', besideFailure(), { allowed_skips: 'te*' }, 'success', 0],
    [
      'passes if `ignore` leaves the failure out',
      besideFailure(),
      { ignore: 'lint' },
      'success',
      0,
    ],
    [
      'passes if a re-run of the other passed',
      besideFailure(run('lint', 'success', { suite: 5 })),
      {},
      'success',
      1,
    ],
    [
      'is pending while the other is run again',
      [...besideFailure(), { name: 'lint', suite: 5 }],
      {},
      'pending',
      1,
    ],
    [
      'passes beside a failure of another run',
      [run('lint', 'failure', { suite: 4 }), run('test', 'skipped', { suite: 5 })],
      {},
      'success',
      0,
    ],
    [
      'passes if it is no job',
      [run('lint', 'failure', { app: 7 }), run('test', 'skipped', { app: 7 })],
      {},
      'success',
      0,
    ],
  ])('%s', async (_, checkRuns, inputs, state, suites) => {
    await using job = await startWith(checkRuns, { with: { contexts: 'test', ...inputs } })
    const result = await job.stage('main')
    expect(result.outputs).toMatchObject({ state, total_count: '1' })
    expect(asked(job, 'check-suites')).toBe(suites)
    expect(result.log.includes('`allowed_skips`')).toBe(state !== 'success')
  })

  test('names the failure and the way out', async () => {
    await using job = await startWith(besideFailure(), { with: { contexts: 'test' } })
    expect((await job.stage('main')).log).toContain(`Failing: "test". ${WAY_OUT}`)
  })

  test('passes if its run succeeded in spite of the failure', async () => {
    await using job = await startWith(besideFailure(), { with: { contexts: 'test' } })
    job.sandbox.github.checkSuite(REPOSITORY, SHA, { id: 5, conclusion: 'success' })
    expect((await job.stage('main')).outputs.state).toBe('success')
  })

  test('is called like its job if it is a matrix, which a missing leg says', async () => {
    await using job = await startWith([run('build', 'skipped')], {
      with: { contexts: 'build (18)' },
    })
    expect((await job.stage('main')).log).toContain(
      'Missing: "build (18)" (the matrix was skipped as a whole, under the name "build").',
    )
  })
})

describe('a workflow that has no check run', () => {
  const link = `https://github.com/${REPOSITORY}/commit/${SHA}/checks?check_suite_id=77`

  test.each<[string, object, Record<string, string>, string, string[]]>([
    ['could not start', { conclusion: 'startup_failure' }, {}, 'failure', [link]],
    ['waits for approval', { conclusion: 'action_required' }, {}, 'pending', [link]],
    ['has not begun', { status: 'queued' }, { contexts: 'a*' }, 'pending', [link]],
    [
      'could not start, but only full names count',
      { conclusion: 'startup_failure' },
      { contexts: 'a' },
      'success',
      [],
    ],
    [
      'could not start, but is ignored by its link',
      { conclusion: 'startup_failure' },
      { ignore: '*suite_id=77' },
      'success',
      [],
    ],
    ['was cancelled', { conclusion: 'cancelled' }, {}, 'success', []],
    ['is no workflow, but another app that waits', { status: 'queued', app: 7 }, {}, 'success', []],
  ])('counts under its link: %s', async (_, suite, inputs, state, names) => {
    await using job = await startWith([run('a', 'success')], { with: inputs })
    job.sandbox.github.checkSuite(REPOSITORY, SHA, { id: 77, ...suite })
    const result = await job.stage('main')
    expect(result.outputs.state).toBe(state)
    expect([...json<string>(result, 'failing'), ...json<string>(result, 'pending')]).toEqual(names)
    expect(asked(job, 'check-suites')).toBe(inputs.contexts === 'a' ? 0 : 1)
  })

  test('no longer counts once it has begun', async () => {
    const inputs = { timeout_minutes: '0.5', interval_seconds: '1' }
    await using job = await startWith([run('a', 'success')], { with: inputs })
    job.sandbox.github.checkSuite(REPOSITORY, SHA, { id: 77, conclusion: 'action_required' })
    const begins = () => putRuns(job, run('b', 'success', { suite: 77, id: 7 }))
    const result = await job.stage('main', {
      onLine: (line) => line.startsWith('Waiting. ') && begins(),
    })
    expect(result.outputs).toMatchObject({ state: 'success', missing: '[]', total_count: '2' })
  })

  test('is not asked for before all else passes', async () => {
    await using job = await startWith([run('a', 'success'), { name: 'b' }])
    await job.stage('main')
    expect(asked(job, 'check-suites')).toBe(0)
  })
})
