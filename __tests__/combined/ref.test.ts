import { describe, expect, test } from '@jest/globals'
import { expectSaid } from '../support/expect.ts'
import { answers } from '../support/faults.ts'
import { put } from '../support/history.ts'
import { HEAD, REPOSITORY, type Setup, SHA, startJob } from '../support/job.ts'

const action = 'combined' as const

describe('the ref', () => {
  const declared = {
    branches: { main: SHA, 'feature/a/b': HEAD, 'v1.0': SHA, event: HEAD },
    tags: { 'v1.0': HEAD, 'rel/2#?%': HEAD },
  }

  test.each([
    ['feature/a/b', HEAD],
    ['refs/heads/feature/a/b', HEAD],
    ['heads/feature/a/b', HEAD],
    ['refs/tags/v1.0', HEAD],
    ['tags/v1.0', HEAD],
    ['v1.0', SHA],
    ['rel/2#?%', HEAD],
    [HEAD, HEAD],
    [HEAD.toUpperCase(), HEAD],
    ['event', SHA],
    ['heads/event', HEAD],
  ])('%s', async (ref, sha) => {
    await using job = await startJob({ action, with: { ref }, declared })
    put(job, { ci: 'success' }, {}, sha)
    expect((await job.stage('main')).outputs).toMatchObject({ sha, state: 'success' })
  })

  test('on Gitea: a branch by its whole name, which that server does not know', async () => {
    const inputs = { ref: 'refs/heads/main' }
    await using job = await startJob({ action, server: 'gitea', declared, with: inputs })
    expect((await job.stage('main')).outputs).toMatchObject({ sha: SHA })
  })

  test('in another repository', async () => {
    await using job = await startJob({ action, with: { repository: 'other/place', ref: 'main' } })
    job.sandbox.github.repository('other/place', { branches: { main: HEAD } })
    job.sandbox.github.publish('other/place', HEAD, { context: 'ci', state: 'success' })
    expect((await job.stage('main')).outputs).toMatchObject({ state: 'success', sha: HEAD })
  })
})

describe('a ref that is not there is named in one sentence', () => {
  const missing = { faults: [{ ...answers(404, { message: 'Not Found' }), times: 3 }] }
  test.each<[string, string, string, Setup]>([
    ['a branch', 'no/such', 'no/such', {}],
    ['a whole name', 'refs/heads/none', 'heads/none', {}],
    ['a SHA', 'f'.repeat(40), 'f'.repeat(40), {}],
    ['one as the documents of GitHub have it', 'no/such', 'no/such', missing],
    ['a branch on Gitea', 'refs/heads/none', 'none', { server: 'gitea' }],
    ['a SHA on Gitea', 'f'.repeat(40), 'f'.repeat(40), { server: 'gitea' }],
  ])('%s', async (_, ref, name, setup) => {
    const inputs = { ref, timeout_minutes: '1', require_success: 'true' }
    await using job = await startJob({ action, with: inputs, ...setup })
    const result = await job.stage('main')
    expectSaid(result, 'error', `Could not read the combined status of "${name}": `, 'Check `ref`')
    expect(result).toMatchObject({ outputs: {}, summary: '' })
  })
})

describe('by default it is the commit the event is about', () => {
  const comment = { issue: { number: 7, pull_request: {} } }
  test.each<[string, string, object, string]>([
    ['push', 'the pushed commit', { deleted: false, after: HEAD }, SHA],
    ['pull_request', 'its head', { pull_request: { head: { sha: HEAD } } }, HEAD],
    ['issue_comment', 'the head of its pull request', comment, HEAD],
    ['workflow_run', 'the commit of the run', { workflow_run: { head_sha: HEAD } }, HEAD],
    ['schedule', 'GITHUB_SHA', {}, SHA],
  ])('%s: %s', async (name, _, payload, sha) => {
    const declared = { pulls: { 7: { head: HEAD } } }
    await using job = await startJob({ action, event: { name, payload }, declared })
    expect((await job.stage('main')).outputs.sha).toBe(sha)
  })

  test('a push that deleted its branch has none: an error before any request', async () => {
    const event = { name: 'push', payload: { deleted: true } }
    await using job = await startJob({ action, event })
    expectSaid(
      await job.stage('main'),
      'error',
      'Input `ref` is "event": expected a SHA, branch or tag, since the push deleted the branch or tag.',
    )
    expect(job.requests()).toEqual([])
  })

  test('an event that lacks it is an error before any request', async () => {
    await using job = await startJob({ action, event: { name: 'pull_request', payload: {} } })
    expectSaid(await job.stage('main'), 'error', /Input `ref` is "event": .*"pull_request".*lacks/)
    expect(job.requests()).toEqual([])
  })

  test('a pull request that the token cannot see is asked for with its permission', async () => {
    const declared = { pulls: { 7: { head: HEAD } }, private: true }
    const permissions = { pull_requests: 'none' } as const
    const event = { name: 'issue_comment', payload: comment }
    await using job = await startJob({ action, event, declared, permissions })
    expectSaid(await job.stage('main'), 'error', 'head of pull request #7', 'pull-requests: read')
  })

  test('a branch that moves on during a wait is followed to its new commit', async () => {
    const inputs = { ref: 'main', timeout_minutes: '0.5', interval_seconds: '1' }
    const declared = { branches: { main: SHA } }
    await using job = await startJob({ action, with: inputs, declared, statuses: { a: 'pending' } })
    put(job, { a: 'success' }, {}, HEAD)
    const moves = () => job.sandbox.github.repository(REPOSITORY, { branches: { main: HEAD } })
    const result = await job.stage('main', {
      onLine: (line) => line.startsWith('Waiting. ') && moves(),
    })
    expect(result.outputs).toMatchObject({ sha: HEAD, state: 'success' })
  })
})
