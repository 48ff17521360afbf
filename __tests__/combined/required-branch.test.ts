import { describe, expect, test } from '@jest/globals'
import { baseOf } from '../../src/combined/rules/branch.ts'
import { expectSaid } from '../support/expect.ts'
import { HEAD, REPOSITORY, type Setup, startJob } from '../support/job.ts'

const pull = (ref: string, id = 1) => ({ base: { ref, repo: { id } } })
const run = (...pull_requests: object[]) => ({
  repository: { id: 1 },
  workflow_run: { pull_requests },
})
const comment = { issue: { number: 7, pull_request: {} } }

test.each<[string, unknown, object | undefined]>([
  ['pull_request', { pull_request: { base: { ref: 'main' } } }, { branch: 'main' }],
  ['pull_request_target', { pull_request: { base: { ref: 'v1' } } }, { branch: 'v1' }],
  ['pull_request_review', { pull_request: { base: { ref: 'main' } } }, { branch: 'main' }],
  ['pull_request_review_comment', { pull_request: { base: { ref: 'a/b' } } }, { branch: 'a/b' }],
  ['pull_request', {}, undefined],
  ['issue_comment', comment, { pullRequest: 7 }],
  ['issue_comment', { issue: { number: 7 } }, undefined],
  ['merge_group', { merge_group: { base_ref: 'refs/heads/main' } }, { branch: 'main' }],
  ['workflow_run', run(pull('main')), { branch: 'main' }],
  ['workflow_run', run(pull('main'), pull('main')), { branch: 'main' }],
  ['workflow_run', run(pull('main'), pull('v1')), undefined],
  ['workflow_run', run(pull('main'), pull('v1', 2)), { branch: 'main' }],
  ['workflow_run', run(), undefined],
  ['push', { ref: 'refs/heads/release/v1' }, { branch: 'release/v1' }],
  ['push', { ref: 'refs/tags/v1' }, undefined],
  ['push', { ref: 'refs/heads/gh-readonly-queue/main/pr-7-abc' }, undefined],
  ['schedule', { ref: 'refs/heads/main' }, undefined],
  ['workflow_dispatch', { ref: 'refs/heads/main' }, undefined],
  ['status', {}, undefined],
  ['push', null, undefined],
])('of %s with %j the base is %j', (event, payload, base) => {
  expect(baseOf(event, payload)).toEqual(base)
})

const start = (required_by: string, setup: Setup = {}) =>
  startJob({ ...setup, action: 'combined', with: { required_by, ...setup.with } })

describe('the branch is found before anything is read of it', () => {
  test.each<[string, string, Setup]>([
    ['an event that has no base', 'event', { event: { name: 'schedule', payload: {} } }],
    ['an event of another repository', 'event', { with: { repository: 'octo-org/other' } }],
    ['a pattern', 'release/*', {}],
    ['a path', '../main', {}],
    ['an expression that came to nothing', '', {}],
  ])('%s is a wrong input', async (_, required_by, setup) => {
    await using job = await start(required_by, setup)
    expectSaid(await job.stage('main'), 'error', `Input \`required_by\` is`, 'of a branch')
    expect(job.requests()).toEqual([])
  })

  test('a comment takes one request for the head and the base of its pull request', async () => {
    const declared = { branches: { v1: HEAD }, pulls: { 7: { head: HEAD, base: 'v1' } } }
    const event = { name: 'issue_comment', payload: comment }
    await using job = await start('event', { declared, event })
    expectSaid(await job.stage('main'), 'error', '"v1" requires no status check')
    expect(job.requests()).toEqual(
      ['pulls/7', 'branches/v1', 'rules/branches/v1'].map(
        (path) => `GET /repos/${REPOSITORY}/${path}`,
      ),
    )
  })

  test('a branch called none is `heads/none`', async () => {
    await using job = await start('heads/none', { declared: { branches: { none: HEAD } } })
    expectSaid(await job.stage('main'), 'error', '"none" requires no status check')
  })
})
