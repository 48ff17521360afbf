import { branchRules, getBranch } from './branches.ts'
import { getPull, listCheckRuns } from './checks-and-pulls.ts'
import { createStatus } from './create-status.ts'
import { type ApiResponse, type Call, DOCS, giteaRefusal, notFound, refusal } from './http.ts'
import type { Dialect, Permission, Token } from './model.ts'
import { combinedStatus, listStatuses, listStatusesOfSha } from './statuses.ts'
import { getSuite, listSuites } from './suites.ts'
import { isFor } from './tokens.ts'
import { listWorkflowRuns } from './workflow-runs.ts'

/** A route below a repository; `*` is a name in the path. */
interface Route {
  method: 'GET' | 'POST'
  path: string
  permission: Permission | 'metadata'
  dialects: Dialect[]
  answer: (call: Call, name: string) => ApiResponse
  docs: string
}

const MOST: Omit<Route, 'path' | 'answer'> = {
  method: 'GET',
  permission: 'statuses',
  dialects: ['github', 'gitea', 'legacy'],
  docs: DOCS.statuses,
}
const MODERN: typeof MOST = { ...MOST, dialects: ['github', 'gitea'] }
const CHECKS: typeof MOST = {
  ...MOST,
  permission: 'checks',
  dialects: ['github'],
  docs: DOCS.checks,
}

const ROUTES: Route[] = [
  { ...MOST, method: 'POST', path: 'statuses/*', answer: createStatus, docs: DOCS.create },
  { ...MOST, path: 'statuses/*', answer: listStatusesOfSha },
  { ...MODERN, path: 'commits/*/statuses', answer: listStatuses },
  { ...MODERN, path: 'commits/*/status', answer: combinedStatus },
  { ...CHECKS, path: 'commits/*/check-runs', answer: listCheckRuns },
  { ...CHECKS, path: 'commits/*/check-suites', answer: listSuites, docs: DOCS.suites },
  { ...CHECKS, path: 'check-suites/*', answer: getSuite, docs: DOCS.suites },
  {
    ...CHECKS,
    path: 'actions/runs',
    permission: 'actions',
    answer: listWorkflowRuns,
    docs: DOCS.runs,
  },
  { ...MOST, path: 'pulls/*', permission: 'pull_requests', answer: getPull },
  {
    ...CHECKS,
    path: 'rules/branches/*',
    permission: 'metadata',
    answer: branchRules,
    docs: DOCS.rules,
  },
  {
    ...MODERN,
    path: 'branches/*',
    permission: 'contents',
    answer: getBranch,
    docs: DOCS.branches,
  },
]

function fits(path: string, segments: string[]): boolean {
  const parts = path.split('/')
  const isLike = (part: string, index: number) =>
    part === '*' ? Boolean(segments[index]) : part === segments[index]
  return parts.length === segments.length && parts.every(isLike)
}

function missing({ token, store }: Call, { permission, method, docs }: Route): ApiResponse {
  const access = method === 'POST' ? 'write' : 'read'
  if (store.dialect === 'gitea') {
    const scope = `[${access}:repository]`
    return giteaRefusal(403, `token does not have at least one of required scope(s): ${scope}`)
  }
  if (token.kind === 'classic') return notFound(store)
  const kind = token.kind === 'installation' ? 'integration' : 'personal access token'
  const headers = { 'x-accepted-github-permissions': `${permission}=${access}` }
  return refusal(403, `Resource not accessible by ${kind}`, docs, headers)
}

function mayUse(token: Token, { repository }: Call, { method, permission }: Route): boolean {
  if (method === 'GET' && !repository.private) return true
  if (permission === 'metadata') return isFor(token, repository)
  const access = isFor(token, repository) ? token[permission] : 'none'
  return access === 'write' || (method === 'GET' && access === 'read')
}

/** Answers a request below a repository, if the token has the permission. */
export function answerRoute(call: Call): ApiResponse {
  const { store, request, segments, token, repository } = call
  const route = ROUTES.find(
    ({ method, path, dialects }) =>
      method === request.method.toUpperCase() &&
      dialects.includes(store.dialect) &&
      fits(path, segments),
  )
  if (!route) return notFound(store)
  if (!mayUse(token, call, route)) return missing(call, route)
  if (route.method === 'POST' && repository.archived)
    return refusal(403, 'Repository was archived so is read-only.', DOCS.create)
  return route.answer(call, segments[route.path.split('/').indexOf('*')] ?? '')
}
