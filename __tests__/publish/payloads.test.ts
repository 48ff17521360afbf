import { createRequire } from 'node:module'
import { expect, test } from '@jest/globals'
import { expectQuiet } from '../support/expect.ts'
import { HEAD, SHA, startJob } from '../support/job.ts'

// biome-ignore lint/suspicious/noExplicitAny: payloads as GitHub recorded them, read at will
type Payload = any

const examples: { name: string; examples: Payload[] }[] = createRequire(import.meta.url)(
  '@octokit/webhooks-examples',
)

const githubSha = () => SHA
const head = ({ pull_request }: Payload) => pull_request.head.sha

/** As the documentation of workflows says of each event: here a payload's head, there GITHUB_SHA. */
const COMMITS: Record<string, (payload: Payload) => string | undefined> = {
  branch_protection_rule: githubSha,
  check_run: ({ check_run }) => check_run.head_sha,
  check_suite: ({ check_suite }) => check_suite.head_sha,
  create: githubSha,
  delete: githubSha,
  deployment: ({ deployment }) => deployment.sha,
  deployment_status: ({ deployment }) => deployment.sha,
  discussion: githubSha,
  discussion_comment: githubSha,
  fork: githubSha,
  gollum: githubSha,
  issue_comment: ({ issue }) => (issue.pull_request ? HEAD : SHA),
  issues: githubSha,
  label: githubSha,
  merge_group: ({ merge_group }) => merge_group.head_sha,
  milestone: githubSha,
  page_build: githubSha,
  public: githubSha,
  pull_request: head,
  pull_request_review: head,
  pull_request_review_comment: head,
  push: ({ deleted }) => (deleted ? undefined : SHA),
  release: githubSha,
  repository_dispatch: githubSha,
  status: ({ sha }) => sha,
  watch: githubSha,
  workflow_dispatch: githubSha,
  workflow_run: ({ workflow_run }) => workflow_run.head_sha,
}

test.each(Object.entries(COMMITS))(
  'the first and the last recorded payload of %s are published on their commits',
  async (name, commitOf) => {
    const { examples: [first, ...more] = [] } = examples.find((event) => event.name === name) ?? {}
    expect(first).toBeDefined()
    await Promise.all(
      [first, ...more.slice(-1)].map((payload) => publishesOn(name, payload, commitOf(payload))),
    )
  },
)

async function publishesOn(name: string, payload: Payload, commit: string | undefined) {
  const number = name === 'issue_comment' && payload.issue.pull_request && payload.issue.number
  await using job = await startJob({
    event: { name, payload },
    repository: payload.repository.full_name,
    declared: {
      commits: commit === undefined ? [] : [commit],
      pulls: number ? { [number]: { head: HEAD } } : {},
    },
    with: { state: 'success' },
  })
  const main = await job.stage('main')
  expectQuiet(main)
  expect(main.outputs.sha).toBe(commit ?? '')
  expect(job.published().map(({ sha }) => sha)).toEqual(commit === undefined ? [] : [commit])
}
