import { describe, expect, test } from '@jest/globals'
import type { NewCheckRun } from '../../sandbox/api/github.ts'
import { asked, jobPage, putRuns, putWorkflow, run, startWith } from '../support/check-runs.ts'
import { json } from '../support/expect.ts'
import { REPOSITORY, SHA, type TestJob } from '../support/job.ts'

/** Check runs `conclusion from to`, in minutes; 0 for a time that is not given. */
const lasting = (...texts: string[]) =>
  texts.map((text) => {
    const [conclusion, ...minutes] = text.split(' ')
    const [started_at = null, completed_at = null] = minutes.map((minute) =>
      minute === '0' ? null : `2026-01-02T03:0${minute}:00Z`,
    )
    return run('a', conclusion as 'success', { started_at, completed_at })
  })

test.each<[string, NewCheckRun[], string]>([
  ['the newest counts: it succeeded', lasting('failure 1 2', 'success 3 4'), 'success'],
  ['the newest counts: it failed', lasting('success 1 2', 'failure 3 4'), 'failure'],
  ['the newest counts: it runs', [...lasting('failure 1 2'), { name: 'a' }], 'pending'],
  ['the worst of those that overlap', lasting('failure 1 3', 'success 2 4'), 'failure'],
  [
    'the worst of those that overlap, one of which still runs',
    [{ name: 'a', started_at: '2026-01-02T03:01:00Z' }, ...lasting('success 2 4')],
    'pending',
  ],
  [
    'what overlaps what overlaps, too',
    lasting('failure 1 3', 'success 2 6', 'success 5 7'),
    'failure',
  ],
  ['one that outlasts others', lasting('failure 1 8', 'success 2 3', 'success 5 6'), 'failure'],
  ['one without times overlaps', lasting('failure 0 0', 'success 3 4'), 'failure'],
  ['a re-run carried it over', lasting('failure 1 2', 'success 3 4', 'success 3 4'), 'success'],
])('of several check runs with one name in a suite: %s', async (_, checkRuns, state) => {
  await using job = await startWith(checkRuns)
  expect((await job.stage('main')).outputs).toMatchObject({ state, total_count: '1' })
})

/** Runs of workflows: `suite name:conclusion… field=value…`. One without a conclusion runs. */
function declare(job: TestJob, ...runs: string[]): void {
  for (const [suite, ...words] of runs.map((text) => text.split(' '))) {
    const jobs = words.filter((word) => word.includes(':')).map((word) => word.split(':'))
    const more = words.filter((word) => word.includes('=')).map((word) => word.split('='))
    const isOpen = jobs.some(([, conclusion]) => conclusion === '')
    const state = isOpen && { status: 'in_progress', conclusion: null }
    const fields = more.map(([key = '', value]) => [key, JSON.parse(value ?? '')])
    putWorkflow(job, Number(suite), Object.fromEntries(jobs), {
      ...state,
      ...Object.fromEntries(fields),
    })
  }
}

