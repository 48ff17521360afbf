import { at, isRecord } from './json.ts'

/** A commit: its sha, the pull request whose head has to be asked for, or none, with the reason. */
export type Commit = { sha: string } | { pullRequest: number } | { none: string }

/** What to read: a SHA, branch or tag as the user gives it, or the event's commit. */
export type Ref = { ref: string } | Commit

/** Where each event's payload names the commit; every other event is about GITHUB_SHA. */
const SHA_FIELD: Readonly<Record<string, string>> = {
  pull_request: 'pull_request.head.sha',
  pull_request_target: 'pull_request.head.sha',
  pull_request_review: 'pull_request.head.sha',
  pull_request_review_comment: 'pull_request.head.sha',
  workflow_run: 'workflow_run.head_sha',
  check_run: 'check_run.head_sha',
  check_suite: 'check_suite.head_sha',
  merge_group: 'merge_group.head_sha',
  status: 'sha',
  deployment: 'deployment.sha',
  deployment_status: 'deployment.sha',
}

/**
 * The commit that people look at for an event, or the field that the payload lacks for it.
 *
 * Never the test merge commit that GITHUB_SHA is on `pull_request` (a status there takes over from the head's), nor the
 * default branch that it is on `workflow_run` and others.
 * https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows
 * @param payload the event as GitHub sent it: nothing in it is trusted
 */
export function commitOf(
  event: string,
  payload: unknown,
  githubSha: string,
): Commit | { lacks: string } {
  const field = Object.hasOwn(SHA_FIELD, event) ? SHA_FIELD[event] : undefined
  if (field !== undefined) return shaOr(at(payload, field), field)
  if (event === 'push' && at(payload, 'deleted') === true)
    return { none: 'the push deleted the branch or tag' }
  if (event === 'issue_comment' && isRecord(at(payload, 'issue.pull_request'))) {
    const number = at(payload, 'issue.number')
    return Number.isSafeInteger(number) && Number(number) > 0
      ? { pullRequest: Number(number) }
      : { lacks: 'issue.number' }
  }
  return shaOr(githubSha, 'GITHUB_SHA')
}

/** Whether a text is a full commit id. */
export function isSha(text: unknown): text is string {
  return typeof text === 'string' && /^[0-9a-f]{40}$/i.test(text)
}

/** The run that an event `workflow_run` says has ended, or undefined where the event is another. */
export function endedRun(
  payload: unknown,
): { run: string; sha: string; conclusion: string; endedAt: number } | undefined {
  if (at(payload, 'action') !== 'completed') return undefined
  return {
    run: String(at(payload, 'workflow_run.id') ?? ''),
    sha: String(at(payload, 'workflow_run.head_sha') ?? ''),
    conclusion: String(at(payload, 'workflow_run.conclusion') ?? ''),
    endedAt: Date.parse(String(at(payload, 'workflow_run.updated_at'))),
  }
}

/** Who a pull request's token is kept from writing for, so that the advice fits; undefined where neither is at work. */
export function untrustedAuthor(
  event: string,
  payload: unknown,
  actor: string,
): 'fork' | 'Dependabot' | undefined {
  const dependabot = 'dependabot[bot]'
  if (actor === dependabot || at(payload, 'pull_request.user.login') === dependabot)
    return 'Dependabot'
  if (!['pull_request', 'pull_request_review', 'pull_request_review_comment'].includes(event))
    return undefined
  const [head, base] = [
    at(payload, 'pull_request.head.repo.id'),
    at(payload, 'pull_request.base.repo.id'),
  ]
  return head === base ? undefined : 'fork'
}

function shaOr(value: unknown, field: string): { sha: string } | { lacks: string } {
  return isSha(value) ? { sha: value.toLowerCase() } : { lacks: field }
}
