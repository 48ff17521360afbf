import { describe, expect, test } from '@jest/globals'
import { type TestJob, HEAD, REPOSITORY, RUN_LINK, type Setup, SHA } from '../support/job.ts'
import { errors, json, many, put, read, startReading } from '../support/reading.ts'

const RUN = 777
const runPage = (run: number | string, repository = REPOSITORY) =>
  `https://github.com/${repository}/actions/runs/${run}`
const JOB = `${runPage(RUN)}/job/50`
const BEFORE = '2026-11-20T09:50:00Z'
const END = '2026-11-20T10:00:00Z'
const AFTER = '2026-11-20T10:00:01Z'

const ended = (conclusion = 'cancelled') => ({
  name: 'workflow_run',
  payload: {
    action: 'completed',
    workflow_run: { id: RUN, head_sha: HEAD, conclusion, updated_at: END },
  },
})

/** A sweep of run 777, whose commit is HEAD. */
const start = (setup: Parameters<typeof startReading>[1] = {}) =>
  startReading('sweep', { event: ended(), ...setup })

type Left = { state?: string; link?: string; at?: string }

/** What a job of run 777 has left pending while the run lasted, but for what is said otherwise. */
const leave = (
  job: TestJob,
  context: string,
  { state = 'pending', link = JOB, at = BEFORE }: Left = {},
) => put(job, { [context]: state }, { target_url: link, created_at: at }, HEAD)

const stateOf = ({ sandbox }: TestJob, context: string, sha = HEAD) =>
  sandbox.github.current(REPOSITORY, sha)[context]?.state

describe('settles', () => {
  test('what the run has left pending, and says so', async () => {
    await using job = await start()
    leave(job, 'CI / build')
    const result = await job.stage('main')
    expect(result).toMatchObject({
      conclusion: 'success',
      outputs: { swept: '1', contexts: '["CI / build"]' },
    })
    expect(job.published()).toEqual([
      {
        sha: HEAD,
        context: 'CI / build',
        state: 'error',
        description: 'The job never reported; its run ended: cancelled',
        target_url: JOB,
      },
    ])
    expect(result.log).toContain('1 of 1 statuses that run 777 left pending are settled.')
  })

  test.each([
    ['failure', 'failure'],
    ['cancelled', 'error'],
    ['timed_out', 'error'],
    ['startup_failure', 'error'],
    ['stale', 'error'],
    ['action_required', 'error'],
    ['neutral', 'error'],
    ['skipped', 'error'],
  ])('after %s: %s', async (conclusion, state) => {
    await using job = await start({ event: ended(conclusion) })
    leave(job, 'ci')
    await job.stage('main')
    expect(job.published()).toMatchObject([
      { state, description: expect.stringContaining(`: ${conclusion}`) },
    ])
  })

  test.each([
    ['the page of the run', runPage(RUN)],
    ['the page of an attempt', `${runPage(RUN)}/attempts/1`],
    ['the page of a job', JOB],
    ['with a query', `${JOB}?pr=3`],
    ['with a fragment', `${JOB}#step:3:1`],
    ['in another case', JOB.replace('octo-org', 'Octo-Org')],
  ])('what links to the run: %s', async (_, link) => {
    await using job = await start()
    leave(job, 'ci', { link })
    expect((await job.stage('main')).outputs.swept).toBe('1')
  })

  test('each of many, on all pages', async () => {
    await using job = await start()
    put(job, many(120), {}, HEAD)
    for (const context of ['a', 'b', 'c']) leave(job, context)
    const result = await job.stage('main')
    expect(json<string[]>(result, 'contexts').sort()).toEqual(['a', 'b', 'c'])
    expect(job.published()).toHaveLength(3)
  })

  test('the very second in which the run ended', async () => {
    await using job = await start()
    leave(job, 'ci', { at: END })
    expect((await job.stage('main')).outputs.swept).toBe('1')
  })
})

describe('leaves alone', () => {
  test.each<[string, Left]>([
    ['run 7770', { link: runPage(7770) }],
    ['run 77', { link: runPage(77) }],
    ['run 1777', { link: `${runPage(1777)}/job/777` }],
    ['a link with the number elsewhere', { link: `${runPage(1)}/job/777` }],
    ['another repository', { link: runPage(RUN, 'octo-org/other') }],
    ['another server', { link: JOB.replace('github.com', 'ghe.example') }],
    ['another tool', { link: 'https://ci.example/777' }],
    ['a page that only begins alike', { link: `${runPage(RUN)}x` }],
    ['a link that is none', { link: 'https://github.com' }],
    ['what succeeded', { state: 'success' }],
    ['what failed', { state: 'failure' }],
    ['what erred', { state: 'error' }],
    ['a re-run that has begun meanwhile', { at: AFTER }],
  ])('%s', async (_, left) => {
    await using job = await start()
    leave(job, 'ci', left)
    const result = await job.stage('main')
    expect(result).toMatchObject({ conclusion: 'success', outputs: { swept: '0', contexts: '[]' } })
    expect(job.published()).toEqual([])
  })

  test('a run that succeeded, without a request', async () => {
    await using job = await start({ event: ended('success') })
    leave(job, 'ci')
    const result = await job.stage('main')
    expect(result).toMatchObject({ conclusion: 'success', outputs: { swept: '0', contexts: '[]' } })
    expect(result.log).toContain('Run 777 succeeded')
    expect(job.requests()).toEqual([])
  })

  test('a name that a newer run has taken over, in any case', async () => {
    await using job = await start()
    leave(job, 'CI / build')
    leave(job, 'ci / build', { link: runPage(778) })
    expect((await job.stage('main')).outputs.swept).toBe('0')
  })

  test('another commit', async () => {
    await using job = await start()
    put(job, { ci: 'pending' }, { target_url: JOB, created_at: BEFORE }, SHA)
    expect((await job.stage('main')).outputs.swept).toBe('0')
    expect(stateOf(job, 'ci', SHA)).toBe('pending')
  })

  test('all of these while the one is settled', async () => {
    await using job = await start()
    leave(job, 'mine')
    leave(job, 'theirs', { link: runPage(778) })
    leave(job, 'done', { state: 'success' })
    leave(job, 'again', { at: AFTER })
    expect(json(await job.stage('main'), 'contexts')).toEqual(['mine'])
    const states = ['mine', 'theirs', 'done', 'again'].map((context) => stateOf(job, context))
    expect(states).toEqual(['error', 'pending', 'success', 'pending'])
  })
})

