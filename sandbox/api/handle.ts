import { randomUUID } from 'node:crypto'
import {
  type ApiRequest,
  type ApiResponse,
  type Call,
  DOCS,
  type GitHubOptions,
  giteaRefusal,
  json,
  notFound,
  refusal,
} from './http.ts'
import { conditional, limited } from './limits.ts'
import type { Repository, Store, Token } from './model.ts'
import { repositoryById, repositoryByName } from './repositories.ts'
import { answerRoute } from './routes.ts'
import { isFor, tokenOf } from './tokens.ts'

const VERSIONS = ['2022-11-28', '2026-03-10']
const NO_AGENT =
  'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.'
const SAML =
  'Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.'

type Asked = Omit<Call, 'repository' | 'segments'>

/** Path segments decoded, none if the encoding is broken. */
function decodeSegments(path: string): string[] {
  try {
    return path.split('/').map(decodeURIComponent)
  } catch {
    return []
  }
}

/** The refusals that do not depend on the path. */
function doorRefusal(
  store: Store,
  { headers }: ApiRequest,
  prefix: string,
  token: Token | undefined,
): ApiResponse | undefined {
  const isGitea = store.dialect === 'gitea'
  if ((prefix === '/api/v1') !== isGitea) return notFound(store)
  if (isGitea) return token ? undefined : giteaRefusal(401, 'invalid username, password or token')
  if (!headers['user-agent'])
    return { status: 403, headers: { 'content-type': 'text/html' }, body: NO_AGENT }
  const version = headers['x-github-api-version']
  if (version && !VERSIONS.includes(version))
    return refusal(400, `"${version}" is not a supported version.`)
  return token ? undefined : refusal(401, 'Bad credentials', DOCS.api)
}

/** A repository that moved: a read is sent on by 301, a write by 307. */
function moved({ request, base, query }: Asked, to: Repository, rest: string[]): ApiResponse {
  const path = [`${base}/repositories/${to.id}`, ...rest].join('/')
  const url = path + (query.size ? `?${query}` : '')
  const body = { message: 'Moved Permanently', url, documentation_url: DOCS.redirects }
  return json(request.method.toUpperCase() === 'GET' ? 301 : 307, body, { location: url })
}

/** `/repos/{owner}/{name}/…`, or `/repositories/{id}/…` to which GitHub's redirects and Links lead. */
function answerPath(asked: Asked, path: string): ApiResponse {
  const { store, token } = asked
  const [kind, first = '', second = ''] = decodeSegments(path)
  const hasId = kind === 'repositories' && store.dialect !== 'gitea'
  if (!hasId && kind !== 'repos') return notFound(store)
  const named = hasId ? repositoryById(store, first) : repositoryByName(store, `${first}/${second}`)
  const repository = named?.movedTo ? repositoryByName(store, named.movedTo) : named
  if (!repository || (repository.private && !isFor(token, repository))) return notFound(store)
  if (token.saml) return refusal(403, SAML, DOCS.sso)
  if (named !== repository) return moved(asked, repository, path.split('/').slice(3))
  const segments = decodeSegments(path).slice(hasId ? 2 : 3)
  return answerRoute({ ...asked, repository, segments })
}

/** Answers one request. */
export function handle(store: Store, options: GitHubOptions, request: ApiRequest): ApiResponse {
  const { pathname, searchParams: query } = new URL(request.url, 'http://sandbox')
  const [, prefix = '', path = ''] = /^(\/api\/v[13])?\/(.*)$/.exec(pathname) ?? []
  const base = (request.origin ?? `https://${request.headers.host ?? 'api.github.com'}`) + prefix
  const token = tokenOf(store, request.headers.authorization)
  const isGitea = store.dialect === 'gitea'
  const answer = (asking: Token) => {
    const asked = { store, options, request, base, query, token: asking }
    return limited(store, options, asking, prefix === '', () => {
      const response = answerPath(asked, path)
      return isGitea ? response : conditional(request, response)
    })
  }
  const refused = doorRefusal(store, request, prefix, token)
  const response = refused ?? (token ? answer(token) : notFound(store))
  if (isGitea) return response
  const identity = {
    'x-github-request-id': randomUUID().toUpperCase().replaceAll('-', ':'),
    'x-github-media-type': 'github.v3; format=json',
    vary: 'Accept-Encoding, Accept, X-Requested-With',
  }
  return { ...response, headers: { ...response.headers, ...identity } }
}
