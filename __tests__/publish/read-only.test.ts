import { describe, expect, test } from '@jest/globals'
import { expectQuiet, expectSaid, said } from '../support/expect.ts'
import { answers, refused } from '../support/faults.ts'
import { HEAD, type Setup, SHA, startJob, WRITE } from '../support/job.ts'

const pullRequest = (from: number, login = 'octocat') => ({
  pull_request: {
    number: 7,
    user: { login },
    head: { sha: HEAD, repo: { id: from } },
    base: { repo: { id: 1 } },
  },
})
const permissions = { statuses: 'read' } as const
const ofEvent = (name: string, payload: object): Setup => ({
  permissions,
  event: { name, payload },
})
const fork = ofEvent('pull_request', pullRequest(2))
const ON_HEAD = WRITE.replace(SHA, HEAD)

describe.each<[string, Setup, RegExp]>([
  ['a fork’s pull request', fork, /fork.*`workflow_run`/s],
  ['a review of one', ofEvent('pull_request_review', pullRequest(2)), /fork/],
  [
    'Dependabot’s pull request',
    ofEvent('pull_request', pullRequest(1, 'dependabot[bot]')),
    /Dependabot.*statuses: write/s,
  ],
  [
    'a run that Dependabot started',
    { permissions, actor: 'dependabot[bot]', with: { sha: HEAD } },
    /Dependabot/,
  ],
])('%s, with a token that cannot write', (_, setup, advice) => {
  test('is one warning and a job summary that say why and what helps, green, and no further request', async () => {
    await using job = await startJob(setup)
    const { pre, main, post } = await job.follow()
    expectSaid(pre, 'warning', advice)
    expect(pre.summary).toMatch(advice)
    expectQuiet(main, post)
    expect([main.summary, post.summary]).toEqual(['', ''])
    expect(main.outputs.published).toBe('false')
    expect(job.requests()).toEqual([ON_HEAD])
  })
})

describe('it is one warning and one write', () => {
  test.each<[string, Record<string, string>, boolean]>([
    ['if main opens', {}, false],
    ['if main publishes once', { state: 'failure' }, true],
    ['of several names', { context: 'one\ntwo' }, true],
  ])('%s', async (_, inputs, pre) => {
    await using job = await startJob({ ...fork, with: inputs })
    await job.run({ pre })
    expect(job.results.map(({ exitCode }) => exitCode)).not.toContain(1)
    expect(job.results.flatMap(said)).toMatchObject([{ level: 'warning' }])
    expect(job.requests().filter((request) => request === ON_HEAD)).toHaveLength(1)
  })
})

test('if only post meets it, the job stays green too', async () => {
  await using job = await startJob({ ...fork, faults: [refused] })
  const { post } = await job.run({ main: false, jobStatus: 'failure' })
  expectSaid(post, 'warning', 'fork')
  expect(post?.summary).toMatch(/fork/)
})

test('a token that can write publishes for a fork’s pull request', async () => {
  await using job = await startJob({ ...fork, permissions: {} })
  expectQuiet(...Object.values(await job.follow()))
  expect(job.shown(HEAD)).toEqual({ 'CI / build': 'success' })
})

test('a personal token’s refusal on a fork is not the fork’s: it fails, and names the token’s settings', async () => {
  const personal = 'github_pat_9876543210zyxwvutsrqponmlkjihgfedc'
  await using job = await startJob({ ...fork, with: { token: personal, state: 'success' } })
  job.sandbox.github.token(personal, { kind: 'personal', statuses: 'read' })
  expectSaid(await job.stage('main'), 'error', 'personal access token')
})

describe.each<[string, Setup]>([
  ['a push', { permissions, with: { sha: HEAD } }],
  ['a pull request of the same repository', ofEvent('pull_request', pullRequest(1))],
  ['pull_request_target', ofEvent('pull_request_target', pullRequest(2))],
])('on %s, a lack of permission', (_, setup) => {
  test('fails main, which names it; post says no more', async () => {
    await using job = await startJob(setup)
    const { pre, main, post } = await job.follow()
    expectSaid(pre, 'warning', 'statuses: write')
    expectSaid(main, 'error', 'statuses: write')
    expectQuiet(post)
    expect(main.outputs.published).toBe('false')
    expect(job.results.map(({ summary }) => summary).join('')).toBe('')
  })

  test('is a warning with `fail_on_error: false`', async () => {
    await using job = await startJob({ ...setup, with: { ...setup.with, fail_on_error: 'false' } })
    const { main, post } = await job.follow()
    expectSaid(main, 'warning', 'statuses: write')
    expect(post.exitCode).toBe(0)
  })
})

test('in another repository it is no matter of forks: the error asks for another token', async () => {
  await using job = await startJob({
    ...fork,
    with: { state: 'success', repository: 'octo-org/other' },
    faults: [
      { ...answers(403, { message: 'Resource not accessible by integration' }), method: 'POST' },
    ],
  })
  expectSaid(await job.stage('main'), 'error', 'its own repository only', 'octo-org/other')
})
