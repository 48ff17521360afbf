import { createHash, randomUUID } from 'node:crypto'
import {
  giteaStatusBody,
  repositoryBody,
  type StatusRecord,
  simpleStatusBody,
  statusBody,
  userBody,
} from './bodies.ts'
import { checkRunBody, selectCheckRuns } from './check-runs.ts'
import {
  combinedState,
  errorsBody,
  giteaCombinedState,
  linkHeader,
  type Problem,
  paging,
  statusProblems,
  typeProblem,
} from './rules.ts'
import { createStore, type Dialect, isFullSha, type Repository, type Token } from './store.ts'

export type { Account, StatusRecord } from './bodies.ts'
export type { CheckRunRecord, NewCheckRun } from './check-runs.ts'
export type {
  Access,
  Dialect,
  NewStatus,
  PullOptions,
  RepositoryOptions,
  TokenOptions,
} from './store.ts'

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
  /** Per token; null for none (the default under `/api/v3`, where it is off). Window in milliseconds, default an hour. */
  rateLimit?: { limit: number; window?: number; status?: 403 | 429 } | null
}

/** One request on its way through: who asks, where, and what is left of the path. */
interface Call {
  request: ApiRequest
  base: string
  query: URLSearchParams
  token: Token
  repository: Repository
  segments: string[]
}

interface Route {
  permission: 'statuses' | 'pull_requests' | 'checks'
  access: 'read' | 'write'
  answer: () => ApiResponse
}

const statusesDocs = 'https://docs.github.com/rest/commits/statuses'
const createDocs = `${statusesDocs}#create-a-commit-status`
const ssoDocs =
  'https://docs.github.com/articles/authenticating-to-a-github-organization-with-saml-single-sign-on/'
const checksDocs = 'https://docs.github.com/rest/checks/runs#list-check-runs-for-a-git-reference'
const versions = ['2022-11-28', '2026-03-10']

const json = (
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): ApiResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(body),
})

function refusalDocs(permission: Route['permission'], access: Route['access']): string {
  if (permission === 'checks') return checksDocs
  return access === 'write' ? createDocs : statusesDocs
}

/** An error's body; the status is in it, as a string. */
const refusal = (
  status: number,
  message: string,
  documentation_url = statusesDocs,
  headers: Record<string, string> = {},
) => json(status, { message, documentation_url, status: String(status) }, headers)

const giteaRefusal = (status: number, message: string) =>
  json(status, { message, url: '/api/swagger' })

/** Path segments decoded, none where the encoding is broken. */
function decodeSegments(path: string): string[] {
  try {
    return path.split('/').map(decodeURIComponent)
  } catch {
    return []
  }
}

