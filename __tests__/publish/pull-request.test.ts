import { describe, expect, test } from '@jest/globals'
import { expectQuiet, expectSaid } from '../support/expect.ts'
import { answers, refused } from '../support/faults.ts'
import {
  HEAD,
  LOOK,
  REPOSITORY,
  type Setup,
  SHA,
  startJob,
  type TestJob,
  WRITE,
} from '../support/job.ts'

const comment: Setup = {
  event: { name: 'issue_comment', payload: { issue: { number: 7, pull_request: {} } } },
  declared: { pulls: { 7: { head: HEAD } } },
}
const numbered: Setup = {
  with: { pull_request: '7' },
  declared: { pulls: { 7: { head: HEAD } } },
}
const LATE = 'ghs_late9876543210zyxwvutsrqponmlkjihgfed'
const PULL = `GET /repos/${REPOSITORY}/pulls/7`

describe.each([
  ['a comment on a pull request', comment],
  ['`pull_request: 7`', numbered],
])('%s', (_, setup) => {
  test('is about its head, which is asked for once in the whole job', async () => {
    await using job = await startJob(setup)
    const { main } = await job.follow()
    const onHead = [WRITE, LOOK, WRITE].map((request) => request.replace(SHA, HEAD))
    expect(job.requests()).toEqual([PULL, ...onHead])
    expect(main.outputs.sha).toBe(HEAD)
  })

  test('keeps to that head when another commit is pushed meanwhile', async () => {
    await using job = await startJob(setup)
    await job.stage('pre')
    job.sandbox.github.repository(REPOSITORY, { pulls: { 7: { head: SHA } } })
    await job.stage('post')
    expect(job.published().map(({ sha }) => sha)).toEqual([HEAD, HEAD])
  })

  test('keeps to that head in main, too, though pre could not publish there', async () => {
    await using job = await startJob({ ...setup, faults: [refused] })
    await job.stage('pre')
    job.sandbox.github.repository(REPOSITORY, { pulls: { 7: { head: SHA } } })
    await job.stage('main')
    await job.stage('post')
    expect(job.published().map(({ sha }) => sha)).toEqual([HEAD, HEAD])
    expect(job.requests().filter((request) => request === PULL)).toHaveLength(1)
  })

  test('settles each of several names once, though pre was refused one', async () => {
    const inputs = { ...setup.with, context: 'one\ntwo' }
    await using job = await startJob({ ...setup, with: inputs, faults: [refused] })
    await job.follow()
    expect(job.shown(HEAD)).toEqual({ one: 'success', two: 'success' })
    expect(job.published().filter(({ state }) => state === 'success')).toHaveLength(2)
  })

  test('publishes once on its head', async () => {
    await using job = await startJob({ ...setup, with: { ...setup.with, state: 'failure' } })
    expectQuiet(await job.stage('main'))
    expect(job.shown(HEAD)).toEqual({ 'CI / build': 'failure' })
  })

  const once: [string, Record<string, string>][] = [
    ['a state', { state: 'success' }],
    ['a state that only a step gives', { state: `\${{ env.LATE }}` }],
    ['a roll-up', { needs: '["success"]' }],
    ['a job whose name only a step gives', { context: `\${{ env.LATE }}` }],
    ['a list', { statuses: '[{"context": "a", "state": "success"}]' }],
  ]
  test.each(once)('gets %s on the head that the job started on', async (_, inputs) => {
    await using job = await startJob({ ...setup, with: { ...setup.with, ...inputs } })
    expectQuiet(await job.stage('pre'))
    job.sandbox.github.repository(REPOSITORY, { pulls: { 7: { head: SHA } } })
    job.contexts.env.LATE = 'success'
    expectQuiet(await job.stage('main'))
    await job.stage('post')
    expect(new Set(job.published().map(({ sha }) => sha))).toEqual(new Set([HEAD]))
    expect(job.requests().filter((request) => request === PULL)).toHaveLength(1)
  })

  test('is not left for another commit because a step has emptied the event file', async () => {
    await using job = await startJob({ ...setup, with: { ...setup.with, state: 'success' } })
    await job.stage('pre')
    job.contexts.github.event = null as never
    await job.stage('main')
    for (const { sha } of job.published()) expect(sha).toBe(HEAD)
  })

  test.each([{}, { state: 'success' }])(
    'that was not found when the job started gets nothing later: %j',
    async (inputs) => {
      const faults = [{ method: 'GET', ...answers(403, { message: 'No' }) }]
      await using job = await startJob({ ...setup, with: { ...setup.with, ...inputs }, faults })
      expectSaid(await job.stage('pre'), 'warning', '#7')
      expectSaid(await job.stage('main'), 'error', '#7', 'when the job started')
      expect((await job.stage('post')).exitCode).toBe(0)
      expect(job.requests()).toEqual([PULL])
    },
  )

  test('that a later token can see is looked for again in main', async () => {
    const inputs = { ...setup.with, token: `\${{ env.LATE }}` }
    const permissions = { pull_requests: 'none' } as const
    const hidden = { declared: { ...setup.declared, private: true } }
    await using job = await startJob({ ...setup, ...hidden, permissions, with: inputs })
    job.sandbox.github.token(LATE)
    expectQuiet(await job.stage('pre'))
    job.contexts.env.LATE = LATE
    await job.stage('main')
    await job.stage('post')
    expect(job.shown(HEAD)).toEqual({ 'CI / build': 'success' })
  })

  test('that cannot be read asks for `pull-requests: read`', async () => {
    const hidden = { declared: { ...setup.declared, private: true } }
    const permissions = { pull_requests: 'none' } as const
    await using job = await startJob({ ...setup, ...hidden, permissions })
    const { pre, main, post } = await job.follow()
    expectSaid(pre, 'warning', '#7')
    expectSaid(main, 'error', '#7', 'pull-requests: read')
    expectQuiet(post)
    expect(main.outputs).toMatchObject({ published: 'false', sha: '' })
    expect(job.published()).toEqual([])
  })
})

describe('a step that empties the event’s file', () => {
  const code = "(await import('node:fs')).writeFileSync(process.env.GITHUB_EVENT_PATH, '')"
  const empty = ({ contexts }: TestJob) => {
    contexts.env.NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(code)}`
  }

  test.each([{ state: 'success' }, { context: `\${{ env.LATE }}` }])(
    'leaves the status on the head that the job started on: %j',
    async (inputs) => {
      await using job = await startJob({ ...comment, with: inputs })
      await job.stage('pre')
      empty(job)
      job.contexts.env.LATE = 'late'
      expectQuiet(await job.stage('main'), await job.stage('post'))
      expect(new Set(job.published().map(({ sha }) => sha))).toEqual(new Set([HEAD]))
    },
  )
})

test('`pull_request` beside a `sha` is refused before any request', async () => {
  await using job = await startJob({ with: { pull_request: '7', sha: HEAD } })
  expectSaid(await job.stage('main'), 'error', '`pull_request`', '`sha`')
  expect(job.requests()).toEqual([])
})

test('a pull request that does not exist is an error that names it', async () => {
  await using job = await startJob({ with: { pull_request: '8' } })
  expectSaid(await job.stage('main'), 'error', '#8')
  expect(job.published()).toEqual([])
})

test('a list whose entries all name a commit asks for no pull request', async () => {
  const statuses = JSON.stringify([{ context: 'a', state: 'success', sha: SHA }])
  await using job = await startJob({ ...comment, with: { statuses } })
  await job.stage('pre')
  await job.stage('main')
  expect(job.requests()).toEqual([WRITE])
})
