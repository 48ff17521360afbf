import { describe, expect, test } from '@jest/globals'
import { expectSaid } from '../support/expect.ts'
import { answers } from '../support/faults.ts'
import { put } from '../support/history.ts'
import { HEAD, type Setup, SHA, startJob } from '../support/job.ts'

const start = (setup: Setup = {}) => startJob({ action: 'combined', ...setup })

describe('the ref', () => {
  const declared = {
    branches: { main: SHA, 'feature/a/b': HEAD, 'v1.0': SHA },
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
  ])('%j', async (ref, sha) => {
    await using job = await start({ with: { ref }, declared })
    put(job, { ci: 'success' }, {}, sha)
    expect((await job.stage('main')).outputs).toMatchObject({ sha, state: 'success' })
  })

  const unknown = ['no/such', 'refs/heads/none', 'f'.repeat(40)]
  const servers: [string, Setup][] = [
    ['GitHub', {}],
    [
      'GitHub, as its documents have it',
      { faults: [{ times: 3, ...answers(404, { message: 'Not Found' }) }] },
    ],
    ['Gitea', { server: 'gitea' }],
  ]
  test.each(servers.flatMap(([server, setup]) => unknown.map((ref) => ({ server, setup, ref }))))(
    '$ref is not there: $server says so in one sentence that names it',
    async ({ ref, setup }) => {
      const inputs = { ref, timeout_minutes: '1', require_success: 'true' }
      await using job = await start({ with: inputs, ...setup })
      const result = await job.stage('main')
      expect(result).toMatchObject({ conclusion: 'failure', outputs: {}, summary: '' })
      expectSaid(result, 'error', ref.split('/').at(-1) ?? '', '`ref`', 'octo-org/octo-repo')
    },
  )

  test.each<[string, string, object, string | undefined]>([
    ['push', 'the pushed commit', { deleted: false, after: HEAD }, SHA],
    ['push', 'none, where a branch is deleted', { deleted: true }, undefined],
    ['pull_request', 'its head', { pull_request: { head: { sha: HEAD } } }, HEAD],
    [
      'issue_comment',
      'the head of its pull request',
      { issue: { number: 7, pull_request: {} } },
      HEAD,
    ],
    ['workflow_run', 'the commit of the run', { workflow_run: { head_sha: HEAD } }, HEAD],
    ['schedule', 'GITHUB_SHA', {}, SHA],
  ])('by default, on %s: %s', async (name, _, payload, sha) => {
    await using job = await start({
      event: { name, payload },
      declared: { pulls: { 7: { head: HEAD } } },
    })
    const result = await job.stage('main')
    expect(result.outputs.sha).toBe(sha)
    if (sha === undefined) {
      expectSaid(result, 'error', 'deleted', '`ref`')
      expect(job.requests()).toEqual([])
    }
  })

  test('the head of a pull request that the token may not see is asked for with a permission', async () => {
    await using job = await start({
      event: { name: 'issue_comment', payload: { issue: { number: 7, pull_request: {} } } },
      declared: { pulls: { 7: { head: HEAD } }, private: true },
      permissions: { pull_requests: 'none' },
    })
    expectSaid(await job.stage('main'), 'error', '#7', 'pull-requests: read')
  })

  test('another repository', async () => {
    await using job = await start({ with: { repository: 'other/place', ref: 'main' } })
    job.sandbox.github.repository('other/place', { branches: { main: HEAD } })
    job.sandbox.github.publish('other/place', HEAD, { context: 'ci', state: 'success' })
    expect((await job.stage('main')).outputs).toMatchObject({ state: 'success', sha: HEAD })
  })
})
