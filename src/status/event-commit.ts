import { at, isRecord, pathsTo, textOf } from './json.ts'

/** A commit: its SHA, the pull request whose head it is (one request finds it), or why none. */
export type Commit = { sha: string } | { pullRequest: number } | { none: string }

/** Why an event does not tell its commit. */
type Unclear = { lacks: string } | { meant: string[] }

/** A commit to ask the API about: a SHA, branch or tag as given, or one that is known. */
export type Ref = { ref: string } | Exclude<Commit, { none: string }>

/** Where each event's payload names its commit. All other events are about GITHUB_SHA. */
export const SHA_FIELD: Readonly<Record<string, string>> = {
  pull_request: 'pull_request.head.sha',
  pull_request_target: 'pull_request.head.sha',
  pull_request_review: 'pull_request.head.sha',
  pull_request_review_comment: 'pull_request.head.sha',
  workflow_run: 'workflow_run.head_sha',
  check_run: 'check_run.head_sha',
  check_suite: 'check_suite.head_sha',
  commit_comment: 'comment.commit_id',
  merge_group: 'merge_group.head_sha',
  status: 'sha',
  deployment: 'deployment.sha',
  deployment_status: 'deployment.sha',
}

/**
 * The commit that an event is about, or why it does not tell: the field that its payload lacks, or
 * expressions for other commits that a dispatch names. It is the `event` of the input `sha`, see
 * `publish/commit.ts`.
 *
 * Never the test merge commit that GITHUB_SHA is on `pull_request` (a status there takes over from
 * the head's), nor the default branch that it is on `workflow_run` and others.
 * https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows
 * @param payload the event as GitHub sent it: nothing in it is trusted
 */
export function commitOf(event: string, payload: unknown, githubSha: string): Commit | Unclear {
  if (!isRecord(payload) || Array.isArray(payload)) return { lacks: 'an event file that is JSON' }
  const field = Object.hasOwn(SHA_FIELD, event) ? SHA_FIELD[event] : undefined
  if (field !== undefined) return shaOr(at(payload, field), field)
  if (event === 'issue_comment') return commitOfComment(payload, githubSha)
  if (event === 'push' && payload.deleted === true) {
    return { none: 'the push deleted the branch or tag' }
  }
  const { meant } = namedCommits(event, payload, githubSha)
  return meant.length > 0 ? { meant } : shaOr(githubSha, 'GITHUB_SHA')
}

function commitOfComment(payload: unknown, githubSha: string): Commit | Unclear {
  const issue = at(payload, 'issue')
  if (!isRecord(issue)) return { lacks: 'issue' }
  if (!isRecord(issue.pull_request)) return shaOr(githubSha, 'GITHUB_SHA')
  const number = Number(issue.number)
  const isNumber = issue.number === number && Number.isSafeInteger(number) && number > 0
  return isNumber ? { pullRequest: number } : { lacks: 'issue.number' }
}

/** Inputs of a dispatch that name the commit it is about. */
const NAMES = ['sha', 'commit', 'commit_sha', 'head_sha', 'ref']

/**
 * Expressions for the commits, other than GITHUB_SHA, that the sender of a dispatch names: it is
 * probably about one of these, and not about the default branch.
 */
export function namedCommits(
  event: string,
  payload: unknown,
  githubSha: string,
): { meant: string[]; others: string[] } {
  const isOther = (value: unknown) => {
    const sha = textOf(value).trim().toLowerCase()
    return isSha(sha) && sha.length === githubSha.length && sha !== githubSha.toLowerCase()
  }
  if (event === 'repository_dispatch') {
    const path = 'github.event.client_payload'
    return { meant: pathsTo(isOther, at(payload, 'client_payload'), path, 4), others: [] }
  }
  const inputs = event === 'workflow_dispatch' ? at(payload, 'inputs') : undefined
  const paths = pathsTo(isOther, inputs, 'github.event.inputs', 1)
  const isMeant = (path: string) => NAMES.some((name) => path.toLowerCase().endsWith(`.${name}`))
  return { meant: paths.filter(isMeant), others: paths.filter((path) => !isMeant(path)) }
}

function shaOr(value: unknown, field: string): { sha: string } | Unclear {
  return isSha(value) ? { sha: value.toLowerCase() } : { lacks: field }
}

/** Whether a text is a full commit id: SHA-1, or SHA-256 on Gitea and Forgejo. */
export function isSha(text: unknown): text is string {
  return typeof text === 'string' && /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(text)
}

/** What was expected of a text that is not a full commit id. */
export function expectedSha(text = ''): string {
  const length = /^[0-9a-f]+$/i.test(text) ? `, not ${text.length}` : ''
  return `the 40 hexadecimal digits of a commit (64 with SHA-256)${length}`
}

/** The events of a pull request whose runs are on its test merge commit. */
export const PULL_REQUEST_EVENTS = [
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
]

/** Whether a SHA is the test merge commit of the event's pull request, where nobody looks. */
export function isTestMerge(
  sha: string,
  event: string,
  payload: unknown,
  githubSha: string,
): boolean {
  const isOfPullRequest = isRecord(at(payload, 'pull_request'))
  const isMerged = at(payload, 'pull_request.merged') === true
  if (!isOfPullRequest || isMerged || at(payload, 'pull_request.head.sha') === sha) return false

  const isRunOnMerge = PULL_REQUEST_EVENTS.includes(event) && githubSha === sha
  return isRunOnMerge || at(payload, 'pull_request.merge_commit_sha') === sha
}
