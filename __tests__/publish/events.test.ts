import { createRequire } from 'node:module'
import { describe, expect, test } from '@jest/globals'
import { HEAD, REPOSITORY, SHA, startJob } from '../support/job.ts'

// biome-ignore lint/suspicious/noExplicitAny: payloads as GitHub recorded them, read at will
type Payload = any

const examples: { name: string; examples: Payload[] }[] = createRequire(import.meta.url)(
  '@octokit/webhooks-examples',
)

/** An event whose payload names HEAD where it should be looked for, and other commits where it should not. */
const OTHER = 'f'.repeat(40)
const pullRequest = {
  number: 7,
  pull_request: { number: 7, head: { sha: HEAD }, base: { sha: OTHER }, merge_commit_sha: SHA },
}
const deployment = { deployment: { sha: HEAD, ref: 'main', payload: { sha: OTHER } } }

describe('a job is followed on the right commit', () => {
  test.each<[title: string, payload: Payload, commit: string]>([
    ['pull_request', { action: 'synchronize', before: OTHER, after: OTHER, ...pullRequest }, HEAD],
    ['pull_request_target', pullRequest, HEAD],
    ['pull_request_review', { ...pullRequest, review: { commit_id: OTHER } }, HEAD],
    ['pull_request_review_comment', { ...pullRequest, comment: { commit_id: OTHER } }, HEAD],
    ['workflow_run', { workflow_run: { head_sha: HEAD, head_commit: { id: OTHER } } }, HEAD],
    ['check_run', { check_run: { head_sha: HEAD, check_suite: { head_sha: OTHER } } }, HEAD],
    ['check_suite', { check_suite: { head_sha: HEAD, before: OTHER, after: OTHER } }, HEAD],
    ['merge_group', { merge_group: { head_sha: HEAD, base_sha: OTHER } }, HEAD],
    ['status', { sha: HEAD, commit: { sha: OTHER } }, HEAD],
    ['deployment', deployment, HEAD],
    ['deployment_status', { ...deployment, deployment_status: { state: 'success' } }, HEAD],
    ['issue_comment: an issue', { issue: { number: 7 }, comment: { body: '/deploy' } }, SHA],
    [
      'push: a branch',
      { ref: 'refs/heads/main', before: OTHER, after: OTHER, deleted: false },
      SHA,
    ],
    [
      'push: an annotated tag',
      { ref: 'refs/tags/v1', after: OTHER, created: true, deleted: false },
      SHA,
    ],
    ['create', { ref: 'v1', ref_type: 'tag' }, SHA],
    ['delete', { ref: 'gone', ref_type: 'branch' }, SHA],
    ['release', { release: { target_commitish: OTHER } }, SHA],
    ['schedule', { schedule: '0 0 * * *' }, SHA],
    ['workflow_dispatch', { inputs: { sha: OTHER } }, SHA],
    ['repository_dispatch', { client_payload: { sha: OTHER } }, SHA],
  ])('%s', async (title, payload, commit) => {
    const [name = ''] = title.split(':')
    const job = await startJob({ event: { name, payload } })
    await job.run({ main: false, jobStatus: 'failure' })
    expect(job.requests()).toEqual([
      `POST /repos/${REPOSITORY}/statuses/${commit}`,
      `GET /repos/${REPOSITORY}/commits/${commit}/statuses`,
      `POST /repos/${REPOSITORY}/statuses/${commit}`,
    ])
    expect(job.published()).toMatchObject([{ state: 'pending' }, { state: 'failure' }])
    expect(job.annotations()).toEqual([])
  })
})

describe('a comment on a pull request', () => {
  const event = { name: 'issue_comment', payload: { issue: { number: 7, pull_request: {} } } }
  const declared = { pulls: { 7: { head: HEAD } } }

  test('is about its head, which is asked for once in the whole job', async () => {
    const job = await startJob({ event, declared })
    const { main } = await job.run()
    expect(job.requests()).toEqual([
      `GET /repos/${REPOSITORY}/pulls/7`,
      `POST /repos/${REPOSITORY}/statuses/${HEAD}`,
      `GET /repos/${REPOSITORY}/commits/${HEAD}/statuses`,
      `POST /repos/${REPOSITORY}/statuses/${HEAD}`,
    ])
    expect(main?.outputs.sha).toBe(HEAD)
  })

  test('keeps to that head when another commit is pushed meanwhile', async () => {
    const job = await startJob({ event, declared })
    await job.stage('pre')
    job.sandbox.github.repository(REPOSITORY, { pulls: { 7: { head: SHA } } })
    await job.stage('post')
    expect(job.published()).toMatchObject([
      { sha: HEAD, state: 'pending' },
      { sha: HEAD, state: 'success' },
    ])
  })

  test('that may not be read is told apart: `pull-requests: read`', async () => {
    const job = await startJob({
      event,
      declared: { ...declared, private: true },
      permissions: { pull_requests: 'none' },
    })
    const { pre, main, post } = await job.run()
    expect([pre?.exitCode, main?.exitCode]).toEqual([0, 1])
    expect(pre?.annotations).toMatchObject([{ level: 'warning' }])
    expect(main?.annotations).toEqual([
      {
        level: 'error',
        message: expect.stringMatching(
          /pull request #7: .*`permissions: \{ statuses: write, pull-requests: read \}`/,
        ),
      },
    ])
    expect(post?.annotations).toEqual([])
    expect(main?.outputs).toMatchObject({ published: 'false', sha: '' })
    expect(job.published()).toEqual([])
  })
})