describe('of several suites the worst counts, unless a newer run replaces the older one', () => {
  const OTHER = '"a" passed in a newer run, but one of another workflow, event, branch'
  const TARGET = 'event="pull_request_target"'

  test.each<[string, string[], string, string]>([
    ['it passed', ['5 a:failure', '6 a:success'], 'success', 'All are successful.'],
    ['it passed after a timeout', ['5 a:timed_out', '6 a:success'], 'success', ''],
    ['for a target', [`5 a:failure ${TARGET}`, `6 a:success ${TARGET}`], 'success', ''],
    ['cancelled, any event', ['5 a:cancelled event="push"', '6 a:success'], 'success', ''],
    ['pushes', ['5 a:failure event="push"', '6 a:success event="push"'], 'failure', OTHER],
    ['another event', ['5 a:failure', '6 a:success event="push"'], 'failure', OTHER],
    ['a target of a request', ['5 a:failure', `6 a:success ${TARGET}`], 'failure', OTHER],
    ['another workflow', ['5 a:cancelled', '6 a:success workflow_id=9'], 'failure', OTHER],
    ['another branch', ['5 a:failure', '6 a:success head_branch="x"'], 'failure', OTHER],
    ['a fork', ['5 a:cancelled', '6 a:success head_repository="fan/x"'], 'failure', OTHER],
    ['another pull request', ['5 a:failure', '6 a:success pull_requests=[2]'], 'failure', OTHER],
    ['it skipped the job', ['5 a:cancelled', '6 a:skipped'], 'failure', 'Failing: "a".'],
    ['it is neutral', ['5 a:cancelled', '6 a:neutral'], 'failure', 'Failing: "a".'],
    [
      'it skipped what had run',
      ['5 a:failure lint:success', '6 a:success lint:skipped'],
      'failure',
      '"a" passed in a newer run, but "lint" did not run there',
    ],
    [
      'it lacks what had run',
      ['5 a:failure lint:success', '6 a:success'],
      'failure',
      '"lint" did not run there',
    ],
    [
      'it can still run the rest',
      ['5 a:cancelled lint:success', '6 a:success x:'],
      'pending',
      'Pending: "x", "a".',
    ],
    [
      'it can still run the job',
      ['5 x:success a:cancelled', '6 x:'],
      'pending',
      'Pending: "x", "a".',
    ],
    [
      'a roll-up is green because the rest was skipped',
      ['5 test:failure all:failure', '6 test:skipped all:success'],
      'failure',
      'Failing: "all", "test".',
    ],
    [
      'the older run skipped the job because it was cancelled',
      ['5 x:cancelled a:skipped event="push"', '6 x:success a:success'],
      'success',
      '',
    ],
  ])('the newer run: %s', async (_, runs, state, said) => {
    await using job = await startWith([])
    declare(job, ...runs)
    const result = await job.stage('main')
    expect(result.outputs).toMatchObject({ state })
    expect(result.log).toContain(said)
  })

  const of = (app: number, suite: number) => ({ app, suite })
  const linked = (suite: number, id: number, to = jobPage(suite, id)) => ({
    suite,
    id,
    details_url: to,
  })
  test.each<[string, string[], NewCheckRun[]]>([
    ['of two apps', [], [run('a', 'cancelled', of(7, 5)), run('a', 'success', of(8, 6))]],
    [
      'a re-run of the older run',
      ['5 a:failure b:failure', '6 a:success b:success'],
      [run('a', 'failure', linked(5, 9_000))],
    ],
    [
      'a newer one made by hand, in the suite of another run',
      ['5 a:failure', '6 x:success'],
      [run('a', 'success', linked(6, 7_000, jobPage(6, 6_000)))],
    ],
    [
      'a newer one that links to a run of another suite',
      ['5 a:failure', '6 x:success'],
      [run('a', 'success', linked(6, 7_000, jobPage(5, 7_000)))],
    ],
  ])('the failure counts: %s', async (_, runs, checkRuns) => {
    await using job = await startWith([])
    declare(job, ...runs)
    putRuns(job, ...checkRuns)
    expect((await job.stage('main')).outputs).toMatchObject({ failing: '["a"]' })
  })

  test('without `actions: read` the worst counts, and the permission is named', async () => {
    const permissions = { actions: 'none' } as const
    await using job = await startWith([], { declared: { private: true }, permissions })
    declare(job, '5 a:cancelled', '6 a:success')
    const result = await job.stage('main')
    expect(result.outputs).toMatchObject({ state: 'failure', failing: '["a"]' })
    expect(result.log).toContain(
      '"a" passed in a newer run, but telling whether that one replaces it takes `actions: read`.',
    )
  })

  test.each<[string, string[], number]>([
    ['two successes', ['5 a:success', '6 a:success'], 0],
    ['a failure under a name of its own', ['5 a:failure', '6 b:success'], 0],
    ['a failure that is the newest', ['5 a:success', '6 a:failure'], 0],
    ['an older failure', ['5 a:failure', '6 a:success'], 1],
  ])('the runs are asked for only if one could replace another: %s', async (_, runs, times) => {
    await using job = await startWith([])
    declare(job, ...runs)
    await job.stage('main')
    expect(asked(job, 'actions/runs')).toBe(times)
  })
})

