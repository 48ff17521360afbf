import {
  openedPullRequest,
  type Payload,
  payloadOf,
  pushToBranch,
} from '../../sandbox/runner/payloads.ts'

/** What triggers a workflow, and the commit that its statuses belong on. */
export interface Trigger<P extends object = object> {
  name: string
  payload: P
  repository: string
  /** GITHUB_SHA. */
  sha: string
  head: string
}

const DEFAULT_BRANCH = '0'.repeat(39).concat('1')
const TEST_MERGE = 'f'.repeat(40)

function trigger<P extends { repository: { full_name: string } }>(
  name: string,
  payload: P,
  head: string,
  sha = DEFAULT_BRANCH,
): Trigger<P> {
  return { name, payload, repository: payload.repository.full_name, sha, head }
}

export function push() {
  const payload = pushToBranch()
  return trigger('push', payload, payload.after, payload.after)
}

type PullRequest = ReturnType<typeof openedPullRequest>['pull_request']

export function pullRequest(change: (pull: PullRequest) => void = () => {}) {
  const payload = openedPullRequest()
  change(payload.pull_request)
  return trigger('pull_request', payload, payload.pull_request.head.sha, TEST_MERGE)
}

/** None of the recorded pull requests is a fork's: this one becomes one by its head's repository. */
export const forkPullRequest = () =>
  pullRequest(({ head }) => {
    Object.assign(head.repo ?? {}, { full_name: 'octocat/Hello-World', id: 1 })
  })

export function mergeGroup() {
  const payload = payloadOf('merge_group')
  const { head_sha } = payload.merge_group
  return trigger('merge_group', payload, head_sha, head_sha)
}

/** A comment on a pull request. The recorded ones are on issues. */
export function comment(body: string) {
  const payload = payloadOf('issue_comment', (one) => one.action === 'created')
  Object.assign(payload.issue, { pull_request: {} })
  Object.assign(payload.comment, { body })
  return trigger('issue_comment', payload, 'c'.repeat(40))
}

/** The end of a run, or its start if there is no conclusion, for a fork's pull request unless told. */
export function workflowRun(
  conclusion: string | null,
  from = 'octocat/Hello-World',
  event = 'pull_request',
) {
  const action = conclusion === null ? 'requested' : 'completed'
  const isMeant = (one: Payload<'workflow_run'>): one is typeof one => one.action === action
  const payload = payloadOf('workflow_run', isMeant)
  const updated_at = new Date(Date.now() + 3_600_000).toISOString() // what a test publishes before is older
  Object.assign(payload.workflow_run, { conclusion, event, updated_at })
  payload.workflow_run.head_repository.full_name = from
  return trigger('workflow_run', payload, payload.workflow_run.head_sha)
}

export function repositoryDispatch(client_payload: { repository: string; sha: string }) {
  const payload = { ...payloadOf('repository_dispatch'), client_payload }
  return trigger('repository_dispatch', payload, client_payload.sha)
}

export function workflowDispatch(inputs: Record<string, string> = {}, head = DEFAULT_BRANCH) {
  return trigger('workflow_dispatch', { ...payloadOf('workflow_dispatch'), inputs }, head)
}

/** GitHub sends no payload to others for it: the workflow has its schedule alone. */
export function schedule(head: string): Trigger {
  const repository = 'octo-org/octo-repo'
  const payload = { schedule: '17 4 * * *' }
  return { name: 'schedule', payload, repository, sha: DEFAULT_BRANCH, head }
}

export function status(
  context: string,
  state: string,
  description: string | null = null,
  target_url: string | null = null,
) {
  const payload = payloadOf('status')
  Object.assign(payload, { context, state, description, target_url })
  return trigger('status', payload, payload.sha)
}
