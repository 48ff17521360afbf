import { describe, expect, test } from '@jest/globals'
import type { Fault } from '../../sandbox/api/server.ts'
import { expectQuiet, expectSaid } from '../support/expect.ts'
import { answers } from '../support/faults.ts'
import { many, page, put, putFrom } from '../support/history.ts'
import { JOB, LOOK, RUN, type Setup, startJob, type TestJob, WRITE } from '../support/job.ts'

const NAME = 'shared'
const sibling = (job: number | null, server?: string) => ({
  run: RUN,
  job,
  ...(server && { server }),
})

/** A followed job whose execution has other jobs under its name, which do this meanwhile. */
async function shareWith(
  during: (job: TestJob) => void,
  jobStatus: 'success' | 'failure' = 'success',
  setup: Setup = {},
) {
  const job = await startJob({ with: { context: NAME }, ...setup })
  await job.stage('pre')
  await job.stage('main')
  during(job)
  job.contexts.job.status = jobStatus
  return Object.assign(job, { post: await job.stage('post') })
}

describe('a followed job’s success never hides a failure of another job of its execution', () => {
  test.each([JOB + 1, JOB - 1])('by the job %i: it is left, with a warning', async (id) => {
    await using job = await shareWith((it) => putFrom(it, sibling(id), { [NAME]: 'failure' }))
    expectSaid(job.post, 'warning', /under this name/)
    expect(job.shown()).toEqual({ [NAME]: 'failure' })
    expect(job.requests()).toEqual([WRITE, LOOK])
  })

  test('that is covered by another job’s status is repeated: state, description and link', async () => {
    await using job = await shareWith((it) => {
      putFrom(it, sibling(JOB + 1), { [NAME]: 'error' }, { description: 'It broke' })
      putFrom(it, sibling(JOB + 2), { [NAME]: 'pending' })
    })
    expectSaid(job.post, 'warning', /under this name/)
    const repeated = { state: 'error', description: 'It broke', target_url: page(sibling(JOB + 1)) }
    expect(job.published().at(-1)).toMatchObject(repeated)
  })

  test.each([1, 2])(
    'by a link to the run’s page, which says no attempt, in attempt %i',
    async (runAttempt) => {
      const fail = (it: TestJob) => putFrom(it, sibling(null), { [NAME]: 'failure' })
      await using job = await shareWith(fail, 'success', { runAttempt })
      expect(job.shown()).toEqual({ [NAME]: 'failure' })
    },
  )
})