test.each<[who: 'pre' | 'main', inputs: Record<string, string>, pre: boolean]>([
  ['pre', {}, true],
  ['main', {}, false],
  ['main', { state: 'success' }, true],
])(
  'a push that deletes a branch has no commit: %s publishes nothing, and says so',
  async (who, inputs, pre) => {
    const payload = { ref: 'refs/heads/gone', after: '0'.repeat(40), deleted: true }
    const job = await startJob({ event: { name: 'push', payload }, with: inputs })
    const stages = await job.run({ pre })
    expect(stages[who]?.log).toBe(
      'Nothing is published, since there is no commit: the push deleted the branch or tag.',
    )
    const { published, ...others } = stages.main?.outputs ?? {}
    expect(published).toBe('false')
    expect(new Set(Object.values(others))).toEqual(new Set(['']))
    expect(job.requests()).toEqual([])
    expect(job.annotations()).toEqual([])
  },
)

describe('an event whose payload lacks the commit asks for `sha`, and makes no request', () => {
  test.each([
    ['pull_request', 'pull_request.head.sha'],
    ['pull_request_target', 'pull_request.head.sha'],
    ['pull_request_review', 'pull_request.head.sha'],
    ['pull_request_review_comment', 'pull_request.head.sha'],
    ['workflow_run', 'workflow_run.head_sha'],
    ['check_run', 'check_run.head_sha'],
    ['check_suite', 'check_suite.head_sha'],
    ['merge_group', 'merge_group.head_sha'],
    ['status', 'sha'],
    ['deployment', 'deployment.sha'],
    ['deployment_status', 'deployment.sha'],
  ])('%s without %s', async (name, field) => {
    const job = await startJob({ event: { name, payload: { action: 'created' } } })
    expect(await job.stage('main')).toMatchObject({
      exitCode: 1,
      annotations: [
        {
          level: 'error',
          message: `Input \`sha\` is empty: expected a commit, since the event "${name}" does not say which (it lacks ${field}); write \`sha: \${{ github.event.EXAMPLE.sha }}\`.`,
        },
      ],
    })
    expect(job.requests()).toEqual([])
  })

  test('and takes it', async () => {
    const job = await startJob({
      event: { name: 'pull_request', payload: {} },
      with: { sha: HEAD.toUpperCase() },
    })
    await job.run()
    expect(job.published()).toMatchObject([
      { sha: HEAD, state: 'pending' },
      { sha: HEAD, state: 'success' },
    ])
    expect(job.annotations()).toEqual([])
  })
})

/** By what is said of each event in the documentation of workflows: here a payload's head, there GITHUB_SHA. */
const COMMITS: Record<string, (payload: Payload) => string | undefined> = {
  branch_protection_rule: () => SHA,
  check_run: ({ check_run }) => check_run.head_sha,
  check_suite: ({ check_suite }) => check_suite.head_sha,
  create: () => SHA,
  delete: () => SHA,
  deployment: (payload) => payload.deployment.sha,
  deployment_status: (payload) => payload.deployment.sha,
  discussion: () => SHA,
  discussion_comment: () => SHA,
  fork: () => SHA,
  gollum: () => SHA,
  issue_comment: ({ issue }) => (issue.pull_request ? HEAD : SHA),
  issues: () => SHA,
  label: () => SHA,
  merge_group: ({ merge_group }) => merge_group.head_sha,
  milestone: () => SHA,
  page_build: () => SHA,
  public: () => SHA,
  pull_request: ({ pull_request }) => pull_request.head.sha,
  pull_request_review: ({ pull_request }) => pull_request.head.sha,
  pull_request_review_comment: ({ pull_request }) => pull_request.head.sha,
  push: ({ deleted }) => (deleted ? undefined : SHA),
  release: () => SHA,
  repository_dispatch: () => SHA,
  status: ({ sha }) => sha,
  watch: () => SHA,
  workflow_dispatch: () => SHA,
  workflow_run: ({ workflow_run }) => workflow_run.head_sha,
}

describe('every recorded payload of the events that start workflows', () => {
  test.each(Object.entries(COMMITS))('%s', async (name, commitOf) => {
    const payloads = examples.find((event) => event.name === name)?.examples ?? []
    expect(payloads).not.toEqual([])
    await Promise.all(payloads.map((payload) => publishesOn(name, payload, commitOf(payload))))
  })

  async function publishesOn(name: string, payload: Payload, commit: string | undefined) {
    const repository: string = payload.repository.full_name
    const number: number | undefined =
      name === 'issue_comment' && payload.issue.pull_request ? payload.issue.number : undefined
    const job = await startJob({
      event: { name, payload },
      repository,
      declared: {
        commits: commit === undefined ? [] : [commit],
        pulls: number === undefined ? {} : { [number]: { head: HEAD } },
      },
      with: { state: 'success' },
    })
    const { exitCode, outputs, annotations } = await job.stage('main')
    expect({ exitCode, annotations, sha: outputs.sha }).toEqual({
      exitCode: 0,
      annotations: [],
      sha: commit ?? '',
    })
    expect(job.requests()).toEqual([
      ...(number === undefined ? [] : [`GET /repos/${repository}/pulls/${number}`]),
      ...(commit === undefined ? [] : [`POST /repos/${repository}/statuses/${commit}`]),
    ])
  }
})
