import { describe, expect, test } from '@jest/globals'
import type { NewCheckRun } from '../../sandbox/api/github.ts'
import { expectQuiet, expectSaid, json, until } from '../support/expect.ts'
import { answers } from '../support/faults.ts'
import type { States } from '../support/history.ts'
import { HEAD, JOB, REPOSITORY, type Setup, SHA, startJob, type TestJob } from '../support/job.ts'

/** A job whose step counts check runs, too, and a GitHub that has some on GITHUB_SHA. */
async function startWith(checkRuns: NewCheckRun[], setup: Setup = {}): Promise<TestJob> {
  const inputs = { check_runs: 'true', ...setup.with }
  const job = await startJob({ ...setup, action: 'combined', with: inputs })
  putRuns(job, ...checkRuns)
  return job
}

function putRuns({ sandbox }: TestJob, ...checkRuns: NewCheckRun[]): void {
  for (const run of checkRuns) sandbox.github.checkRun(REPOSITORY, SHA, run)
}

/** A check run that is completed. */
const run = (
  name: string,
  conclusion: NonNullable<NewCheckRun['conclusion']>,
  more: Partial<NewCheckRun> = {},
): NewCheckRun => ({ name, status: 'completed', conclusion, ...more })

const manyRuns = (count: number) =>
  Array.from({ length: count }, (_, index) => run(`r${index}`, 'success'))

const runRequests = ({ sandbox }: TestJob) =>
  sandbox.requests.filter(({ path }) => path.endsWith('/check-runs'))

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
    expect(result.log).toContain('There is no status or check run that counts.')
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
      'Pending: "gate". If one of these is this job itself, or waits for it, name it in `ignore`: "gate".',
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
    expect(result.log.includes('name it in `ignore`')).toBe(mayBeOwn)
  })
})

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

  test('and an answer with fewer than it says is not judged', async () => {
    const body = { total_count: 2, check_runs: [{ id: 1, name: 'a', status: 'completed' }] }
    await using job = await startWith([], { with: { require_success: 'true' } })
    job.sandbox.fault({ path: /check-runs$/, times: 10, ...answers(200, body) })
    const result = await job.stage('main')
    expectSaid(result, 'error', 'Could not read the check runs of', 'fewer entries than it counts')
    expect(result.outputs).toEqual({})
  })
})

describe('a wait for check runs', () => {
  const gate = { timeout_minutes: '0.5', interval_seconds: '0.1', require_success: 'true' }

  test('costs none of the rate limit while nothing changes', async () => {
    await using job = await startWith([...manyRuns(150), { name: 'slow', id: 1 }], {
      with: gate,
      statuses: { a: 'success' },
      // The statuses, two pages of check runs, and the last of them once more.
      github: { rateLimit: { limit: 4 } },
    })
    const reading = job.stage('main')
    await until(() => runRequests(job).filter(({ status }) => status === 304).length >= 6)
    putRuns(job, run('slow', 'success', { id: 1 }))
    const result = await reading
    expect(result.outputs).toMatchObject({ state: 'success', total_count: '152' })
    const last = runRequests(job).slice(-2)
    expect(last.map(({ status }) => status)).toEqual([304, 200])
  })

  test('ends at the first failure if success is required', async () => {
    await using job = await startWith([{ name: 'a', id: 1 }, { name: 'b' }], { with: gate })
    const fails = () => putRuns(job, run('a', 'timed_out', { id: 1 }))
    const result = await job.stage('main', {
      onLine: (line) => line.startsWith('Waiting. ') && fails(),
    })
    expectSaid(result, 'error', 'is failure. Failing: "a". Pending: "b".')
  })

  test('waits for a check run that has not come yet', async () => {
    await using job = await startWith([], { with: { ...gate, contexts: 'e2e' } })
    const comes = () => putRuns(job, run('e2e', 'success'))
    const result = await job.stage('main', {
      onLine: (line) => line.startsWith('Waiting. Missing: "e2e".') && comes(),
    })
    expect(result.outputs).toMatchObject({ state: 'success', missing: '[]' })
  })
})

describe('other servers', () => {
  test('GitHub Enterprise Server has check runs', async () => {
    await using job = await startWith([run('a', 'failure')], { server: 'ghes' })
    expect((await job.stage('main')).outputs).toMatchObject({ failing: '["a"]' })
  })

  test('Gitea has none: said in a sentence, before any request', async () => {
    await using job = await startWith([], { server: 'gitea' })
    expectSaid(
      await job.stage('main'),
      'error',
      'Input `check_runs` is "true": expected `false`, since Gitea and Forgejo have no check runs; every job there has a status.',
    )
    expect(job.requests()).toEqual([])
  })
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
