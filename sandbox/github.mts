import { createHash, randomUUID } from 'node:crypto'
import {
  type Account,
  giteaStatusBody,
  githubActions,
  type RepositoryIdentity,
  repositoryBody,
  type StatusRecord,
  simpleStatusBody,
  statusBody,
  userBody,
} from './bodies.mjs'
import {
  combinedState,
  errorsBody,
  giteaCombinedState,
  linkHeader,
  type Problem,
  paging,
  statusProblems,
  typeProblem,
} from './rules.mjs'

export type { Account, StatusRecord } from './bodies.mjs'

export interface ApiRequest {
  method: string
  /** Path and query. */
  url: string
  /** Names in lower case. */
  headers: Record<string, string | undefined>
  body: string
  /** `https://api.github.com` unless told: where links in the answer lead. */
  origin?: string
}

export interface ApiResponse {
  status: number
  headers: Record<string, string>
  body: string
}

export type Access = 'write' | 'read' | 'none'

export interface TokenOptions {
  /** Default `write`. */
  statuses?: Access
  /** Default `read`. */
  pull_requests?: Access
  /** An app's token such as GITHUB_TOKEN (the default), a fine-grained personal one, or a classic personal one. */
  kind?: 'installation' | 'personal' | 'classic'
  /** The organization asks for single sign-on, which this token has not passed. */
  saml?: boolean
  /** Full names of the repositories it was made for; default all. Public ones can be read all the same. */
  repositories?: string[]
  /** Milliseconds from this declaration on; afterwards it is a bad credential. */
  lifetime?: number
  /** Who publishes; default `github-actions[bot]`, or `octocat` for a personal token. */
  login?: string
}

export interface RepositoryOptions {
  commits?: string[]
  branches?: Record<string, string>
  tags?: Record<string, string>
  pulls?: Record<number, { head: string; head_repository?: string; base?: string }>
  archived?: boolean
  private?: boolean
  /** Full name of the repository that this one became. */
  movedTo?: string
}

export interface NewStatus {
  state: string
  context?: string
  description?: string | null
  target_url?: string | null
  /** A login; null for none. */
  creator?: string | null
  created_at?: string
}

export interface GitHubOptions {
  /** Milliseconds since the epoch. */
  now?: () => number
  /** How `errors` of a 422 looks: a string since 2026 (the default), an array before. */
  errors?: 'string' | 'array'
  /** `legacy`: a server from before contexts and the combined status. */
  dialect?: 'github' | 'gitea' | 'legacy'
  /** How many statuses one commit and context can have; default 1000. */
  maximumStatuses?: number
  /** Whether the combined status has a Link header; default true. */
  combinedLink?: boolean
  /** Per token; null for none (the default under `/api/v3`, where it is off). Window in milliseconds, default an hour. */
  rateLimit?: { limit: number; window?: number; status?: 403 | 429 } | null
}

interface Repository extends RepositoryIdentity {
  commits: Set<string>
  branches: Map<string, string>
  tags: Map<string, string>
  pulls: Map<number, { head: string; head_repository?: string; base?: string }>
  archived: boolean
  movedTo?: string
  /** By commit, oldest first. */
  statuses: Map<string, StatusRecord[]>
}

interface Token extends Required<Omit<TokenOptions, 'repositories' | 'lifetime' | 'login'>> {
  repositories?: string[]
  expires: number
  creator: Account
  used: number
  reset: number
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

const documentation = 'https://docs.github.com/rest/commits/statuses'
const createAnchor = `${documentation}#create-a-commit-status`
const fullSha = /^[0-9a-f]{40}$/i
const hour = 3_600_000

const json = (status: number, body: unknown, headers: Record<string, string> = {}): ApiResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(body),
})

/** An error body; the status is in it, as a string. */
const refusal = (
  status: number,
  message: string,
  {
    errors,
    url = documentation,
    headers = {},
  }: { errors?: unknown; url?: string; headers?: Record<string, string> } = {},
) =>
  json(
    status,
    { message, ...(errors !== undefined && { errors }), documentation_url: url, status: String(status) },
    headers,
  )

const notFound = () => refusal(404, 'Not Found', { url: 'https://docs.github.com/rest' })