describe('nor that another job of its execution still runs', () => {
  const opens = (it: TestJob) =>
    putFrom(it, { ...sibling(JOB + 1), mark: 'follows' }, { [NAME]: 'pending' })
  const passed = {
    state: 'pending',
    description: 'Passed; another job still runs under this name',
    target_url: page({ mark: 'passed' }),
  }

  test('it says that it has passed, looks again and leaves it so, with a warning', async () => {
    await using job = await shareWith(opens)
    expectSaid(job.post, 'warning', /under this name/)
    expect(job.published().slice(1)).toMatchObject([passed])
    expect(job.requests()).toEqual([WRITE, LOOK, WRITE, LOOK])
  })

  const refusal = { message: 'Validation Failed', errors: [{ field: 'target_url' }] }
  test.each<[string, Fault[]]>([
    ['', []],
    [', though the token is refused for it', [answers(403, 'no')]],
    [', though its link is refused', [answers(422, refusal)]],
  ])('if that has ended meanwhile, it publishes its success%s', async (_, faults) => {
    const inputs = { context: NAME, token: 'ghs_given', target_url: 'https://ci.example/1' }
    await using job = await startJob({ with: inputs })
    job.sandbox.github.token('ghs_given')
    await job.stage('pre')
    opens(job)
    for (const fault of faults) job.sandbox.fault({ method: 'POST', after: 1, ...fault })
    const ends = (line: string) =>
      /Looking again/.test(line) && putFrom(job, sibling(JOB + 1), { [NAME]: 'success' })
    expect((await job.stage('post', { onLine: ends })).exitCode).toBe(0)
    expect(job.published().map(({ state }) => state)).toEqual(['pending', 'pending', 'success'])
  })

  test('if the answer is lost, it finds what it has written, and looks again', async () => {
    await using job = await startJob({ with: { context: NAME } })
    await job.stage('pre')
    opens(job)
    job.sandbox.fault({ method: 'POST', resetAfter: true })
    expect((await job.stage('post')).exitCode).toBe(0)
    expect(job.history()[0]).toMatchObject(passed)
    expect(job.requests().filter((one) => one === LOOK)).toHaveLength(3)
  })

  test.each([0, 1])(
    'if it cannot look again, or only at %i pages, it stays pending, and the step fails',
    async (pages) => {
      await using job = await startJob({ with: { context: NAME } })
      opens(job)
      await job.stage('pre')
      put(job, many(100))
      job.sandbox.fault({ method: 'GET', after: 2 + pages, ...answers(404, ''), times: 9 })
      const post = await job.stage('post')
      expect(post.exitCode).toBe(1)
      expect(job.history()[0]).toMatchObject(passed)
    },
  )

  test('that ended with a link of the user’s own does not run', async () => {
    await using job = await shareWith((it) => {
      opens(it)
      put(it, { [NAME]: 'success' }, { target_url: 'https://ci.example/1' })
    })
    expect(job.requests()).toEqual([WRITE, LOOK, WRITE])
    expect(job.shown()).toEqual({ [NAME]: 'success' })
  })
})

describe('otherwise the last writer of an execution wins', () => {
  test('a failure covers a sibling’s success', async () => {
    const during = (it: TestJob) => putFrom(it, sibling(JOB + 1), { [NAME]: 'success' })
    await using job = await shareWith(during, 'failure')
    expect(job.shown()).toEqual({ [NAME]: 'failure' })
  })

  test('a success covers a start job’s pending and a sibling’s success', async () => {
    await using job = await shareWith((it) => {
      putFrom(it, sibling(JOB + 1), { [NAME]: 'pending' })
      putFrom(it, sibling(JOB + 2), { [NAME]: 'success' })
    })
    expectQuiet(job.post)
    expect(job.history().map(({ state }) => state)[0]).toBe('success')
    expect(job.published()).toHaveLength(2)
  })

  test('a state once covers a sibling’s failure: start and end jobs share a name', async () => {
    await using job = await startJob({ with: { context: NAME, state: 'success' } })
    putFrom(job, sibling(JOB - 1), { [NAME]: 'failure' })
    expectQuiet(await job.stage('main'))
    expect(job.shown()).toEqual({ [NAME]: 'success' })
  })
})

test('without a job id of ours, every status of our execution is a sibling’s', async () => {
  await using job = await startJob({ server: 'ghes', with: { context: NAME } })
  await job.stage('pre')
  putFrom(job, sibling(null, 'https://ghe.example'), { [NAME]: 'failure' })
  await job.stage('post')
  expect(job.shown()).toEqual({ [NAME]: 'failure' })
})

test.each([
  ['failure', 'failure'],
  ['success', 'success'],
] as const)(
  'two legs of a matrix with one name, one of them a %s: pending until both have ended, then %s',
  async (result, shown) => {
    for (const order of [0, 1]) {
      await using one = await startJob({ with: { context: NAME }, checkRunId: 50 })
      await using two = await startJob({ on: one, with: { context: NAME }, checkRunId: 51 })
      await one.stage('pre')
      await two.stage('pre')
      one.contexts.job.status = result
      const [first, second] = order === 0 ? [one, two] : [two, one]
      await first.stage('post')
      expect(one.shown()).toEqual({
        [NAME]: first === one && result === 'failure' ? 'failure' : 'pending',
      })
      await second.stage('post')
      expect(one.shown()).toEqual({ [NAME]: shown })
    }
  },
)
