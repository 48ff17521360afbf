import { addStatus, countOf } from './histories.ts'
import { type ApiResponse, type Call, DOCS, giteaRefusal, json, parsed, refusal } from './http.ts'
import { resolveRef } from './repositories.ts'
import { errorsBody, type Problem, statusProblems, typeProblem } from './rules.ts'
import { isGitea, render, unresolved } from './statuses.ts'

const FULL = 'This SHA and context has reached the maximum number of statuses.'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

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

/** GitHub's refusal of a new status, if it has one. */
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

/** The fields of a new status, or the refusal. Gitea checks only the commit. */
function fieldsOf(call: Call, sha: string): { fields: Record<string, unknown> } | ApiResponse {
  const body = parsed(call.request.body)
  if (isGitea(call)) {
    if (!isObject(body)) return giteaRefusal(422, 'invalid character')
    return resolveRef(call.store, call.repository, sha) ? { fields: body } : unresolved(call, sha)
  }
  if (typeof body === 'string') return refusal(400, 'Problems parsing JSON')
  if (!isObject(body)) return refusal(400, 'Body should be a JSON object')
  return createRefusal(call, sha, body) ?? { fields: body }
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