const entityTag = (body: string) => `"${createHash('sha256').update(body).digest('hex')}"`

const isoSeconds = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`

const newestFirst = (statuses: StatusRecord[]) => [...statuses].reverse()

/** A decoded path, or undefined where the encoding is broken. */
function decodeSegments(path: string): string[] | undefined {
  try {
    return path.split('/').map(decodeURIComponent)
  } catch {
    return undefined
  }
}

/** A GitHub that knows commit statuses, in memory. Strict: only what was declared exists. */
export function createGitHub(options: GitHubOptions = {}) {
  const { now = Date.now, errors = 'string', dialect = 'github', maximumStatuses = 1000, combinedLink = true } = options
  const repositories = new Map<string, Repository>()
  const tokens = new Map<string, Token>()
  let lastId = 18_402_522_000

  const contextKey = (context: string) => (dialect === 'gitea' ? context : context.toLowerCase())

  /** Declares a repository, or adds to what was declared. */
  function repository(fullName: string, declared: RepositoryOptions = {}) {
    const [owner = '', name = ''] = fullName.split('/')
    const known: Repository = repositories.get(fullName.toLowerCase()) ?? {
      id: 515_435_682 + repositories.size * 10,
      owner,
      name,
      private: false,
      commits: new Set<string>(),
      branches: new Map(),
      tags: new Map(),
      pulls: new Map(),
      archived: false,
      statuses: new Map(),
    }
    const { branches = {}, tags = {}, pulls = {}, commits = [] } = declared
    for (const [branch, sha] of Object.entries(branches)) known.branches.set(branch, sha)
    for (const [tag, sha] of Object.entries(tags)) known.tags.set(tag, sha)
    for (const [number, pull] of Object.entries(pulls)) known.pulls.set(Number(number), pull)
    const heads = Object.values(pulls).map(({ head }) => head)
    for (const sha of [...commits, ...Object.values(branches), ...Object.values(tags), ...heads]) {
      known.commits.add(sha.toLowerCase())
    }
    known.private = declared.private ?? known.private
    known.archived = declared.archived ?? known.archived
    if (declared.movedTo) known.movedTo = declared.movedTo
    repositories.set(fullName.toLowerCase(), known)
  }

  /** Declares a token, or changes one. */
  function token(secret: string, declared: TokenOptions = {}) {
    const { lifetime, login, ...rest } = declared
    const kind = rest.kind ?? tokens.get(secret)?.kind ?? 'installation'
    const known: Token = tokens.get(secret) ?? {
      statuses: 'write',
      pull_requests: 'read',
      kind,
      saml: false,
      expires: Number.POSITIVE_INFINITY,
      creator: kind === 'installation' ? githubActions : { login: 'octocat', id: 583231, type: 'User' },
      used: 0,
      reset: 0,
    }
    tokens.set(secret, {
      ...known,
      ...rest,
      ...(lifetime !== undefined && { expires: now() + lifetime }),
      ...(login !== undefined && { creator: { login, id: 31_898_046, type: 'User' as const } }),
    })
  }

  function find(fullName: string): Repository {
    const found = repositories.get(fullName.toLowerCase())
    if (!found) throw new Error(`no such repository in the sandbox: ${fullName}`)
    return found
  }

  function store(
    target: Repository,
    sha: string,
    status: NewStatus & { creator?: string | null },
    creator: Account | null,
  ) {
    const history = target.statuses.get(sha) ?? []
    target.statuses.set(sha, history)
    const created_at = status.created_at ?? isoSeconds(now())
    lastId += 1
    const record: StatusRecord = {
      id: dialect === 'gitea' ? history.length + 1 : lastId,
      sha,
      state: status.state,
      description: status.description ?? null,
      target_url: status.target_url ?? null,
      context: status.context ?? (dialect === 'gitea' ? '' : 'default'),
      created_at,
      updated_at: created_at,
      creator,
    }
    history.push(record)
    return record
  }

  /** Puts a status in directly, as if another tool had published it. */
  function publish(fullName: string, sha: string, status: NewStatus): StatusRecord {
    const target = find(fullName)
    if (!target.commits.has(sha)) throw new Error(`no such commit in the sandbox: ${sha}`)
    const { creator } = status
    const account =
      creator === undefined ? githubActions : creator && { login: creator, id: 583231, type: 'User' as const }
    return store(target, sha, status, account || null)
  }

  /** All statuses of a commit, newest first. */
  const statuses = (fullName: string, sha: string) => newestFirst(find(fullName).statuses.get(sha) ?? [])

  function newestPerContext(history: StatusRecord[]) {
    const newest = new Map<string, StatusRecord>()
    for (const status of history) newest.set(contextKey(status.context), status)
    return [...newest.values()].sort((a, b) => a.id - b.id)
  }

  /** The newest status of each context, by the name it was given. */
  const current = (fullName: string, sha: string): Record<string, StatusRecord> =>
    Object.fromEntries(
      newestPerContext(find(fullName).statuses.get(sha) ?? []).map((status) => [status.context, status]),
    )

  const giteaRefusal = (status: number, message: string, base: string) =>
    json(status, { message, url: `${base}/swagger` })

  function resolve({ commits, branches, tags }: Repository, ref: string): string | undefined {
    const named = branches.get(ref) ?? tags.get(ref)
    if (fullSha.test(ref)) return commits.has(ref.toLowerCase()) ? ref.toLowerCase() : undefined
    if (dialect === 'gitea') return named
    const [, kind, name = ''] = /^(heads|tags)\/(.+)$/.exec(ref) ?? []
    const prefixed = kind === 'heads' ? branches.get(name) : kind === 'tags' ? tags.get(name) : undefined
    const short = /^[0-9a-f]{4,39}$/i.test(ref) ? [...commits].filter((sha) => sha.startsWith(ref.toLowerCase())) : []
    return (
      named ??
      prefixed ??
      (ref === 'HEAD' ? branches.get('main') : undefined) ??
      (short.length === 1 ? short[0] : undefined)
    )
  }

  const unresolved = (ref: string, base: string) =>
    dialect === 'gitea'
      ? fullSha.test(ref)
        ? giteaRefusal(500, `GetCommit[${ref}]: object does not exist`, base)
        : giteaRefusal(404, "The target couldn't be found.", base)
      : refusal(422, `No commit found for SHA: ${ref}`)

  const unprocessable = (problems: Problem[]) =>
    errors === 'string'
      ? refusal(422, 'Validation Failed', { errors: errorsBody(problems, errors), url: createAnchor })
      : json(422, {
          message: 'Validation Failed',
          errors: errorsBody(problems, errors),
          documentation_url: createAnchor,
        })

  /** What a create is refused for, in the order in which GitHub seems to look. */
  function createRefusal(target: Repository, sha: string, body: Record<string, unknown>): ApiResponse | undefined {
    const wrongType = typeProblem(body)
    if (wrongType) return refusal(422, wrongType, { url: createAnchor })
    const problems = statusProblems(sha, body)
    if (problems.length) return unprocessable(problems)
    if (!target.commits.has(sha.toLowerCase())) {
      const message = `No commit found for SHA: ${sha}`
      return errors === 'string'
        ? unprocessable([{ message }])
        : json(422, { message, documentation_url: createAnchor })
    }
    const key = contextKey(String(body.context ?? 'default'))
    const same = (target.statuses.get(sha.toLowerCase()) ?? []).filter(({ context }) => contextKey(context) === key)
    return same.length >= maximumStatuses
      ? unprocessable([{ message: 'This SHA and context has reached the maximum number of statuses.' }])
      : undefined
  }

  function render(base: string, target: Repository, status: StatusRecord) {
    if (dialect === 'gitea') return giteaStatusBody(base, target, status)
    const { context, ...body } = statusBody(base, target, status)
    return dialect === 'legacy' ? body : statusBody(base, target, status)
  }

  function create({ request, base, token, repository: target }: Call, sha: string): ApiResponse {
    let body: unknown
    try {
      body = JSON.parse(request.body)
    } catch {
      return dialect === 'gitea'
        ? giteaRefusal(422, 'invalid character in JSON', base)
        : refusal(400, 'Problems parsing JSON')
    }
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      return dialect === 'gitea'
        ? giteaRefusal(422, 'cannot unmarshal', base)
        : refusal(400, 'Body should be a JSON object')
    }
    const fields = body as Record<string, unknown>
    if (dialect === 'gitea') {
      if (!target.commits.has(sha)) return giteaRefusal(500, `GetCommit[${sha}]: object does not exist`, base)
    } else {
      const refused = createRefusal(target, sha, fields)
      if (refused) return refused
    }
    const text = (value: unknown) => (value === undefined || value === null ? undefined : String(value))
    const { description, target_url, context } = fields
    const status = store(
      target,
      sha.toLowerCase(),
      {
        state: text(fields.state) ?? '',
        description: text(description) ?? null,
        target_url: text(target_url) ?? null,
        ...(typeof context === 'string' && { context }),
      },
      token.creator,
    )
    const url = `${base}/repos/${target.owner}/${target.name}/statuses/${status.sha}`
    return json(201, render(base, target, status), { location: url })
  }

  function page<T>({ query, base, repository: target, segments }: Call, items: T[], withLink: boolean) {
    const size = dialect === 'gitea' ? { name: 'limit', maximum: 50 } : { name: 'per_page', maximum: 100 }
    const { page, perPage, last } = paging(query, items.length, size)
    const path = dialect === 'gitea' ? `repos/${target.owner}/${target.name}` : `repositories/${target.id}`
    const url = `${base}/${path}/${segments.map(encodeURIComponent).join('/')}`
    const link = withLink && linkHeader(url, query, page, last)
    const headers: Record<string, string> = {
      ...(link && { link }),
      ...(dialect === 'gitea' && { 'x-total-count': String(items.length) }),
    }
    return { items: items.slice((page - 1) * perPage, page * perPage), headers }
  }

  function list(call: Call, ref: string): ApiResponse {
    const { base, repository: target } = call
    const sha = resolve(target, ref)
    if (!sha) return unresolved(ref, base)
    const history = target.statuses.get(sha) ?? []
    // Gitea sorts by the second of creation, and leaves those of one second in no useful order.
    const all =
      dialect === 'gitea'
        ? [...history].sort((a, b) => b.created_at.localeCompare(a.created_at) || a.id - b.id)
        : newestFirst(history)
    const { items, headers } = page(call, all, true)
    return json(
      200,
      items.map((status) => render(base, target, status)),
      headers,
    )
  }

  function combined(call: Call, ref: string): ApiResponse {
    const { base, repository: target } = call
    const sha = resolve(target, ref)
    if (!sha) return unresolved(ref, base)
    const all = newestPerContext(target.statuses.get(sha) ?? [])
    const { items, headers } = page(call, all, combinedLink)
    const commit_url = `${base}/repos/${target.owner}/${target.name}/commits/${sha}`
    const rest = { repository: repositoryBody(base, target), commit_url, url: `${commit_url}/status` }
    const states = (of: StatusRecord[]) => of.map(({ state }) => state)
    if (dialect === 'gitea') {
      const statuses = items.length ? items.map((status) => giteaStatusBody(base, target, status)) : null
      return json(
        200,
        { state: giteaCombinedState(states(items)), sha, total_count: items.length, statuses, ...rest },
        headers,
      )
    }
    const statuses = items.map((status) => simpleStatusBody(base, target, status))
    return json(200, { state: combinedState(states(all)), statuses, sha, total_count: all.length, ...rest }, headers)
  }

  function pull({ base, repository: target }: Call, number: string): ApiResponse {
    const found = /^\d+$/.test(number) ? target.pulls.get(Number(number)) : undefined
    if (!found) return notFound()
    const fullName = `${target.owner}/${target.name}`
    const from = found.head_repository ?? fullName
    const [owner = '', name = ''] = from.split('/')
    const headRepository = repositories.get(from.toLowerCase()) ?? { id: 1, owner, name, private: false }
    return json(200, {
      url: `${base}/repos/${fullName}/pulls/${number}`,
      id: target.id + Number(number),
      html_url: `https://github.com/${fullName}/pull/${number}`,
      number: Number(number),
      state: 'open',
      user: userBody(base, { login: owner, id: 583231, type: 'User' }),
      head: { label: `${owner}:change`, ref: 'change', sha: found.head, repo: repositoryBody(base, headRepository) },
      base: {
        label: `${target.owner}:main`,
        ref: 'main',
        sha: found.base ?? target.branches.get('main') ?? found.head,
        repo: repositoryBody(base, target),
      },
    })
  }

  /** A refusal for lack of permission, undefined where the token has it. */
  function permissionRefusal(
    { token, base }: Call,
    permission: 'statuses' | 'pull_requests',
    access: 'read' | 'write',
  ) {
    const has = token[permission]
    if (has === 'write' || has === access) return undefined
    if (dialect === 'gitea') {
      return giteaRefusal(403, `token does not have at least one of required scope(s): [${access}:repository]`, base)
    }
    if (token.kind === 'classic') return notFound()
    const kind = token.kind === 'installation' ? 'integration' : 'personal access token'
    return refusal(403, `Resource not accessible by ${kind}`, {
      url: access === 'write' ? createAnchor : documentation,
      headers: { 'x-accepted-github-permissions': `${permission}=${access}` },
    })
  }

  const concerns = ({ repositories: list }: Token, { owner, name }: Repository) =>
    !list || list.some((fullName) => fullName.toLowerCase() === `${owner}/${name}`.toLowerCase())

  /** The route a call takes: which permission it asks for, and what answers it. */
  function route(call: Call) {
    const [first = '', second = '', third, ...more] = call.segments
    const method = call.request.method.toUpperCase()
    const read = (permission: 'statuses' | 'pull_requests', answer: () => ApiResponse) => ({
      permission,
      access: 'read' as const,
      answer,
    })
    if (more.length || !second) return undefined
    if (method === 'POST' && first === 'statuses' && third === undefined) {
      return { permission: 'statuses' as const, access: 'write' as const, answer: () => create(call, second) }
    }
    if (method !== 'GET') return undefined
    if (first === 'commits' && third === 'status' && dialect !== 'legacy')
      return read('statuses', () => combined(call, second))
    if (first === 'commits' && third === 'statuses' && dialect !== 'legacy')
      return read('statuses', () => list(call, second))
    if (first === 'statuses' && third === undefined) {
      const isBranch = dialect === 'gitea' && !fullSha.test(second)
      return read('statuses', () => (isBranch ? json(200, []) : list(call, second)))
    }
    if (first === 'pulls' && third === undefined) return read('pull_requests', () => pull(call, second))
    return undefined
  }

  function answerFor(
    request: ApiRequest,
    base: string,
    path: string,
    query: URLSearchParams,
    token: Token,
  ): ApiResponse {
    const segments = decodeSegments(path)
    const missing = () => (dialect === 'gitea' ? giteaRefusal(404, "The target couldn't be found.", base) : notFound())
    if (!segments) return missing()
    const byId = segments[0] === 'repositories' && dialect !== 'gitea'
    if (!byId && segments[0] !== 'repos') return missing()
    const rest = segments.slice(byId ? 2 : 3)
    const asked = byId
      ? [...repositories.values()].find(({ id, movedTo }) => String(id) === segments[1] && !movedTo)
      : repositories.get(`${segments[1]}/${segments[2]}`.toLowerCase())
    const target = asked?.movedTo ? repositories.get(asked.movedTo.toLowerCase()) : asked
    if (!asked || !target || (target.private && !concerns(token, target))) return missing()
    if (token.saml) {
      const sso = `https://github.com/orgs/${target.owner}/sso?authorization_request=AZSCKL`
      return refusal(
        403,
        'Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.',
        {
          url: 'https://docs.github.com/articles/authenticating-to-a-github-organization-with-saml-single-sign-on/',
          headers: { 'x-github-sso': `required; url=${sso}` },
        },
      )
    }
    if (asked !== target) {
      const search = query.size ? `?${query}` : ''
      const tail = path
        .split('/')
        .slice(3)
        .map((segment) => `/${segment}`)
        .join('')
      const url = `${base}/repositories/${target.id}${tail}${search}`
      return json(
        request.method.toUpperCase() === 'GET' ? 301 : 307,
        { message: 'Moved Permanently', url, documentation_url: 'https://docs.github.com/v3/#http-redirects' },
        { location: url },
      )
    }
    const call: Call = { request, base, query, token, repository: target, segments: rest }
    const found = route(call)
    if (!found) return missing()
    const { permission, access, answer } = found
    const denied =
      access === 'write' || target.private
        ? permissionRefusal(
            concerns(token, target) ? call : { ...call, token: { ...token, [permission]: 'none' } },
            permission,
            access,
          )
        : undefined
    if (denied) return denied
    if (access === 'write' && target.archived) {
      return refusal(403, 'Repository was archived so is read-only.', { url: createAnchor })
    }
    return answer()
  }

  /** The limit that holds for a token, if any. */
  function limitOf(token: Token, enterprise: boolean) {
    if (options.rateLimit === null || dialect === 'gitea') return undefined
    if (options.rateLimit) return { window: hour, status: 403 as const, ...options.rateLimit }
    return enterprise
      ? undefined
      : { limit: token.kind === 'installation' ? 1000 : 5000, window: hour, status: 403 as const }
  }

  function rateLimitHeaders(token: Token, limit: number): Record<string, string> {
    return {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(limit - token.used),
      'x-ratelimit-reset': String(Math.ceil(token.reset / 1000)),
      'x-ratelimit-used': String(token.used),
      'x-ratelimit-resource': 'core',
    }
  }

  function authenticate({ headers }: ApiRequest): Token | undefined {
    const [, secret = ''] = /^(?:token|bearer) +(\S+)$/i.exec(headers.authorization ?? '') ?? []
    const found = tokens.get(secret)
    return found && found.expires > now() ? found : undefined
  }

  /** Answers with the entity tag, or 304 where the client has that already. */
  function conditional(request: ApiRequest, response: ApiResponse): ApiResponse {
    if (dialect === 'gitea' || response.status >= 300) return response
    const etag = entityTag(response.body)
    const known = (request.headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
    return request.method.toUpperCase() === 'GET' && known.includes(etag)
      ? { status: 304, headers: { etag }, body: '' }
      : {
          ...response,
          headers: { ...response.headers, etag, 'cache-control': 'private, max-age=60, s-maxage=60' },
        }
  }

  /** Answers one request. */
  function handle(request: ApiRequest): ApiResponse {
    const { pathname, searchParams: query } = new URL(request.url, 'http://sandbox')
    const [, prefix = '', path = ''] = /^(\/api\/v[13])?\/(.*)$/.exec(pathname) ?? []
    const enterprise = prefix === '/api/v3'
    const origin = request.origin ?? `https://${request.headers.host ?? 'api.github.com'}`
    const base = origin + prefix
    const identity = {
      'x-github-request-id': randomUUID().slice(0, 23).toUpperCase().replaceAll('-', ':'),
      'x-github-media-type': 'github.v3; format=json',
      vary: 'Accept-Encoding, Accept, X-Requested-With',
    }
    const send = (response: ApiResponse, headers: Record<string, string> = {}): ApiResponse =>
      dialect === 'gitea' ? response : { ...response, headers: { ...response.headers, ...identity, ...headers } }

    if ((prefix === '/api/v1') !== (dialect === 'gitea')) return send(notFound())
    if (!request.headers['user-agent'] && dialect !== 'gitea') {
      return send({
        status: 403,
        headers: { 'content-type': 'text/html' },
        body: 'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.',
      })
    }
    const version = request.headers['x-github-api-version'] ?? '2022-11-28'
    if (!['2022-11-28', '2026-03-10'].includes(version)) {
      return send(refusal(400, `"${version}" is not a supported version.`))
    }
    const token = authenticate(request)
    if (!token) {
      return dialect === 'gitea'
        ? giteaRefusal(401, 'user does not exist [uid: 0, name: ]', base)
        : send(refusal(401, 'Bad credentials', { url: 'https://docs.github.com/rest' }))
    }

    const limit = limitOf(token, enterprise)
    if (limit && now() >= token.reset) Object.assign(token, { used: 0, reset: now() + limit.window })
    if (limit && token.used >= limit.limit) {
      return send(
        refusal(limit.status, 'API rate limit exceeded for installation ID 12345678.', {
          url: 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api',
        }),
        rateLimitHeaders(token, limit.limit),
      )
    }
    const response = conditional(request, answerFor(request, base, path, query, token))
    if (response.status !== 304) token.used += 1
    return send(response, limit && rateLimitHeaders(token, limit.limit))
  }

  return { handle, repository, token, publish, statuses, current }
}

export type GitHub = ReturnType<typeof createGitHub>