function parseBody(text: string): { parsed: unknown } | undefined {
  try {
    return { parsed: JSON.parse(text) }
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isFor = ({ repositories }: Token, { owner, name }: Repository) =>
  !repositories ||
  repositories.some((fullName) => fullName.toLowerCase() === `${owner}/${name}`.toLowerCase())

/** A GitHub that knows commit statuses, in memory. Strict: only what was declared exists. */
export function createGitHub(options: GitHubOptions = {}) {
  const {
    now = Date.now,
    errors = 'string',
    dialect = 'github',
    maximumStatuses = 1000,
    combinedLink = true,
  } = options
  const gitea = dialect === 'gitea'
  const store = createStore(dialect, now)

  const notFound = () =>
    gitea
      ? giteaRefusal(404, "The target couldn't be found.")
      : refusal(404, 'Not Found', 'https://docs.github.com/rest')

  const unresolved = (ref: string) =>
    !gitea
      ? refusal(422, `No commit found for SHA: ${ref}`)
      : isFullSha(ref)
        ? giteaRefusal(500, `GetCommit[${ref}]: object does not exist`)
        : notFound()

  const unprocessable = (problems: Problem[]) =>
    json(422, {
      message: 'Validation Failed',
      errors: errorsBody(problems, errors),
      documentation_url: createDocs,
      ...(errors === 'string' && { status: '422' }),
    })

  function createRefusal(
    target: Repository,
    sha: string,
    body: Record<string, unknown>,
  ): ApiResponse | undefined {
    const wrongType = typeProblem(body)
    if (wrongType) return refusal(422, wrongType, createDocs)
    const problems = statusProblems(sha, body)
    if (problems.length) return unprocessable(problems)
    if (!store.resolve(target, sha)) {
      const message = `No commit found for SHA: ${sha}`
      return errors === 'string'
        ? unprocessable([{ message }])
        : json(422, { message, documentation_url: createDocs })
    }
    return store.count(target, sha.toLowerCase(), String(body.context ?? 'default')) >=
      maximumStatuses
      ? unprocessable([
          { message: 'This SHA and context has reached the maximum number of statuses.' },
        ])
      : undefined
  }

  function render(base: string, target: Repository, status: StatusRecord) {
    if (gitea) return giteaStatusBody(base, target, status)
    const { context, ...withoutContext } = statusBody(base, target, status)
    return dialect === 'legacy' ? withoutContext : statusBody(base, target, status)
  }

  function create({ request, base, token, repository: target }: Call, sha: string): ApiResponse {
    const body = parseBody(request.body)
    if (gitea && !isObject(body?.parsed)) return giteaRefusal(422, 'invalid character')
    if (!body) return refusal(400, 'Problems parsing JSON')
    if (!isObject(body.parsed)) return refusal(400, 'Body should be a JSON object')
    const fields = body.parsed
    const refused = gitea
      ? store.resolve(target, sha)
        ? undefined
        : unresolved(sha)
      : createRefusal(target, sha, fields)
    if (refused) return refused
    const text = (value: unknown) => (value === undefined || value === null ? null : String(value))
    const status = store.add(
      target,
      sha.toLowerCase(),
      {
        state: text(fields.state) ?? '',
        description: text(fields.description),
        target_url: text(fields.target_url),
        ...(typeof fields.context === 'string' && { context: fields.context }),
      },
      token.creator,
    )
    return json(201, render(base, target, status), {
      location: `${base}/repos/${target.owner}/${target.name}/statuses/${status.sha}`,
    })
  }

  function pageOf<T>(
    { query, base, repository: target, segments }: Call,
    all: T[],
    withLink = true,
  ) {
    const size = gitea ? { name: 'limit', maximum: 50 } : { name: 'per_page', maximum: 100 }
    const { page, perPage, last } = paging(query, all.length, size)
    const path = gitea ? `repos/${target.owner}/${target.name}` : `repositories/${target.id}`
    const url = `${base}/${path}/${segments.map(encodeURIComponent).join('/')}`
    const link = withLink && linkHeader(url, query, page, last)
    const headers: Record<string, string> = {
      ...(link && { link }),
      ...(gitea && { 'x-total-count': String(all.length) }),
    }
    return { items: all.slice((page - 1) * perPage, page * perPage), headers }
  }

  function list(call: Call, ref: string): ApiResponse {
    const { base, repository: target } = call
    const sha = store.resolve(target, ref)
    if (!sha) return unresolved(ref)
    const newestFirst = [...store.history(target, sha)].reverse()
    // Gitea sorts by the second of creation, and leaves those of one second in no useful order.
    const bySecond = (a: StatusRecord, b: StatusRecord) =>
      b.created_at.localeCompare(a.created_at) || a.id - b.id
    const { items, headers } = pageOf(call, gitea ? newestFirst.sort(bySecond) : newestFirst)
    return json(
      200,
      items.map((status) => render(base, target, status)),
      headers,
    )
  }

  function combined(call: Call, ref: string): ApiResponse {
    const { base, repository: target } = call
    const sha = store.resolve(target, ref)
    if (!sha) return unresolved(ref)
    const all = store.newest(target, sha)
    const { items, headers } = pageOf(call, all, combinedLink)
    const states = (of: StatusRecord[]) => of.map(({ state }) => state)
    const commit_url = `${base}/repos/${target.owner}/${target.name}/commits/${sha}`
    const body = {
      state: gitea ? giteaCombinedState(states(items)) : combinedState(states(all)),
      statuses: gitea
        ? items.map((status) => giteaStatusBody(base, target, status))
        : items.map((status) => simpleStatusBody(base, target, status)),
      sha,
      total_count: gitea ? items.length : all.length,
      repository: repositoryBody(base, target),
      commit_url,
      url: `${commit_url}/status`,
    }
    return json(200, gitea && items.length === 0 ? { ...body, statuses: null } : body, headers)
  }

  function listCheckRuns(call: Call, ref: string): ApiResponse {
    const { base, repository: target } = call
    const sha = store.resolve(target, ref)
    if (!sha) return unresolved(ref)
    const runs = selectCheckRuns(store.checkRuns(target, sha), call.query)
    const { items, headers } = pageOf(call, runs)
    const fullName = `${target.owner}/${target.name}`
    const check_runs = items.map((run) => checkRunBody(base, fullName, run))
    return json(200, { total_count: runs.length, check_runs }, headers)
  }

  function pull({ base, repository: target }: Call, number: string): ApiResponse {
    const found = /^\d+$/.test(number) ? target.pulls.get(Number(number)) : undefined
    if (!found) return notFound()
    const fullName = `${target.owner}/${target.name}`
    const from = found.head_repository ?? fullName
    const [owner = '', name = ''] = from.split('/')
    return json(200, {
      url: `${base}/repos/${fullName}/pulls/${number}`,
      id: target.id + Number(number),
      html_url: `https://github.com/${fullName}/pull/${number}`,
      number: Number(number),
      state: 'open',
      user: userBody(base, { login: owner, id: 583231, type: 'User' }),
      head: {
        label: `${owner}:change`,
        ref: 'change',
        sha: found.head,
        repo: repositoryBody(base, store.byName(from) ?? { id: 1, owner, name, private: false }),
      },
      base: {
        label: `${target.owner}:main`,
        ref: 'main',
        sha: found.base ?? target.branches.get('main') ?? found.head,
        repo: repositoryBody(base, target),
      },
    })
  }

  /** The route of a call: which permission it takes, and what answers it. */
  function route(call: Call): Route | undefined {
    const [collection, name = '', view, ...more] = call.segments
    const method = call.request.method.toUpperCase()
    const reading = (answer: () => ApiResponse): Route => ({
      permission: 'statuses',
      access: 'read',
      answer,
    })
    if (!name || more.length) return undefined
    if (method === 'POST' && collection === 'statuses' && view === undefined) {
      return { permission: 'statuses', access: 'write', answer: () => create(call, name) }
    }
    if (method !== 'GET') return undefined
    if (collection === 'statuses' && view === undefined) {
      return reading(() => (gitea && !isFullSha(name) ? json(200, []) : list(call, name)))
    }
    if (collection === 'pulls' && view === undefined) {
      return { permission: 'pull_requests', access: 'read', answer: () => pull(call, name) }
    }
    if (collection !== 'commits' || dialect === 'legacy') return undefined
    if (view === 'check-runs' && !gitea) {
      return { permission: 'checks', access: 'read', answer: () => listCheckRuns(call, name) }
    }
    if (view === 'status') return reading(() => combined(call, name))
    return view === 'statuses' ? reading(() => list(call, name)) : undefined
  }

  /** What a token is refused for on a route; undefined where it may. */
  function accessRefusal(
    { token, repository: target }: Call,
    { permission, access }: Route,
  ): ApiResponse | undefined {
    const has = isFor(token, target) ? token[permission] : 'none'
    const isPublic = access === 'read' && !target.private
    if (!isPublic && has !== 'write' && has !== access) {
      if (gitea) {
        return giteaRefusal(
          403,
          `token does not have at least one of required scope(s): [${access}:repository]`,
        )
      }
      if (token.kind === 'classic') return notFound()
      const kind = token.kind === 'installation' ? 'integration' : 'personal access token'
      return refusal(403, `Resource not accessible by ${kind}`, refusalDocs(permission, access), {
        'x-accepted-github-permissions': `${permission}=${access}`,
      })
    }
    return access === 'write' && target.archived
      ? refusal(403, 'Repository was archived so is read-only.', createDocs)
      : undefined
  }

  /** `/repos/{owner}/{name}/…`, or `/repositories/{id}/…` to which GitHub's redirects and Links lead. */
  function answerFor(
    request: ApiRequest,
    base: string,
    path: string,
    query: URLSearchParams,
    token: Token,
  ): ApiResponse {
    const [kind, first = '', second = ''] = decodeSegments(path)
    const hasId = kind === 'repositories' && !gitea
    if (!hasId && kind !== 'repos') return notFound()
    const asked = hasId ? store.byId(first) : store.byName(`${first}/${second}`)
    const target = asked?.movedTo ? store.byName(asked.movedTo) : asked
    if (!target || (target.private && !isFor(token, target))) return notFound()
    if (token.saml) {
      return refusal(
        403,
        'Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.',
        ssoDocs,
        {
          'x-github-sso': `required; url=https://github.com/orgs/${target.owner}/sso?authorization_request=AZSCKL`,
        },
      )
    }
    if (asked !== target) {
      const rest = path.split('/').slice(3)
      const url =
        [`${base}/repositories/${target.id}`, ...rest].join('/') + (query.size ? `?${query}` : '')
      const body = {
        message: 'Moved Permanently',
        url,
        documentation_url: 'https://docs.github.com/v3/#http-redirects',
      }
      return json(request.method.toUpperCase() === 'GET' ? 301 : 307, body, { location: url })
    }
    const segments = decodeSegments(path).slice(hasId ? 2 : 3)
    const call: Call = { request, base, query, token, repository: target, segments }
    const found = route(call)
    return found ? (accessRefusal(call, found) ?? found.answer()) : notFound()
  }

  /** With the entity tag; or 304 where the client has just that. */
  function conditional({ method, headers }: ApiRequest, response: ApiResponse): ApiResponse {
    if (gitea || response.status >= 300) return response
    const etag = `"${createHash('sha256').update(response.body).digest('hex')}"`
    const known = (headers['if-none-match'] ?? '')
      .split(',')
      .map((tag) => tag.trim().replace(/^W\//, ''))
    return method.toUpperCase() === 'GET' && known.includes(etag)
      ? { status: 304, headers: { etag }, body: '' }
      : {
          ...response,
          headers: {
            ...response.headers,
            etag,
            'cache-control': 'private, max-age=60, s-maxage=60',
          },
        }
  }

  /** Takes one request off the token's limit, where one holds; a 304 costs nothing. */
  function limited(token: Token, enterprise: boolean, answer: () => ApiResponse): ApiResponse {
    const usual: NonNullable<GitHubOptions['rateLimit']> = {
      limit: token.kind === 'installation' ? 1000 : 5000,
    }
    const chosen =
      options.rateLimit === undefined && !enterprise && !gitea ? usual : options.rateLimit
    if (!chosen) return answer()
    const { limit, window = 3_600_000, status = 403 } = chosen
    if (now() >= token.reset) Object.assign(token, { used: 0, reset: now() + window })
    const response =
      token.used < limit
        ? answer()
        : refusal(
            status,
            'API rate limit exceeded for installation ID 12345678.',
            'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api',
          )
    if (token.used < limit && response.status !== 304) token.used += 1
    return {
      ...response,
      headers: {
        ...response.headers,
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': String(limit - token.used),
        'x-ratelimit-reset': String(Math.ceil(token.reset / 1000)),
        'x-ratelimit-used': String(token.used),
        'x-ratelimit-resource': 'core',
      },
    }
  }

  /** What is said to a request before anyone looks where it leads. */
  function doorRefusal(
    { headers }: ApiRequest,
    prefix: string,
    token: Token | undefined,
  ): ApiResponse | undefined {
    if ((prefix === '/api/v1') !== gitea) return notFound()
    if (gitea) return token ? undefined : giteaRefusal(401, 'invalid username, password or token')
    if (!headers['user-agent']) {
      return {
        status: 403,
        headers: { 'content-type': 'text/html' },
        body: 'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.',
      }
    }
    const version = headers['x-github-api-version']
    if (version && !versions.includes(version))
      return refusal(400, `"${version}" is not a supported version.`)
    return token ? undefined : refusal(401, 'Bad credentials', 'https://docs.github.com/rest')
  }

  /** Answers one request. */
  function handle(request: ApiRequest): ApiResponse {
    const { pathname, searchParams: query } = new URL(request.url, 'http://sandbox')
    const [, prefix = '', path = ''] = /^(\/api\/v[13])?\/(.*)$/.exec(pathname) ?? []
    const base = (request.origin ?? `https://${request.headers.host ?? 'api.github.com'}`) + prefix
    const [, secret = ''] =
      /^(?:token|bearer) +(\S+)$/i.exec(request.headers.authorization ?? '') ?? []
    const token = store.tokenOf(secret)
    const answer = (asking: Token) =>
      limited(asking, prefix === '/api/v3', () =>
        conditional(request, answerFor(request, base, path, query, asking)),
      )
    const response = doorRefusal(request, prefix, token) ?? (token ? answer(token) : notFound())
    if (gitea) return response
    const identity = {
      'x-github-request-id': randomUUID().toUpperCase().replaceAll('-', ':'),
      'x-github-media-type': 'github.v3; format=json',
      vary: 'Accept-Encoding, Accept, X-Requested-With',
    }
    return { ...response, headers: { ...response.headers, ...identity } }
  }

  return { handle, ...store.declare }
}

export type GitHub = ReturnType<typeof createGitHub>
