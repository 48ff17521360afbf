import {
  combinedBody,
  giteaStatusBody,
  type StatusRecord,
  simpleStatusBody,
  statusBody,
} from './bodies.ts'
import { addStatus, countOf, history, newest } from './histories.ts'
import { type ApiResponse, type Call, DOCS, giteaRefusal, json, notFound, refusal } from './http.ts'
import { pageOf } from './paging.ts'
import { isFullSha, resolveRef } from './repositories.ts'
import {
  combinedState,
  errorsBody,
  giteaCombinedState,
  type Problem,
  statusProblems,
  typeProblem,
} from './rules.ts'

const FULL = 'This SHA and context has reached the maximum number of statuses.'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isGitea = ({ store }: Call) => store.dialect === 'gitea'

/** The answer if a ref names no commit. */
export function unresolved(call: Call, ref: string): ApiResponse {
  if (!isGitea(call)) return refusal(422, `No commit found for SHA: ${ref}`)
  return isFullSha(ref)
    ? giteaRefusal(500, `GetCommit[${ref}]: object does not exist`)
    : notFound(call.store)
}

function unprocessable({ options }: Call, problems: Problem[]): ApiResponse {
  const { errors = 'string' } = options
  return json(422, {
    message: 'Validation Failed',
    errors: errorsBody(problems, errors),
    documentation_url: DOCS.create,
    ...(errors === 'string' && { status: '422' }),
  })
}

function unknownCommit(call: Call, sha: string): ApiResponse {
  const message = `No commit found for SHA: ${sha}`
  return call.options.errors === 'array'
    ? json(422, { message, documentation_url: DOCS.create })
    : unprocessable(call, [{ message }])
}

/** What GitHub refuses a new status for. */
function createRefusal(call: Call, sha: string, body: Record<string, unknown>) {
  const { store, repository, options } = call
  const wrongType = typeProblem(body)
  if (wrongType) return refusal(422, wrongType, DOCS.create)
  const problems = statusProblems(sha, body)
  if (problems.length) return unprocessable(call, problems)
  if (!resolveRef(store, repository, sha)) return unknownCommit(call, sha)
  const count = countOf(store, repository, sha.toLowerCase(), String(body.context ?? 'default'))
  const { maximumStatuses = 1000 } = options
  return count >= maximumStatuses ? unprocessable(call, [{ message: FULL }]) : undefined
}

/** What of a request's body is a status; or the answer to one that is none. Gitea checks nothing but the commit. */
function fieldsOf(call: Call, sha: string): { fields: Record<string, unknown> } | ApiResponse {
  let parsed: unknown
  try {
    parsed = JSON.parse(call.request.body)
  } catch {
    return isGitea(call)
      ? giteaRefusal(422, 'invalid character')
      : refusal(400, 'Problems parsing JSON')
  }
  if (!isObject(parsed))
    return isGitea(call)
      ? giteaRefusal(422, 'invalid character')
      : refusal(400, 'Body should be a JSON object')
  if (!isGitea(call)) return createRefusal(call, sha, parsed) ?? { fields: parsed }
  return resolveRef(call.store, call.repository, sha) ? { fields: parsed } : unresolved(call, sha)
}

function render({ store, base, repository }: Call, status: StatusRecord) {
  if (store.dialect === 'gitea') return giteaStatusBody(base, repository, status)
  const body = statusBody(base, repository, status)
  if (store.dialect === 'github') return body
  const { context, ...withoutContext } = body
  return withoutContext
}

/** https://docs.github.com/rest/commits/statuses#create-a-commit-status */
export function createStatus(call: Call, sha: string): ApiResponse {
  const { store, repository, base, token } = call
  const read = fieldsOf(call, sha)
  if (!('fields' in read)) return read
  const { state, description, target_url, context } = read.fields
  const text = (value: unknown) => (value === undefined || value === null ? null : String(value))
  const added = {
    state: text(state) ?? '',
    description: text(description),
    target_url: text(target_url),
    ...(typeof context === 'string' && { context }),
  }
  const status = addStatus(store, repository, sha.toLowerCase(), added, token.creator)
  const { owner, name } = repository
  return json(201, render(call, status), {
    location: `${base}/repos/${owner}/${name}/statuses/${status.sha}`,
  })
}

/** https://docs.github.com/rest/commits/statuses#list-commit-statuses-for-a-reference */
export function listStatuses(call: Call, ref: string): ApiResponse {
  const sha = resolveRef(call.store, call.repository, ref)
  if (!sha) return unresolved(call, ref)
  const newestFirst = history(call.repository, sha).toReversed()
  // Gitea sorts by the second of creation, and leaves those of one second in no useful order.
  const bySecond = (a: StatusRecord, b: StatusRecord) =>
    b.created_at.localeCompare(a.created_at) || a.id - b.id
  const { items, headers } = pageOf(call, isGitea(call) ? newestFirst.sort(bySecond) : newestFirst)
  return json(
    200,
    items.map((status) => render(call, status)),
    headers,
  )
}

/** The older list: on Gitea one of a branch is empty. */
export const listStatusesOfSha = (call: Call, sha: string): ApiResponse =>
  isGitea(call) && !isFullSha(sha) ? json(200, []) : listStatuses(call, sha)

/** https://docs.github.com/rest/commits/statuses#get-the-combined-status-for-a-specific-reference */
export function combinedStatus(call: Call, ref: string): ApiResponse {
  const { store, base, repository, options } = call
  const sha = resolveRef(store, repository, ref)
  if (!sha) return unresolved(call, ref)
  const all = newest(store, repository, sha)
  const { items, headers } = pageOf(call, all, options.combinedLink)
  const states = (of: StatusRecord[]) => of.map(({ state }) => state)
  const body = combinedBody(base, repository, sha, {
    state: combinedState(states(all)),
    statuses: items.map((status) => simpleStatusBody(base, repository, status)),
    total_count: all.length,
  })
  if (!isGitea(call)) return json(200, body, headers)
  const statuses = items.map((status) => giteaStatusBody(base, repository, status))
  const ofPage = {
    state: giteaCombinedState(states(items)),
    statuses: statuses.length ? statuses : null,
    total_count: items.length,
  }
  return json(200, { ...body, ...ofPage }, headers)
}