describe('which run', () => {
  const night: Setup = { event: { name: 'schedule', payload: { schedule: '0 3 * * *' } } }

  test('given by hand, on a schedule', async () => {
    await using job = await start({
      ...night,
      with: { run_id: String(RUN), sha: HEAD, conclusion: 'failure' },
    })
    leave(job, 'ci', { at: AFTER })
    expect((await job.stage('main')).outputs).toMatchObject({ swept: '1', contexts: '["ci"]' })
    expect(stateOf(job, 'ci')).toBe('failure')
  })

  test.each([
    ['push', {}],
    ['schedule', {}],
    ['workflow_run', { action: 'requested', workflow_run: ended().payload.workflow_run }],
  ])('%s names none: a clear error, before any request', async (name, payload) => {
    await using job = await start({ event: { name, payload } })
    const result = await job.stage('main')
    expect(result).toMatchObject({ conclusion: 'failure', outputs: {} })
    expect(messages(result)).toEqual([
      expect.stringMatching(
        `^The event "${name}" names no run that has ended: .*types: \\[completed\\].*run_id`,
      ),
    ])
    expect(job.requests()).toEqual([])
  })

  test('wrong inputs are all named', async () => {
    await using job = await start({
      ...night,
      with: { run_id: '7.5', sha: 'main', conclusion: 'lost', api_url: 'x' },
    })
    const result = await job.stage('main')
    expect(messages(result).map((line) => line.replace(/: expected .*/, ''))).toEqual([
      'Input `api_url` is "x"',
      'Input `run_id` is "7.5"',
      'Input `sha` is "main"',
      'Input `conclusion` is "lost"',
    ])
    expect(job.requests()).toEqual([])
  })

  test.each([
    ['links to its own runs', runPage(RUN, 'other/place')],
    ["links to this repository's run", JOB],
  ])('in another repository, which %s', async (_, target_url) => {
    await using job = await start({ with: { repository: 'other/place' } })
    job.sandbox.github.repository('other/place', { commits: [HEAD] })
    job.sandbox.github.publish('other/place', HEAD, {
      context: 'ci',
      state: 'pending',
      target_url,
      created_at: BEFORE,
    })
    expect((await job.stage('main')).outputs.swept).toBe('1')
  })
})

describe('what is refused', () => {
  test('a read-only token: one sentence with what helps, and one attempt', async () => {
    await using job = await start({ permissions: { statuses: 'read' } })
    for (const context of ['a', 'b', 'c']) leave(job, context)
    const result = await job.stage('main')
    expect(result).toMatchObject({ conclusion: 'failure', outputs: { swept: '0', contexts: '[]' } })
    expect(messages(result)).toEqual([expect.stringContaining('`permissions: { statuses: write }`')])
    expect(job.requests().filter((request) => request.startsWith('POST'))).toHaveLength(1)
  })

  test('one is refused: the rest is settled all the same', async () => {
    await using job = await start()
    for (const context of ['a', 'b', 'c']) leave(job, context)
    const body = {
      message: 'Validation Failed',
      errors: 'Validation failed: This SHA and context has reached the maximum number of statuses.',
    }
    job.sandbox.fault({ method: 'POST', after: 1, answer: { status: 422, body } })
    const result = await job.stage('main')
    expect(result).toMatchObject({ conclusion: 'failure', outputs: { swept: '2' } })
    expect(json<string[]>(result, 'contexts').sort()).toEqual(['a', 'c'])
    expect(messages(result)).toEqual([
      expect.stringMatching(/^Could not publish "b" .*1,000 statuses/),
    ])
  })

  test('a failing server is given time', async () => {
    await using job = await start()
    leave(job, 'ci')
    job.sandbox.fault({ method: 'POST', answer: { status: 502, body: '' } })
    expect((await job.stage('main')).outputs.swept).toBe('1')
  })

  test('a commit that is not there', async () => {
    await using job = await start({ with: { sha: 'f'.repeat(40) } })
    const result = await job.stage('main')
    expect(result).toMatchObject({ conclusion: 'failure', outputs: { swept: '0' } })
    expect(messages(result)).toEqual([expect.stringContaining(`"${'f'.repeat(40)}"`)])
  })
})

describe('other servers', () => {
  test.each<[string, Setup, string]>([
    [
      'GitHub Enterprise Server',
      { server: 'ghes', serverUrl: 'https://ghe.example' },
      'https://ghe.example',
    ],
    [
      'Gitea',
      {
        base: '/api/v1',
        github: { dialect: 'gitea' },
        gitea: true,
        serverUrl: 'https://git.example',
      },
      'https://git.example',
    ],
  ])('%s', async (_, setup, server) => {
    await using job = await start(setup)
    leave(job, 'ci', {
      link: RUN_LINK.replace('https://github.com', server).replace(/\d+$/, String(RUN)),
    })
    leave(job, 'its own', { link: `/${REPOSITORY}/actions/runs/${RUN}/jobs/0` })
    expect(json(await job.stage('main'), 'contexts')).toEqual(['ci'])
  })
})
