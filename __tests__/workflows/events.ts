import { payloadOf } from '../../sandbox/runner/payloads.ts'

/** What triggers a workflow, and the commit that its statuses belong on. */
export interface Trigger {
  name: string
  payload: object
  repository: string
  /** GITHUB_SHA. */
  sha: string
  head: string
}

interface Repository {
  full_name: string
  id: number
}

const DEFAULT_BRANCH = '0'.repeat(39).concat('1')
const TEST_MERGE = 'f'.repeat(40)

interface Push {
  ref: string
  after: string
  repository: Repository
}

export function push(): Trigger {
  const payload = payloadOf<Push>('push', ({ ref }) => ref.startsWith('refs/heads/'))
  return {
    name: 'push',
    payload,
    repository: payload.repository.full_name,
    sha: payload.after,
    head: payload.after,
  }
}

/** GitHub runs a workflow for a deleted branch too, on the default branch. */
export function deletion(): Trigger {
  const trigger = push()
  const payload = { ...trigger.payload, after: '0'.repeat(40), deleted: true }
  return { ...trigger, payload, sha: DEFAULT_BRANCH }
}

interface PullRequest {
  action: string
  number: number
  repository: Repository
  pull_request: {
    title: string
    head: { sha: string; repo: Repository }
    draft: boolean
    user: { login: string }
  }
}

export function pullRequest(change: (payload: PullRequest) => void = () => {}): Trigger {
  const payload = payloadOf<PullRequest>('pull_request', ({ action }) => action === 'opened')
  change(payload)
  const { repository, pull_request } = payload
  return {
    name: 'pull_request',
    payload,
    repository: repository.full_name,
    sha: TEST_MERGE,
    head: pull_request.head.sha,
  }
}

/** None of the recorded pull requests is a fork's: this one becomes one by its head's repository. */
export const forkPullRequest = () =>
  pullRequest(({ pull_request: { head } }) => {
    head.repo = { ...head.repo, full_name: 'octocat/Hello-World', id: 1 }
  })

export function mergeGroup(): Trigger {
  const payload = payloadOf<{ repository: Repository; merge_group: { head_sha: string } }>(
    'merge_group',
  )
  const head = payload.merge_group.head_sha
  return { name: 'merge_group', payload, repository: payload.repository.full_name, sha: head, head }
}

interface Comment {
  action: string
  repository: Repository
  issue: { number: number; pull_request?: object }
  comment: { body: string; author_association: string }
}

/** A comment on a pull request. The recorded ones are on issues. */
export function comment(body: string, author_association = 'MEMBER'): Trigger {
  const payload = payloadOf<Comment>('issue_comment', ({ action }) => action === 'created')
  payload.issue.pull_request = {}
  Object.assign(payload.comment, { body, author_association })
  const repository = payload.repository.full_name
  return { name: 'issue_comment', payload, repository, sha: DEFAULT_BRANCH, head: 'c'.repeat(40) }
}

interface WorkflowRun {
  action: string
  repository: Repository
  workflow_run: {
    id: number
    event: string
    head_sha: string
    conclusion: string | null
    html_url: string
    updated_at: string
    head_repository: Repository
  }
}

/** The end of a run, or its start where there is no conclusion, of a pull request from a fork unless it is said. */
export function workflowRun(conclusion: string | null, from = 'octocat/Hello-World'): Trigger {
  const action = conclusion === null ? 'requested' : 'completed'
  const payload = payloadOf<WorkflowRun>('workflow_run', (example) => example.action === action)
  const { repository, workflow_run: run } = payload
  Object.assign(run, {
    conclusion,
    event: 'pull_request',
    updated_at: new Date(Date.now() + 3_600_000).toISOString(), // what a test publishes before is older
  })
  run.head_repository.full_name = from
  return {
    name: 'workflow_run',
    payload,
    repository: repository.full_name,
    sha: DEFAULT_BRANCH,
    head: run.head_sha,
  }
}

export function repositoryDispatch(client_payload: { repository: string; sha: string }): Trigger {
  const payload = payloadOf<{ repository: Repository; client_payload: object }>(
    'repository_dispatch',
  )
  payload.client_payload = client_payload
  return {
    name: 'repository_dispatch',
    payload,
    repository: payload.repository.full_name,
    sha: DEFAULT_BRANCH,
    head: client_payload.sha,
  }
}

export function workflowDispatch(inputs: Record<string, string> = {}): Trigger {
  const payload = payloadOf<{ repository: Repository; inputs: object }>('workflow_dispatch')
  payload.inputs = inputs
  return {
    name: 'workflow_dispatch',
    payload,
    repository: payload.repository.full_name,
    sha: DEFAULT_BRANCH,
    head: DEFAULT_BRANCH,
  }
}

/** GitHub sends no payload to others for it: the workflow has its schedule alone. */
export function schedule(head: string): Trigger {
  const repository = 'octo-org/octo-repo'
  return {
    name: 'schedule',
    payload: { schedule: '17 4 * * *' },
    repository,
    sha: DEFAULT_BRANCH,
    head,
  }
}

interface Status {
  context: string
  state: string
  description: string | null
  target_url: string | null
  sha: string
  repository: Repository
}

export function status(
  context: string,
  state: string,
  description: string | null,
  target_url: string | null,
): Trigger {
  const payload = payloadOf<Status>('status')
  Object.assign(payload, { context, state, description, target_url })
  const { repository, sha } = payload
  return {
    name: 'status',
    payload,
    repository: repository.full_name,
    sha: DEFAULT_BRANCH,
    head: sha,
  }
}
