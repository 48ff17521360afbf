import { describe, expect, test } from '@jest/globals'
import { expectQuiet } from '../support/expect.ts'
import { answers } from '../support/faults.ts'
import { type Page, page, put, putFrom } from '../support/history.ts'
import { LOOK, RUN, type Setup, SHA, startJob, type TestJob, WRITE } from '../support/job.ts'

const NAME = 'CI / build'

/** Publishes a pending, and its result if it has one, as a job of another run or attempt. */
function another(job: TestJob, from: Page, ...states: string[]) {
  for (const state of states) putFrom(job, from, { [NAME]: state }, { description: 'theirs' })
}

/** A followed job during which something happens. */
async function follow(during: (job: TestJob) => void, setup: Setup = {}) {
  const job = await startJob(setup)
  await job.stage('pre')
  during(job)
  return Object.assign(job, { post: await job.stage('post') })
}

describe('a followed job leaves its name to an execution that began later', () => {
  test.each<[string, Page, string[]]>([
    ['a run that has ended', { run: RUN + 1, job: 1 }, ['pending', 'failure']],
    ['a run that still runs', { run: RUN + 1, job: 1 }, ['pending']],
    ['an older run that is re-run', { run: RUN - 1, attempt: 2 }, ['pending', 'failure']],
    ['a newer attempt of our own run', { run: RUN, attempt: 2 }, ['pending', 'failure']],
  ])('%s', async (_, from, states) => {
    await using job = await follow((it) => another(it, from, ...states))
    expectQuiet(job.post)
    expect(job.post.log).toMatch(/newer/)
    expect(job.shown()).toEqual({ [NAME]: states.at(-1) })
    expect(job.requests()).toEqual([WRITE, LOOK])
  })

  test('under a name in other letters, which is the same to GitHub', async () => {
    await using job = await follow((it) =>
      putFrom(it, { run: RUN + 1 }, { 'ci / BUILD': 'failure' }),
    )
    expect(job.requests()).toEqual([WRITE, LOOK])
  })

  test('and settles the other names', async () => {
    const during = (it: TestJob) =>
      putFrom(it, { run: RUN + 1 }, { one: 'pending', ONE: 'failure' })
    await using job = await follow(during, { with: { context: 'one\ntwo' } })
    expect(job.shown()).toMatchObject({ two: 'success' })
    expect(job.published().filter(({ state }) => state === 'success')).toHaveLength(1)
  })

  test('with a link of the user’s own, too: while it was pending, it led to the job', async () => {
    const setup = { with: { target_url: 'https://ci.example/1' } }
    await using job = await follow((it) => another(it, { run: RUN + 1 }, 'pending'), setup)
    expect(job.shown()).toEqual({ [NAME]: 'pending' })
    expect(job.requests()).toEqual([WRITE, LOOK])
  })
})

test('a failure on the page of a re-run’s run is the re-run’s: a followed job repeats it', async () => {
  await using job = await follow((it) => {
    another(it, { run: RUN - 1, attempt: 2, job: 1 }, 'pending')
    another(it, { run: RUN - 1 }, 'failure')
    another(it, { run: RUN }, 'pending') // a step of our own job
  })
  expect(job.published().at(-1)).toMatchObject({ state: 'failure', description: 'theirs' })
})

test.each<[string, Page]>([
  ['a newer run that had ended before it began', { run: RUN + 1 }],
  ['an earlier attempt of its own run', { run: RUN, job: 1 }],
])('a followed job has the last word after %s', async (_, from) => {
  await using job = await startJob({ runAttempt: 2 })
  another(job, from, 'pending', 'failure')
  expectQuiet(...Object.values(await job.follow()))
  expect(job.shown()).toEqual({ [NAME]: 'success' })
})

test.each<[string, string | null]>([
  ['another tool without a link', null],
  ['another repository', page({ run: RUN + 1, repository: 'octo-org/octo-repo2' })],
])('a followed job has the last word after %s', async (_, target_url) => {
  await using job = await follow((it) => put(it, { [NAME]: 'failure' }, { target_url }))
  expect(job.shown()).toEqual({ [NAME]: 'success' })
})

describe.each<[string, Record<string, string>, string]>([
  ['a state once', { state: 'success' }, 'success'],
  ['a roll-up', { needs: '{"test":{"result":"success"}}' }, 'success'],
])('%s', (_, inputs, state) => {
  test.each([
    [['pending'], 'pending'],
    [['pending', 'failure'], 'failure'],
  ])('leaves the name to a newer run: green, and `published` is false', async (states, shown) => {
    await using job = await startJob({ with: inputs })
    another(job, { run: RUN + 1 }, ...states)
    const main = await job.stage('main')
    expectQuiet(main)
    expect(main.log).toMatch(/newer/)
    expect(main.outputs.published).toBe('false')
    expect(job.shown()).toEqual({ [NAME]: shown })
    expect(job.requests()).toEqual([LOOK])
  })

  test('ends a span whose link leads to a run of another repository', async () => {
    const target_url = page({ run: RUN + 1, repository: 'octo-org/deploy' })
    await using job = await startJob({ with: { ...inputs, target_url } })
    put(job, { [NAME]: 'pending' }, { target_url })
    await job.stage('main')
    expect(job.shown()).toEqual({ [NAME]: state })
  })

  test('covers an older run, and an earlier attempt', async () => {
    await using job = await startJob({ with: inputs, runAttempt: 2 })
    another(job, { run: RUN - 1 }, 'pending', 'failure')
    another(job, { run: RUN, job: 1 }, 'pending', 'failure')
    await job.stage('main')
    expect(job.shown()).toEqual({ [NAME]: state })
  })

  test('ends the span that a first job of its run began after the newer run had', async () => {
    await using job = await startJob({ with: inputs })
    another(job, { run: RUN + 1 }, 'pending', 'failure')
    another(job, { run: RUN, job: 1 }, 'pending')
    await job.stage('main')
    expect(job.shown()).toEqual({ [NAME]: state })
  })
})

