import type { Dialect, Repository, Store, Token } from './model.ts'

export interface ApiRequest {
  method: string
  /** Path and query. */
  url: string
  /** Names in lower case. */
  headers: Record<string, string | undefined>
  body: string
  /** Where links in the answer lead; default https at the host asked for. */
  origin?: string
}

export interface ApiResponse {
  status: number
  headers: Record<string, string>
  body: string
}

export interface GitHubOptions {
  /** Milliseconds since the epoch. */
  now?: () => number
  /** How `errors` of a 422 looks: a string since 2026 (the default), an array before. */
  errors?: 'string' | 'array'
  dialect?: Dialect
  /** How many statuses one commit and context can have; default 1000. */
  maximumStatuses?: number
  /** Whether the combined status has a Link header; default true. */
  combinedLink?: boolean
  /** Per token and hour; null for none (the default under `/api/v3`). */
  rateLimit?: { limit: number } | null
}

/** One request on its way through: who asks, where, and the rest of the path. */
export interface Call {
  store: Store
  options: GitHubOptions
  request: ApiRequest
  base: string
  query: URLSearchParams
  token: Token
  repository: Repository
  segments: string[]
}

export const DOCS = {
  api: 'https://docs.github.com/rest',
  statuses: 'https://docs.github.com/rest/commits/statuses',
  create: 'https://docs.github.com/rest/commits/statuses#create-a-commit-status',
  checks: 'https://docs.github.com/rest/checks/runs#list-check-runs-for-a-git-reference',
  rules: 'https://docs.github.com/rest/repos/rules#get-rules-for-a-branch',
  branches: 'https://docs.github.com/rest/branches/branches#get-a-branch',
  suites: 'https://docs.github.com/rest/checks/suites',
  runs: 'https://docs.github.com/rest/actions/workflow-runs',
  limits: 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api',
  redirects: 'https://docs.github.com/v3/#http-redirects',
  sso: 'https://docs.github.com/articles/authenticating-to-a-github-organization-with-saml-single-sign-on/',
}

export const json = (
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): ApiResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(body),
})

/** The value of a body: a text that is no JSON as it is, undefined if there is none. */
export function parsed(body: string): unknown {
  if (!body) return undefined
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

/** An error's body; the status is in it, as a string. */
export const refusal = (
  status: number,
  message: string,
  documentation_url = DOCS.statuses,
  headers: Record<string, string> = {},
) => json(status, { message, documentation_url, status: String(status) }, headers)

export const giteaRefusal = (status: number, message: string) =>
  json(status, { message, url: '/api/swagger' })

export const notFound = ({ dialect }: Store) =>
  dialect === 'gitea'
    ? giteaRefusal(404, "The target couldn't be found.")
    : refusal(404, 'Not Found', DOCS.api)