describe('a job that was skipped', () => {
  const five = { suite: 5 }
  const skipped = run('test', 'skipped', five)
  const lint = run('lint', 'failure', five)
  const rerun = run('lint', 'success', five)
  const others = [run('lint', 'failure', { app: 7 }), run('test', 'skipped', { app: 7 })]

  test.each<[string, NewCheckRun[], Record<string, string>, string, number]>([
    ['fails after a failure', [lint, skipped], {}, 'failure', 1],
    ['fails after a cancelled one', [run('x', 'cancelled', five), skipped], {}, 'failure', 1],
    ['passes if `allowed_skips` names it', [lint, skipped], { allowed_skips: 'te*' }, 'success', 0],
    ['passes if the failure is ignored', [lint, skipped], { ignore: 'lint' }, 'success', 0],
    ['passes once a re-run passed', [lint, skipped, rerun], {}, 'success', 1],
    ['waits while it is re-run', [lint, skipped, { name: 'lint', suite: 5 }], {}, 'pending', 1],
    ['passes beside another suite', [run('lint', 'failure'), skipped], {}, 'success', 0],
    ['passes if it is no job', others, {}, 'success', 0],
  ])('%s', async (_, checkRuns, inputs, state, suites) => {
    await using job = await startWith(checkRuns, { with: { contexts: 'test', ...inputs } })
    const result = await job.stage('main')
    expect(result.outputs).toMatchObject({ state, total_count: '1' })
    expect(asked(job, 'check-suites')).toBe(suites)
    expect(result.log.includes('`allowed_skips`')).toBe(state !== 'success')
  })

  test('names the failure and the way out', async () => {
    await using job = await startWith([lint, skipped], { with: { contexts: 'test' } })
    expect((await job.stage('main')).log).toContain(
      'Failing: "test". "test" was skipped in a run in which "lint" did not succeed: if that is right, add it to `allowed_skips`.',
    )
  })

  test('passes if its run succeeded in spite of the failure', async () => {
    await using job = await startWith([lint, skipped], { with: { contexts: 'test' } })
    job.sandbox.github.checkSuite(REPOSITORY, SHA, { id: 5, conclusion: 'success' })
    expect((await job.stage('main')).outputs.state).toBe('success')
  })

  test('is called like its job if it is a matrix, which a missing leg says', async () => {
    const inputs = { contexts: 'build (18)' }
    await using job = await startWith([run('build', 'skipped')], { with: inputs })
    expect((await job.stage('main')).log).toContain(
      'Missing: "build (18)" (the matrix was skipped as a whole, under the name "build").',
    )
  })
})

describe('a workflow of which no check run tells', () => {
  const broken = { conclusion: 'startup_failure' } as object

  test.each<[string, object, Record<string, string>, string]>([
    ['could not start', broken, {}, 'failing'],
    ['waits for approval', { conclusion: 'action_required' }, {}, 'pending'],
    ['is between two jobs', { id: 5, status: 'in_progress' }, {}, 'pending'],
    ['runs what is ignored', { id: 6, status: 'in_progress' }, { ignore: 'deploy' }, ''],
    ['has not begun', { status: 'queued' }, { contexts: 'a*' }, 'pending'],
    ['could not start, but only full names count', broken, { contexts: 'a' }, ''],
    ['could not start, but is ignored by its link', broken, { ignore: '*suite_id=77' }, ''],
    ['was cancelled', { conclusion: 'cancelled' }, {}, ''],
    ['is another app that waits', { status: 'queued', app: 7 }, {}, ''],
  ])('counts under its link: %s', async (_, declared, inputs, output) => {
    const deploy = { name: 'deploy', suite: 6 }
    const suite = { id: 77, ...declared }
    const others = suite.id === 6 ? [deploy] : []
    await using job = await startWith([run('a', 'success', { suite: 5 }), ...others], {
      with: inputs,
    })
    job.sandbox.github.checkSuite(REPOSITORY, SHA, suite)
    const link = `https://github.com/${REPOSITORY}/commit/${SHA}/checks?check_suite_id=${suite.id}`
    const result = await job.stage('main')
    for (const one of ['failing', 'pending'])
      expect(json<string>(result, one)).toEqual(one === output ? [link] : [])
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