describe('a relay on `workflow_run` speaks for the run that it links to', () => {
  const OLD = RUN - 500
  const NEW = OLD + 1

  /** The job of a relay: of the runs that it relays, the last one to end comes last. */
  const relay = (run: number, attempt: number, state: string, fragment = '') =>
    startJob({
      event: {
        name: 'workflow_run',
        payload: { workflow_run: { id: run, run_attempt: attempt, head_sha: SHA } },
      },
      with: { context: NAME, state, target_url: page({ run }) + fragment },
    })

  test('an older run that ends last leaves a newer one’s result', async () => {
    await using job = await relay(OLD, 1, 'success')
    another(job, { run: NEW }, 'failure')
    const main = await job.stage('main')
    expect(main.outputs.published).toBe('false')
    expect(job.shown()).toEqual({ [NAME]: 'failure' })
  })

  test.each([
    ['', '#attempt-2'],
    ['#summary', '#summary,attempt-2'],
  ])('its re-run replaces that, and says its attempt in the link: "%s"', async (given, said) => {
    await using job = await relay(OLD, 2, 'pending', given)
    another(job, { run: NEW }, 'failure')
    await job.stage('main')
    const target_url = page({ run: OLD }) + said
    expect(job.published()).toMatchObject([{ state: 'pending', target_url }])
  })

  test('the first attempt, if it comes late, leaves its re-run’s status', async () => {
    await using job = await relay(OLD, 1, 'success')
    another(job, { run: OLD, attempt: 2 }, 'pending')
    await job.stage('main')
    expect(job.shown()).toEqual({ [NAME]: 'pending' })
  })

  test('what its own first step has published is its own', async () => {
    await using job = await relay(OLD, 1, 'success')
    another(job, { run: OLD + 1 }, 'pending', 'failure')
    another(job, { run: RUN, job: 1 }, 'pending')
    await job.stage('main')
    expect(job.shown()).toEqual({ [NAME]: 'success' })
  })
})

test('a renamed repository has the same runs, if a followed job of theirs shows', async () => {
  const renamed = { run: RUN + 1, job: 1, repository: 'octo-org/new-name' }
  await using job = await follow((it) => {
    another(it, { ...renamed, mark: 'follows' }, 'pending')
    another(it, renamed, 'failure')
  })
  expect(job.shown()).toEqual({ [NAME]: 'failure' })
})

/** Does something when a stage waits to try again. */
const whenRetrying = (does: () => void) => ({
  onLine: (line: string) => /(again|retrying) in \d/i.test(line) && does(),
})

describe('what comes while a write is tried again', () => {
  test.each(['failure', 'pending'])('a %s of a newer run is not covered', async (state) => {
    await using job = await startJob()
    await job.stage('pre')
    job.sandbox.fault({ method: 'POST', ...answers(503, '', { 'retry-after': '1' }) })
    const arrives = whenRetrying(() => another(job, { run: RUN + 1 }, 'pending', state))
    expectQuiet(await job.stage('post', arrives))
    expect(job.shown()).toEqual({ [NAME]: state })
  })

  test('an opening pending is not sent over a newer run', async () => {
    await using job = await startJob()
    job.sandbox.fault({ method: 'POST', reset: true })
    const arrives = whenRetrying(() => another(job, { run: RUN + 1 }, 'pending', 'success'))
    await job.stage('pre', arrives)
    await job.stage('main')
    await job.stage('post')
    expect(job.history().map(({ state }) => state)).toEqual(['success', 'pending'])
  })

  test('after a limit that takes more than 2 s there is another look', async () => {
    await using job = await startJob({ with: { state: 'success' } })
    job.sandbox.fault({ method: 'POST', ...answers(429, '', { 'retry-after': '3' }) })
    const arrives = whenRetrying(() => another(job, { run: RUN + 1 }, 'pending', 'failure'))
    await job.stage('main', arrives)
    expect(job.shown()).toEqual({ [NAME]: 'failure' })
  })

  test('an answer that was lost is not written twice: neither pending nor result', async () => {
    const lost = { resetAfter: true, method: 'POST' } as const
    await using job = await startJob({ faults: [{ ...lost, times: 2 }] })
    expectQuiet(...Object.values(await job.follow('failure')))
    expect(job.history().map(({ state }) => state)).toEqual(['failure', 'pending'])
  })
})
