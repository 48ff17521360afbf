import {
  type ApiResponse,
  createGitHub,
  type GitHubOptions,
  type TokenOptions,
} from '../../sandbox/api/github.ts'

export const sha = '6dcb09b5b57875f334f61aebed695e2e4193db5e'
export const other = 'e19b1cfbbf0f0d4d3a1c0e5f2b7f5d3b3a1c0e5f'
export const create = `/repos/octo/hello/statuses/${sha}`
export const list = `/repos/octo/hello/commits/${sha}/statuses`
export const combined = `/repos/octo/hello/commits/${sha}/status`
export const runs = `/repos/octo/hello/commits/${sha}/check-runs`

export interface Sent extends ApiResponse {
  json: Record<string, unknown> & { message?: string; errors?: unknown }
}

/** A model with one repository and one token, and a way to send requests to it. */
export function model(options: GitHubOptions & { token?: TokenOptions; base?: string } = {}) {
  const { token, base = '', ...rest } = options
  const github = createGitHub(rest)
  github.repository('octo/hello', {
    commits: [sha, other],
    branches: { main: sha, 'feat/x': other },
    tags: { v1: other },
  })
  github.token('t0ken', token)
  const send = (
    method: string,
    url: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Sent => {
    const response = github.handle({
      method,
      url: base + url,
      headers: { 'user-agent': 'test', authorization: 'token t0ken', ...headers },
      body: typeof body === 'string' ? body : (JSON.stringify(body) ?? ''),
    })
    return {
      ...response,
      json:
        response.body.startsWith('{') || response.body.startsWith('[')
          ? JSON.parse(response.body)
          : {},
    }
  }
  const post = (body: unknown = { state: 'success' }, url = create) => send('POST', url, body)
  const get = (url: string, headers?: Record<string, string>) =>
    send('GET', url, undefined, headers)
  return { github, send, post, get }
}

export const ids = (items: unknown) => (items as { id: number }[]).map(({ id }) => id)
