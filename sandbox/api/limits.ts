import { createHash } from 'node:crypto'
import { type ApiRequest, type ApiResponse, DOCS, type GitHubOptions, refusal } from './http.ts'
import type { Store, Token } from './model.ts'

/** With the entity tag; or 304 if the client has just that. */
export function conditional({ method, headers }: ApiRequest, response: ApiResponse): ApiResponse {
  if (response.status >= 300) return response
  const etag = `"${createHash('sha256').update(response.body).digest('hex')}"`
  const known = (headers['if-none-match'] ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
  if (method.toUpperCase() === 'GET' && known.includes(etag))
    return { status: 304, headers: { etag }, body: '' }
  const caching = { etag, 'cache-control': 'private, max-age=60, s-maxage=60' }
  return { ...response, headers: { ...response.headers, ...caching } }
}

/** The limit that holds for a token, if one does. */
function limitOf(
  { rateLimit }: GitHubOptions,
  token: Token,
  isUsual: boolean,
): GitHubOptions['rateLimit'] {
  if (rateLimit !== undefined || !isUsual) return rateLimit
  return { limit: token.kind === 'installation' ? 1000 : 5000 }
}

/** Takes one request off the token's limit, if one holds; a 304 costs nothing. `isUsual`: the server is github.com. */
export function limited(
  { now }: Store,
  options: GitHubOptions,
  token: Token,
  isUsual: boolean,
  answer: () => ApiResponse,
): ApiResponse {
  const chosen = limitOf(options, token, isUsual)
  if (!chosen) return answer()
  const { limit } = chosen
  if (now() >= token.reset) Object.assign(token, { used: 0, reset: now() + 3_600_000 })
  const message = 'API rate limit exceeded for installation ID 12345678.'
  const isWithin = token.used < limit
  const response = isWithin ? answer() : refusal(403, message, DOCS.limits)
  if (isWithin && response.status !== 304) token.used += 1
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
