import { describe, expect, test } from '@jest/globals'
import { HEAD, REPOSITORY, type Setup, startJob } from '../support/job.ts'

const POST = `POST /repos/${REPOSITORY}/statuses/${HEAD}`

const pullRequest = (from: number, login = 'octocat') => ({
  pull_request: {
    number: 7,
    user: { login },
    head: { sha: HEAD, repo: { id: from } },
    base: { repo: { id: 1 } },
  },
})
const permissions = { statuses: 'read' } as const
const fork: Setup = { permissions, event: { name: 'pull_request', payload: pullRequest(2) } }
const dependabot: Setup = {
  permissions,
  event: { name: 'pull_request', payload: pullRequest(1, 'dependabot[bot]') },
}

const SAYS: [who: string, setup: Setup, advice: RegExp][] = [
  ['a fork’s pull request', fork, /from a fork is read-only.*`workflow_run`/],
  [
    'a review of a fork’s pull request',
    { ...fork, event: { name: 'pull_request_review', payload: pullRequest(2) } },
    /fork/,
  ],
  ['Dependabot’s pull request', dependabot, /Dependabot.*`permissions: { statuses: write }`/],
  [
    'a run that Dependabot started',
    { permissions, actor: 'dependabot[bot]', with: { sha: HEAD } },
    /Dependabot/,
  ],
]

describe.each(SAYS)('%s, with a token that may not write', (_, setup, advice) => {
  test('one warning in the whole job, a job summary, green, and no further request', async () => {
    const job = await startJob(setup)
    const { pre, main, post } = await job.run()
    expect(job.results.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0])
    expect(job.annotations()).toEqual([
      { stage: 'pre', level: 'warning', message: expect.stringMatching(advice) },
    ])
    expect(pre?.summary).toMatch(advice)
    expect(main).toMatchObject({ outputs: { published: 'false' }, summary: '' })
    expect(main?.log).toBe('No status is published, as said in pre.')
    expect(post).toMatchObject({ log: '', summary: '' })
    expect(job.requests()).toEqual([POST])
  })
})

describe.each([
  ['where main opens', {}, { pre: false }],
  ['where main publishes once', { state: 'failure' }, {}],
  ['of several contexts', { context: 'one\ntwo' }, {}],
])('%s', (_, inputs, run) => {
  test('it is one warning and one request too', async () => {
    const job = await startJob({ ...fork, with: inputs })
    await job.run(run)
    expect(job.results.map(({ exitCode }) => exitCode)).not.toContain(1)
    expect(job.annotations()).toMatchObject([{ level: 'warning' }])
    expect(job.requests()).toEqual([POST])
  })
})

test('where only post meets it, the job stays green too', async () => {
  const job = await startJob(fork)
  job.sandbox.fault({
    method: 'POST',
    answer: { status: 400, body: { message: 'Problems parsing JSON' } },
  })
  const { post } = await job.run({ main: false, jobStatus: 'failure' })
  expect(post).toMatchObject({ exitCode: 0, annotations: [{ level: 'warning' }] })
  expect(post?.summary).toMatch(/fork/)
})

test('a token that may write publishes for a fork’s pull request', async () => {
  const job = await startJob({ ...fork, permissions: {} })
  await job.run()
  expect(job.shown(HEAD)).toEqual({ 'CI / build': 'success' })
  expect(job.annotations()).toEqual([])
})

describe.each<[event: string, setup: Setup]>([
  ['push', { permissions, with: { sha: HEAD } }],
  [
    'pull_request of the same repository',
    { permissions, event: { name: 'pull_request', payload: pullRequest(1) } },
  ],
  [
    'pull_request_target',
    { permissions, event: { name: 'pull_request_target', payload: pullRequest(2) } },
  ],
])('%s', (_, setup) => {
  test('a lack of permission fails the step, and the error names it; post says no more', async () => {
    const job = await startJob(setup)
    const { pre, main, post } = await job.run()
    expect(pre).toMatchObject({ exitCode: 0, annotations: [{ level: 'warning' }] })
    expect(main).toMatchObject({
      exitCode: 1,
      annotations: [
        { level: 'error', message: expect.stringContaining('`permissions: { statuses: write }`') },
      ],
    })
    expect(main?.outputs.published).toBe('false')
    expect(post).toMatchObject({ exitCode: 0, annotations: [] })
    expect(job.results.map(({ summary }) => summary).join('')).toBe('')
  })

  test('`fail_on_error: false` makes it a warning', async () => {
    const job = await startJob({ ...setup, with: { ...setup.with, fail_on_error: 'false' } })
    const { main } = await job.run()
    expect(job.results.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0])
    expect(main?.annotations).toMatchObject([
      { level: 'warning', message: expect.stringContaining('statuses: write') },
    ])
  })
})
