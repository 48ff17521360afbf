import { describe, expect, test } from '@jest/globals'
import { commitOf, isSha } from '../../src/status/event-commit.ts'

const HEAD = 'a'.repeat(40)
const MERGE = 'b'.repeat(40)
const TAG_OBJECT = 'c'.repeat(40)

const pullRequest = { pull_request: { head: { sha: HEAD }, merge_commit_sha: MERGE } }

/** What every event needs, though a step can empty it. */
const FILE = 'an event file that is JSON'

describe('the commit of an event', () => {
  test.each<[event: string, payload: unknown, commit: unknown]>([
    ['pull_request', pullRequest, { sha: HEAD }],
    ['pull_request_target', pullRequest, { sha: HEAD }],
    ['pull_request_review', pullRequest, { sha: HEAD }],
    [
      'pull_request_review_comment',
      { ...pullRequest, comment: { commit_id: MERGE } },
      { sha: HEAD },
    ],
    ['workflow_run', { workflow_run: { head_sha: HEAD } }, { sha: HEAD }],
    ['check_run', { check_run: { head_sha: HEAD } }, { sha: HEAD }],
    ['check_suite', { check_suite: { head_sha: HEAD, after: MERGE } }, { sha: HEAD }],
    ['commit_comment', { comment: { commit_id: HEAD } }, { sha: HEAD }],
    ['merge_group', { merge_group: { head_sha: HEAD } }, { sha: HEAD }],
    ['status', { sha: HEAD }, { sha: HEAD }],
    ['deployment', { deployment: { sha: HEAD } }, { sha: HEAD }],
    ['deployment_status', { deployment: { sha: HEAD } }, { sha: HEAD }],
    ['issue_comment', { issue: { number: 7, pull_request: {} } }, { pullRequest: 7 }],
    ['issue_comment', { issue: { number: 7 } }, { sha: MERGE }],
    ['push', { after: TAG_OBJECT, deleted: false }, { sha: MERGE }],
    [
      'push',
      { after: '0'.repeat(40), deleted: true },
      { none: 'the push deleted the branch or tag' },
    ],
    ['delete', { ref: 'gone' }, { sha: MERGE }],
    ['schedule', { schedule: '0 0 * * *' }, { sha: MERGE }],
    ['workflow_dispatch', {}, { sha: MERGE }],
    ['release', { release: { target_commitish: 'main' } }, { sha: MERGE }],
    ['one_of_next_year', pullRequest, { sha: MERGE }],
    ['constructor', {}, { sha: MERGE }],
    ['', {}, { sha: MERGE }],
  ])('%s with %j', (event, payload, commit) => {
    expect(commitOf(event, payload, MERGE)).toEqual(commit)
  })

  test.each<[event: string, payload: unknown, lacks: string]>([
    ['pull_request', undefined, FILE],
    ['pull_request', null, FILE],
    ['pull_request', 'text', FILE],
    ['pull_request', { pull_request: null }, 'pull_request.head.sha'],
    ['pull_request', { pull_request: { head: { sha: null } } }, 'pull_request.head.sha'],
    ['pull_request', { pull_request: { head: { sha: [HEAD] } } }, 'pull_request.head.sha'],
    ['pull_request', { pull_request: { head: { sha: HEAD.slice(1) } } }, 'pull_request.head.sha'],
    ['pull_request', { pull_request: { head: { sha: `${HEAD}\n` } } }, 'pull_request.head.sha'],
    ['pull_request_target', {}, 'pull_request.head.sha'],
    ['pull_request_review', {}, 'pull_request.head.sha'],
    ['pull_request_review_comment', {}, 'pull_request.head.sha'],
    ['workflow_run', {}, 'workflow_run.head_sha'],
    ['check_run', {}, 'check_run.head_sha'],
    ['check_suite', {}, 'check_suite.head_sha'],
    ['commit_comment', { comment: {} }, 'comment.commit_id'],
    ['merge_group', {}, 'merge_group.head_sha'],
    ['status', {}, 'sha'],
    ['deployment', {}, 'deployment.sha'],
    ['deployment_status', { deployment_status: { sha: HEAD } }, 'deployment.sha'],
    ['issue_comment', {}, 'issue'],
    ['issue_comment', { issue: { pull_request: {} } }, 'issue.number'],
    ['issue_comment', { issue: { number: '7', pull_request: {} } }, 'issue.number'],
    ['issue_comment', { issue: { number: -7, pull_request: {} } }, 'issue.number'],
    ['push', undefined, FILE],
    ['workflow_dispatch', [null], FILE],
    ['issue_comment', { issue: { number: 1.5, pull_request: {} } }, 'issue.number'],
  ])('%s with %j lacks it', (event, payload, lacks) => {
    expect(commitOf(event, payload, MERGE)).toEqual({ lacks })
  })

  const payload = 'github.event.client_payload'
  test.each<[event: string, payload: unknown, meant: string[] | undefined]>([
    [
      'repository_dispatch',
      { client_payload: { pull_request: { head: { sha: HEAD } } } },
      [`${payload}.pull_request.head.sha`],
    ],
    [
      'repository_dispatch',
      { client_payload: { a: [HEAD], 'b c': TAG_OBJECT } },
      [`${payload}.a[0]`, `${payload}['b c']`],
    ],
    [
      'repository_dispatch',
      { client_payload: { sha: MERGE.toUpperCase(), short: HEAD.slice(1) } },
      undefined,
    ],
    ['repository_dispatch', { client_payload: { sha256: 'a'.repeat(64) } }, undefined],
    [
      'repository_dispatch',
      { client_payload: { a: { b: { c: { d: HEAD } } } } },
      [`${payload}.a.b.c.d`],
    ],
    ['repository_dispatch', { client_payload: { a: { b: { c: { d: { e: HEAD } } } } } }, undefined],
    [
      'workflow_dispatch',
      { inputs: { head_sha: HEAD, ref: TAG_OBJECT } },
      ['github.event.inputs.head_sha', 'github.event.inputs.ref'],
    ],
    ['workflow_dispatch', { inputs: { sha: MERGE, base: HEAD, ref: 'main' } }, undefined],
    ['workflow_dispatch', { inputs: null }, undefined],
    ['workflow_dispatch', { inputs: { Commit: ` ${HEAD} ` } }, ['github.event.inputs.Commit']],
  ])('%s with %j is unclear if it names another', (event, payload, meant) => {
    expect(commitOf(event, payload, MERGE)).toEqual(meant ? { meant } : { sha: MERGE })
  })

  test.each(['', 'main', HEAD.slice(1), `${HEAD} `])('a GITHUB_SHA of %j is none', (githubSha) => {
    expect(commitOf('push', {}, githubSha)).toEqual({ lacks: 'GITHUB_SHA' })
  })

  test('is in small letters', () => {
    expect(commitOf('status', { sha: HEAD.toUpperCase() }, '')).toEqual({ sha: HEAD })
    expect(commitOf('push', {}, MERGE.toUpperCase())).toEqual({ sha: MERGE })
  })
})

test.each<[unknown, boolean]>([
  [HEAD, true],
  [HEAD.toUpperCase(), true],
  ['a'.repeat(64), true],
  ['a'.repeat(63), false],
  [`${HEAD}0`, false],
  ['g'.repeat(40), false],
  [`${HEAD}\n`, false],
  [Number.POSITIVE_INFINITY, false],
  [undefined, false],
])('%j is a commit id: %j', (text, expected) => {
  expect(isSha(text)).toBe(expected)
})
