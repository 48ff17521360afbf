import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Socket } from 'node:net'
import { connect as secure } from 'node:tls'
import { afterEach, describe, expect, jest, test } from '@jest/globals'
import { selfSigned } from '../../sandbox/api/certificate.ts'
import {
  type ApiResponse,
  createGitHub,
  type GitHubOptions,
  type TokenOptions,
} from '../../sandbox/api/github.ts'
import { startProxy } from '../../sandbox/api/proxy.ts'
import {
  type Fault,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from '../../sandbox/api/server.ts'

const sha = '6dcb09b5b57875f334f61aebed695e2e4193db5e'
const other = 'e19b1cfbbf0f0d4d3a1c0e5f2b7f5d3b3a1c0e5f'
const create = `/repos/octo/hello/statuses/${sha}`
const list = `/repos/octo/hello/commits/${sha}/statuses`
const combined = `/repos/octo/hello/commits/${sha}/status`

interface Sent extends ApiResponse {
  json: Record<string, unknown> & { message?: string; errors?: unknown }
}

/** A model with one repository and one token, and a way to send requests to it. */
function model(options: GitHubOptions & { token?: TokenOptions; base?: string } = {}) {
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

const ids = (items: unknown) => (items as { id: number }[]).map(({ id }) => id)

describe('create', () => {
  test('stores, and answers with what it stored', () => {
    const { github, post } = model({ now: () => Date.UTC(2026, 0, 2, 3, 4, 5, 678) })
    const { status, headers, json } = post({
      state: 'failure',
      context: 'ci',
      description: 'no',
      target_url: 'https://x.y',
    })
    expect(status).toBe(201)
    expect(headers).toMatchObject({
      location: `https://api.github.com${create}`,
      'x-ratelimit-remaining': '999',
    })
    expect(json).toMatchObject({
      state: 'failure',
      context: 'ci',
      created_at: '2026-01-02T03:04:05Z',
      creator: { login: 'github-actions[bot]' },
    })
    expect(github.statuses('octo/hello', sha)).toMatchObject([
      { id: json.id, state: 'failure', description: 'no', target_url: 'https://x.y' },
    ])
  })

  test('no context is `default`, absent texts are null', () => {
    expect(model().post().json).toMatchObject({
      context: 'default',
      description: null,
      target_url: null,
    })
  })

  test('names are compared without case', () => {
    const { github, post } = model()
    post({ state: 'pending', context: 'CI' })
    post({ state: 'success', context: 'ci' })
    expect(Object.keys(github.current('octo/hello', sha))).toEqual(['ci'])
    expect(github.statuses('octo/hello', sha)).toHaveLength(2)
  })

  const unknown = 'f'.repeat(40)
  test.each<[string, object, string, string, object]>([
    [
      'a long description',
      { description: 'x'.repeat(141) },
      create,
      'Description is too long (maximum is 140 characters)',
      { field: 'description', message: 'description is too long (maximum is 140 characters)' },
    ],
    [
      'an emoji in the description',
      { description: 'ok 🎉' },
      create,
      "Description doesn't accept 4-byte Unicode",
      { field: 'description' },
    ],
    [
      'an emoji in the context',
      { context: '🎉' },
      create,
      "Context doesn't accept 4-byte Unicode",
      { field: 'context' },
    ],
    [
      'a long context',
      { context: 'x'.repeat(256) },
      create,
      'Context is too long (maximum is 255 characters)',
      { field: 'context' },
    ],
    [
      'an empty context',
      { context: '' },
      create,
      "Context can't be blank",
      { field: 'context', code: 'missing_field' },
    ],
    [
      'a link without scheme',
      { target_url: 'example.com' },
      create,
      'Target url must use http(s) scheme',
      { field: 'target_url', message: 'target_url must use http(s) scheme' },
    ],
    [
      'an empty link',
      { target_url: '' },
      create,
      'Target url must use http(s) scheme',
      { field: 'target_url' },
    ],
    [
      'a bad state',
      { state: 'cancelled' },
      create,
      'State is not included in the list',
      { field: 'state' },
    ],
    [
      'a short sha',
      {},
      '/repos/octo/hello/statuses/6dcb09b',
      'Sha must be a 40 character SHA1',
      { field: 'sha', message: 'sha must be a 40 character SHA1' },
    ],
    [
      'a branch',
      {},
      '/repos/octo/hello/statuses/heads%2Fmain',
      'Sha must be a 40 character SHA1',
      { field: 'sha' },
    ],
  ])('%s is refused, in both generations', (_, body, url, text, entry) => {
    const now = model()
    const answer = now.post({ state: 'success', ...body }, url)
    expect(answer.status).toBe(422)
    expect(answer.json).toEqual({
      message: 'Validation Failed',
      errors: `Validation failed: ${text}`,
      documentation_url: 'https://docs.github.com/rest/commits/statuses#create-a-commit-status',
      status: '422',
    })
    expect(now.github.statuses('octo/hello', sha)).toEqual([])
    expect(model({ errors: 'array' }).post({ state: 'success', ...body }, url).json).toEqual({
      message: 'Validation Failed',
      errors: [expect.objectContaining({ resource: 'Status', code: 'custom', ...entry })],
      documentation_url: expect.any(String),
    })
  })

  test('what just fits is accepted', () => {
    const body = {
      state: 'error',
      description: '漢'.repeat(140),
      context: '✓'.repeat(255),
      target_url: 'http://a',
    }
    expect(model().post(body).status).toBe(201)
    expect(model().post({ state: 'error', description: null, target_url: null }).status).toBe(201)
  })

  test('several problems are told together', () => {
    expect(model().post({ state: 'x', target_url: 'y' }).json.errors).toBe(
      'Validation failed: State is not included in the list, Target url must use http(s) scheme',
    )
  })

  test('an unknown commit', () => {
    const url = `/repos/octo/hello/statuses/${unknown}`
    expect(model().post({ state: 'success' }, url)).toMatchObject({
      status: 422,
      json: { errors: expect.stringContaining(`No commit found for SHA: ${unknown}`) },
    })
    const { status, json } = model({ errors: 'array' }).post({ state: 'success' }, url)
    expect(status).toBe(422)
    expect(json).toEqual({
      message: `No commit found for SHA: ${unknown}`,
      documentation_url: expect.any(String),
    })
  })

  test('the maximum of one commit and context', () => {
    const { post } = model({ maximumStatuses: 2 })
    for (const context of ['a', 'A', 'b'])
      expect(post({ state: 'success', context }).status).toBe(201)
    expect(post({ state: 'success', context: 'a' })).toMatchObject({
      status: 422,
      json: {
        errors:
          'Validation failed: This SHA and context has reached the maximum number of statuses.',
      },
    })
    expect(post({ state: 'success', context: 'b' }).status).toBe(201)
    const old = model({ maximumStatuses: 0, errors: 'array' }).post().json.errors
    expect(old).toEqual([
      {
        resource: 'Status',
        code: 'custom',
        message: 'This SHA and context has reached the maximum number of statuses.',
      },
    ])
  })

  test.each<[string, unknown, number, string]>([
    ['bad JSON', '{', 400, 'Problems parsing JSON'],
    ['an array', [], 400, 'Body should be a JSON object'],
    ['null', 'null', 400, 'Body should be a JSON object'],
    ['no state', {}, 422, `"state" wasn't supplied`],
    [
      'context null',
      { state: 'success', context: null },
      422,
      `For 'properties/context', nil is not a string.`,
    ],
    [
      'a number',
      { state: 'success', description: 7 },
      422,
      `For 'properties/description', 7 is not a string.`,
    ],
  ])('%s', (_, body, status, message) => {
    expect(model().post(body)).toMatchObject({
      status,
      json: { message: expect.stringContaining(message) },
    })
  })
})

describe('who may', () => {
  const integration = 'Resource not accessible by integration'
  test.each<[string, TokenOptions, number, string, string | undefined]>([
    ['an app without it', { statuses: 'none' }, 403, integration, 'statuses=write'],
    ['an app that only reads', { statuses: 'read' }, 403, integration, 'statuses=write'],
    [
      'a fine-grained token',
      { statuses: 'read', kind: 'personal' },
      403,
      'Resource not accessible by personal access token',
      'statuses=write',
    ],
    ['a classic token', { statuses: 'read', kind: 'classic' }, 404, 'Not Found', undefined],
    [
      'an app of another repository',
      { repositories: ['octo/other'] },
      403,
      integration,
      'statuses=write',
    ],
    ['a token that has run out', { lifetime: 0 }, 401, 'Bad credentials', undefined],
    [
      'a token without single sign-on',
      { saml: true },
      403,
      'Resource protected by organization SAML enforcement',
      undefined,
    ],
  ])('%s', (_, token, status, message, accepted) => {
    const { github, post } = model({ token })
    const answer = post()
    expect(answer).toMatchObject({ status, json: { message: expect.stringContaining(message) } })
    expect(answer.headers['x-accepted-github-permissions']).toBe(accepted)
    expect(github.statuses('octo/hello', sha)).toEqual([])
  })

  test('x-github-sso tells where to sign on', () => {
    expect(model({ token: { saml: true } }).get(list).headers['x-github-sso']).toMatch(
      /^required; url=https:\/\//,
    )
  })

  test.each<[string, string]>([
    ['no token', ''],
    ['an unknown one', 'Bearer nobody'],
    ['another scheme', 'Basic dDBrZW4='],
  ])('%s', (_, authorization) => {
    expect(model().get(list, { authorization })).toMatchObject({
      status: 401,
      json: { message: 'Bad credentials' },
    })
  })

  test('Bearer is as good as token', () => {
    expect(model().get(list, { authorization: 'Bearer t0ken' }).status).toBe(200)
  })

  test('a permission can be lost half way', () => {
    const { github, post } = model()
    expect(post().status).toBe(201)
    github.token('t0ken', { statuses: 'none' })
    expect(post().status).toBe(403)
  })

  test('public repositories can be read without the permission, private ones cannot', () => {
    const { github, get } = model({ token: { statuses: 'none', pull_requests: 'none' } })
    github.repository('octo/hello', { pulls: { 7: { head: other } } })
    expect(get(list).status).toBe(200)
    github.repository('octo/hello', { private: true })
    expect(get(list)).toMatchObject({
      status: 403,
      headers: { 'x-accepted-github-permissions': 'statuses=read' },
    })
    expect(get('/repos/octo/hello/pulls/7')).toMatchObject({
      status: 403,
      headers: { 'x-accepted-github-permissions': 'pull_requests=read' },
    })
  })

  test('a private repository that the token was not made for does not exist', () => {
    const { github, get, post } = model({ token: { repositories: ['octo/other'] } })
    github.repository('octo/hello', { private: true })
    expect([get(list).status, post().status, get('/repos/octo/nothing/pulls/1').status]).toEqual([
      404, 404, 404,
    ])
  })

  test('an archived repository is read only', () => {
    const { github, get, post } = model()
    github.repository('octo/hello', { archived: true })
    expect(post()).toMatchObject({
      status: 403,
      json: { message: 'Repository was archived so is read-only.' },
    })
    expect(get(list).status).toBe(200)
  })

  test('a client must say who it is, in a version that exists', () => {
    expect(model().get(list, { 'user-agent': '' }).status).toBe(403)
    expect(model().get(list, { 'x-github-api-version': '2020-01-01' }).status).toBe(400)
  })
})

describe('routes', () => {
  test.each<[string, number]>([
    [combined, 200],
    [
      combined
        .toUpperCase()
        .replace('/REPOS', '/repos')
        .replace('/COMMITS', '/commits')
        .replace('/STATUS', '/status'),
      200,
    ],
    ['/repos/octo/hello/commits/main/status', 200],
    ['/repos/octo/hello/commits/HEAD/status', 200],
    ['/repos/octo/hello/commits/heads%2Ffeat%2Fx/status', 200],
    ['/repos/octo/hello/commits/feat%2Fx/statuses', 200],
    ['/repos/octo/hello/commits/tags%2Fv1/statuses', 200],
    ['/repos/octo/hello/commits/6dcb09b/status', 200],
    ['/repos/octo/hello/statuses/main', 200],
    ['/repos/octo/hello/commits/heads/main/status', 404],
    ['/repos/octo/hello/commits/%E0%A4%A/status', 404],
    ['/repos/octo/hello/commits/nothing/status', 422],
    [`/repos/octo/hello/commits/${'f'.repeat(40)}/statuses`, 422],
    ['/repos/octo/hello/statuses/', 404],
    ['/repos/octo/hello/pulls/8', 404],
    ['/user', 404],
    ['/', 404],
  ])('GET %s is %i', (url, status) => {
    expect(model().get(url).status).toBe(status)
    expect(model({ base: '/api/v3' }).get(url).status).toBe(status)
    expect(model({ base: '/api/v1' }).get(url).status).toBe(404)
  })

  test('links keep the prefix and the host', () => {
    const { post } = model({ base: '/api/v3' })
    expect(post().headers.location).toBe(`https://api.github.com/api/v3${create}`)
  })

  test('a pull request’s head', () => {
    const { github, get } = model()
    github.repository('octo/hello', {
      pulls: { 7: { head: other, head_repository: 'fork/hello' } },
    })
    expect(get('/repos/octo/hello/pulls/7').json).toMatchObject({
      number: 7,
      head: { sha: other, repo: { full_name: 'fork/hello' } },
      base: { sha },
    })
  })

  test('a moved repository leads to the new one, and a redirected write arrives', () => {
    const { github, post, send, get } = model()
    github.repository('octo/old', { movedTo: 'octo/hello' })
    const moved = post({ state: 'success' }, `/repos/octo/old/statuses/${sha}`)
    expect(moved.status).toBe(307)
    expect(moved.headers.location).toBe(moved.json.url)
    const to = new URL(moved.headers.location ?? '')
    expect(send('POST', to.pathname, { state: 'success' }).status).toBe(201)
    expect(github.statuses('octo/hello', sha)).toHaveLength(1)
    expect(get('/repos/octo/old/commits/heads%2Fmain/status?per_page=5')).toMatchObject({
      status: 301,
      headers: {
        location: expect.stringMatching(
          /\/repositories\/\d+\/commits\/heads%2Fmain\/status\?per_page=5$/,
        ),
      },
    })
  })
})

describe('the combined status', () => {
  test.each<[string[], string]>([
    [[], 'pending'],
    [['success'], 'success'],
    [['success', 'pending'], 'pending'],
    [['pending', 'error'], 'failure'],
    [['failure', 'success'], 'failure'],
  ])('of %j is %s', (states, expected) => {
    const { get, post } = model()
    states.forEach((state, index) => {
      post({ state: 'failure', context: `c${index}` })
      post({ state, context: `C${index}` })
    })
    expect(get(combined).json).toMatchObject({ state: expected, total_count: states.length, sha })
  })

  test('pages: ascending, the state of all of them on each', () => {
    const { get, post } = model()
    for (let index = 0; index < 35; index += 1)
      post({ state: index === 34 ? 'failure' : 'success', context: `c${index}` })
    const first = get(combined)
    expect(first.json).toMatchObject({ state: 'failure', total_count: 35 })
    expect(first.json.statuses).toHaveLength(30)
    const second = get(`${combined}?page=2`)
    expect(second.json).toMatchObject({ state: 'failure', total_count: 35 })
    const all = [...ids(first.json.statuses), ...ids(second.json.statuses)]
    expect(all).toEqual([...all].sort((a, b) => a - b))
    expect(new Set(all).size).toBe(35)
    expect(get(`${combined}?per_page=500&limit=3`).json.statuses).toHaveLength(35)
    expect(get(`${combined}?page=3`).json.statuses).toEqual([])
    expect(first.headers.link).toContain('rel="next"')
  })

  test('its Link can be missing', () => {
    const { get, post } = model({ combinedLink: false })
    for (const context of ['a', 'b']) post({ state: 'success', context })
    expect(get(`${combined}?per_page=1`).headers.link).toBeUndefined()
    expect(get(`${list}?per_page=1`).headers.link).toBeDefined()
  })
})

describe('the list', () => {
  test('newest first, every record, by its Links', () => {
    const { get, post } = model()
    for (let index = 0; index < 5; index += 1)
      post({ state: 'success', context: index % 2 ? 'a' : 'b' })
    const seen: number[] = []
    const rels: string[][] = []
    for (let url: string | undefined = `${list}?per_page=2`; url; ) {
      const page = get(url)
      seen.push(...ids(page.json))
      const links: string[][] = [
        ...(page.headers.link ?? '').matchAll(/<([^>]+)>; rel="(\w+)"/g),
      ].map((match) => [...match])
      rels.push(links.map(([, , rel = '']) => rel))
      const next: string | undefined = links.find(([, , rel]) => rel === 'next')?.[1]
      url = next && new URL(next).pathname + new URL(next).search
      if (url) expect(url).toMatch(/^\/repositories\/\d+\/commits\//)
    }
    expect(rels).toEqual([
      ['next', 'last'],
      ['prev', 'next', 'last', 'first'],
      ['prev', 'first'],
    ])
    expect(seen).toHaveLength(5)
    expect(seen).toEqual([...seen].sort((a, b) => b - a))
  })

  test('no Link where one page holds all', () => {
    expect(model().get(list).headers.link).toBeUndefined()
  })

  test('statuses of other tools', () => {
    const { github, get } = model()
    github.publish('octo/hello', sha, {
      state: 'pending',
      context: 'x',
      creator: 'robot',
      created_at: '2020-01-01T00:00:00Z',
    })
    expect(get(list).json).toMatchObject([
      { context: 'x', created_at: '2020-01-01T00:00:00Z', creator: { login: 'robot' } },
    ])
    expect(() => github.publish('octo/hello', 'f'.repeat(40), { state: 'pending' })).toThrow(
      'no such commit',
    )
    expect(() => github.statuses('octo/nothing', sha)).toThrow('no such repository')
  })
})

describe('what a request costs', () => {
  const remaining = ({ headers }: ApiResponse) => Number(headers['x-ratelimit-remaining'])

  test('one of the limit, and nothing where nothing changed', () => {
    const { get, post } = model()
    const first = get(combined)
    const etag = first.headers.etag ?? ''
    expect(remaining(first)).toBe(999)
    const again = get(combined, { 'if-none-match': etag })
    expect(again).toMatchObject({ status: 304, body: '' })
    expect(remaining(again)).toBe(999)
    expect(get(combined, { 'if-none-match': `W/${etag}` }).status).toBe(304)
    expect(remaining(post())).toBe(998)
    expect(get(combined, { 'if-none-match': etag }).status).toBe(200)
  })

  test.each([403, 429] as const)('used up is %i until the window ends', (status) => {
    let time = 1_000_000
    const { get, post } = model({
      now: () => time,
      rateLimit: { limit: 2, window: 60_000, status },
    })
    expect([post().status, get(list).status]).toEqual([201, 200])
    expect(get(list)).toMatchObject({
      status,
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1060' },
      json: { message: expect.stringContaining('API rate limit exceeded') },
    })
    time += 60_000
    expect(remaining(get(list))).toBe(1)
  })

  test('no limit on GitHub Enterprise Server unless it is asked for', () => {
    expect(model({ base: '/api/v3' }).get(list).headers).not.toHaveProperty('x-ratelimit-limit')
    expect(model({ rateLimit: null }).get(list).headers).not.toHaveProperty('x-ratelimit-limit')
    expect(remaining(model({ base: '/api/v3', rateLimit: { limit: 9 } }).get(list))).toBe(8)
  })
})

describe('Gitea', () => {
  const gitea = (options: GitHubOptions & { token?: TokenOptions } = {}) =>
    model({ dialect: 'gitea', base: '/api/v1', ...options })

  test('validates nothing, and says `status`', () => {
    const { post, github } = gitea()
    const answer = post({
      state: 'purple',
      description: 'x'.repeat(7000),
      target_url: 'javascript:1',
    })
    expect(answer).toMatchObject({ status: 201, json: { id: 1, status: 'purple', context: '' } })
    expect(answer.json).not.toHaveProperty('state')
    expect(post({}).json).toMatchObject({ id: 2, status: '' })
    expect(github.statuses('octo/hello', sha)).toHaveLength(2)
  })

  test.each<[string, () => Sent, number, string]>([
    ['bad JSON', () => gitea().post('{'), 422, ''],
    [
      'an unknown commit',
      () => gitea().post({ state: 'success' }, `/repos/octo/hello/statuses/${'0'.repeat(40)}`),
      500,
      'object does not exist',
    ],
    ['a bad token', () => gitea().get(list, { authorization: 'token no' }), 401, ''],
    [
      'a token without the scope',
      () => gitea({ token: { statuses: 'read' } }).post(),
      403,
      'write:repository',
    ],
    ['an unknown repository', () => gitea().get('/repos/o/r/commits/main/status'), 404, ''],
    [
      'a prefixed branch',
      () => gitea().get('/repos/octo/hello/commits/heads%2Fmain/status'),
      404,
      '',
    ],
  ])('%s', (_, answer, status, message) => {
    expect(answer()).toMatchObject({ status, json: { message: expect.stringContaining(message) } })
  })

  test('nothing at all is null; a branch in the old list is empty', () => {
    const { get, post } = gitea()
    expect(get('/repos/octo/hello/commits/main/status').json).toMatchObject({
      state: 'pending',
      statuses: null,
      total_count: 0,
    })
    post()
    expect(get('/repos/octo/hello/statuses/main').json).toEqual([])
    expect(get(create).json).toHaveLength(1)
  })

  test('pages by limit, and the combined state is the page’s', () => {
    const { get, post } = gitea()
    for (const [index, state] of ['failure', 'success', 'skipped'].entries())
      post({ state, context: `c${index}` })
    post({ state: 'success', context: 'C0' })
    const first = get(`${combined}?limit=2&per_page=100`)
    expect(first.json).toMatchObject({
      state: 'failure',
      total_count: 2,
      statuses: [{ status: 'failure' }, { status: 'success' }],
    })
    expect(first.headers).toMatchObject({
      'x-total-count': '4',
      link: expect.stringContaining('rel="next"'),
    })
    expect(get(`${combined}?limit=2&page=2`).json).toMatchObject({
      state: 'success',
      total_count: 2,
    })
    expect(get(`${list}?per_page=1`).json).toHaveLength(4)
    expect(first.headers).not.toHaveProperty('etag')
  })

  test('a warning counts as failure', () => {
    const { get, post } = gitea()
    post({ state: 'warning' })
    expect(get(combined).json).toMatchObject({ state: 'failure' })
  })

  test('the list of one second does not follow the id', () => {
    let time = 0
    const { get, post } = gitea({ now: () => time })
    post()
    post()
    time = 5000
    post()
    expect(ids(get(list).json)).toEqual([3, 1, 2])
  })
})

test('the legacy dialect knows neither contexts nor a combined status', () => {
  const { get, post } = model({ dialect: 'legacy' })
  expect(post().json).not.toHaveProperty('context')
  expect([get(combined).status, get(list).status]).toEqual([404, 404])
  const items = get(create).json as unknown as object[]
  expect(items).toHaveLength(1)
  expect(items[0]).not.toHaveProperty('context')
})

describe('the server', () => {
  jest.setTimeout(20_000)
  const open: { close(): Promise<void> }[] = []
  afterEach(async () => {
    for (const server of open.splice(0)) await server.close()
  })

  async function start(options?: SandboxOptions): Promise<Sandbox> {
    const sandbox = await startSandbox(options)
    open.push(sandbox)
    sandbox.github.repository('octo/hello', { commits: [sha] })
    sandbox.github.token('t0ken')
    return sandbox
  }

  const headers = { authorization: 'token t0ken', 'user-agent': 'test', connection: 'close' }
  const publish = ({ url }: Sandbox, signal?: AbortSignal) =>
    fetch(url + create, {
      method: 'POST',
      headers,
      body: '{"state":"success"}',
      redirect: 'manual',
      ...(signal && { signal }),
    })
  const stored = ({ github }: Sandbox) => github.statuses('octo/hello', sha).length

  test('answers, and records what it was asked', async () => {
    const sandbox = await start()
    const response = await publish(sandbox)
    expect(response.status).toBe(201)
    expect(response.headers.get('location')).toBe(sandbox.url + create)
    await fetch(`${sandbox.url}${list}?per_page=2`, { headers })
    expect(sandbox.requests).toMatchObject([
      {
        method: 'POST',
        path: create,
        query: {},
        body: { state: 'success' },
        status: 201,
        host: sandbox.url.slice(7),
        at: expect.any(Number),
      },
      {
        method: 'GET',
        path: list,
        query: { per_page: '2' },
        body: undefined,
        status: 200,
        headers: { authorization: 'token t0ken' },
      },
    ])
  })

  test.each<[string, Fault, number, string]>([
    ['502 with HTML', { answer: { status: 502, body: '<html>' } }, 502, '<html>'],
    [
      '429',
      { answer: { status: 429, headers: { 'retry-after': '1' }, body: { message: 'slow' } } },
      429,
      '{"message":"slow"}',
    ],
    ['200 for a create', { answer: { status: 200, body: {} } }, 200, '{}'],
    ['a redirect', { redirect: 'http://elsewhere/' }, 307, ''],
    ['another redirect', { redirect: 'http://elsewhere/', status: 301 }, 301, ''],
  ])('fault: %s, once', async (_, fault, status, body) => {
    const sandbox = await start()
    sandbox.fault(fault)
    const response = await publish(sandbox)
    expect(response.status).toBe(status)
    expect(await response.text()).toBe(body)
    expect(stored(sandbox)).toBe(0)
    expect((await publish(sandbox)).status).toBe(201)
    expect(sandbox.requests.map((request) => request.status)).toEqual([status, 201])
  })

  test.each<[Fault, number]>([
    [{ reset: true }, 0],
    [{ resetAfter: true }, 1],
  ])('fault: %j', async (fault, count) => {
    const sandbox = await start()
    sandbox.fault(fault)
    await expect(publish(sandbox)).rejects.toThrow()
    expect(stored(sandbox)).toBe(count)
    expect(sandbox.requests).toMatchObject([{ status: null }])
  })

  test('fault: hang', async () => {
    const sandbox = await start()
    sandbox.fault({ hang: true })
    await expect(publish(sandbox, AbortSignal.timeout(200))).rejects.toThrow(/timeout/)
    expect(stored(sandbox)).toBe(0)
  })

  test('fault: slow is stored at once', async () => {
    const sandbox = await start()
    sandbox.fault({ slow: 300 })
    const began = performance.now()
    const answer = publish(sandbox)
    while (sandbox.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(stored(sandbox)).toBe(1)
    expect((await answer).status).toBe(201)
    expect(performance.now() - began).toBeGreaterThan(290)
  })

  test('fault: trickle is the true answer', async () => {
    const sandbox = await start()
    sandbox.fault({ trickle: 0 })
    expect(await (await publish(sandbox)).json()).toMatchObject({ state: 'success' })
  })

  test('fault: cut', async () => {
    const sandbox = await start()
    sandbox.fault({ cut: true })
    const response = await publish(sandbox)
    expect(response.status).toBe(201)
    await expect(response.text()).rejects.toThrow()
  })

  test('fault: endless', async () => {
    const sandbox = await start()
    sandbox.fault({ endless: true })
    const response = await publish(sandbox)
    const reader = response.body?.getReader()
    let bytes = 0
    while (bytes < 10_000) bytes += (await reader?.read())?.value?.length ?? 0
    await reader?.cancel()
    expect(response.status).toBe(200)
  })

  test('faults choose by method, path, count and place', async () => {
    const sandbox = await start()
    sandbox.fault({ answer: { status: 500 }, method: 'POST', times: 2, after: 1 })
    sandbox.fault({ answer: { status: 503 }, path: /\/commits\// })
    expect((await fetch(sandbox.url + list, { headers })).status).toBe(503)
    const statuses: number[] = []
    for (let index = 0; index < 4; index += 1) statuses.push((await publish(sandbox)).status)
    expect(statuses).toEqual([201, 500, 500, 201])
  })

  test('closing ends what hangs', async () => {
    const sandbox = await startSandbox()
    sandbox.fault({ hang: true })
    const hanging = fetch(sandbox.url).then(
      () => 'answered',
      () => 'broken',
    )
    while (sandbox.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    await sandbox.close()
    expect(await hanging).toBe('broken')
  })

  test('a proxy leads a name to it', async () => {
    const sandbox = await start()
    const proxy = await startProxy({
      resolve: (host) =>
        host === 'api.example.test' ? { host: '127.0.0.1', port: sandbox.port } : undefined,
      credentials: 'user:secret',
    })
    open.push(proxy)
    const { port } = new URL(proxy.url)
    const authorization = `Basic ${Buffer.from('user:secret').toString('base64')}`
    const direct = (host: string, proxyHeaders: Record<string, string>) =>
      new Promise<number | undefined>((resolve, reject) => {
        const path = `http://${host}${list}`
        httpRequest({ port, path, headers: { ...headers, ...proxyHeaders, host } }, (answer) => {
          answer.resume()
          resolve(answer.statusCode)
        })
          .on('error', reject)
          .end()
      })
    const tunnel = (proxyHeaders: Record<string, string>) =>
      new Promise<number | undefined>((resolve, reject) => {
        httpRequest({ port, method: 'CONNECT', path: 'api.example.test:80', headers: proxyHeaders })
          .on('connect', (answer, socket) => {
            if (answer.statusCode !== 200) {
              socket.destroy()
              return resolve(answer.statusCode)
            }
            const inner = {
              createConnection: () => socket,
              path: list,
              headers: { ...headers, host: 'api.example.test' },
            }
            httpRequest(inner, (through) => {
              through.resume()
              resolve(through.statusCode)
            })
              .on('error', reject)
              .end()
          })
          .on('error', reject)
          .end()
      })
    expect(await direct('api.example.test', { 'proxy-authorization': authorization })).toBe(200)
    expect(await direct('api.example.test', {})).toBe(407)
    expect(await direct('nowhere.test', { 'proxy-authorization': authorization })).toBe(502)
    expect(await tunnel({ 'proxy-authorization': authorization })).toBe(200)
    expect(await tunnel({})).toBe(407)
    expect(
      proxy.requests.map(({ method, host, port, status }) => `${method} ${host}:${port} ${status}`),
    ).toEqual([
      'GET api.example.test:80 200',
      'GET api.example.test:80 407',
      'GET nowhere.test:80 502',
      'CONNECT api.example.test:80 200',
      'CONNECT api.example.test:80 407',
    ])
    expect(sandbox.requests).toMatchObject([
      { host: 'api.example.test' },
      { host: 'api.example.test' },
    ])
    expect(sandbox.requests[0]?.headers).not.toHaveProperty('proxy-authorization')
  })

  test('over TLS, and through a tunnel under a name that only the proxy knows', async () => {
    const tls = selfSigned('api.example.test')
    const sandbox = await start({ tls })
    const status = (options: object) =>
      new Promise<number | undefined>((resolve, reject) => {
        httpsRequest({ path: list, headers, ...options }, (answer) => {
          answer.resume()
          resolve(answer.statusCode)
        })
          .on('error', reject)
          .end()
      })
    expect(sandbox.url).toMatch(/^https:/)
    expect(await status({ host: '127.0.0.1', port: sandbox.port, ca: tls.cert })).toBe(200)
    await expect(status({ host: '127.0.0.1', port: sandbox.port })).rejects.toThrow(/self-signed/)

    const proxy = await startProxy({ resolve: () => ({ host: '127.0.0.1', port: sandbox.port }) })
    open.push(proxy)
    const socket = await new Promise<Socket>((resolve) => {
      const ask = { port: new URL(proxy.url).port, method: 'CONNECT', path: 'api.example.test:443' }
      httpRequest(ask)
        .on('connect', (_, found: Socket) => resolve(found))
        .end()
    })
    const createConnection = () => secure({ socket, servername: 'api.example.test', ca: tls.cert })
    expect(await status({ host: 'api.example.test', createConnection })).toBe(200)
    expect(proxy.requests).toEqual([
      {
        method: 'CONNECT',
        host: 'api.example.test',
        port: 443,
        credentials: undefined,
        status: 200,
      },
    ])
    expect(sandbox.requests.at(-1)?.host).toMatch(/^api\.example\.test/)
  })
})
