import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { type ApiResponse, createGitHub } from '../../sandbox/api/github.ts'

const sha = '6dcb09b5b57875f334f61aebed695e2e4193db5e'

interface Fixture {
  method: string
  path: string
  body: unknown
  status: number
  response: unknown
  headers: Record<string, string>
}

/** GitHub's own answers, as @octokit/fixtures recorded them. */
const recordings = (scenario: string): Fixture[] =>
  JSON.parse(
    readFileSync(
      `node_modules/@octokit/fixtures/scenarios/api.github.com/${scenario}/normalized-fixture.json`,
      'utf8',
    ),
  )

function sandbox(options: Parameters<typeof createGitHub>[0] = {}) {
  const github = createGitHub(options)
  github.token('t0ken', { kind: 'personal' })
  const send = (method: string, url: string, body?: unknown): ApiResponse =>
    github.handle({
      method: method.toUpperCase(),
      url,
      headers: { 'user-agent': 'test', authorization: 'token t0ken', host: 'api.github.com' },
      body: body ? JSON.stringify(body) : '',
    })
  return { github, send }
}

/** The names and kinds in a body, in their order. */
function keys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(keys)
  if (typeof value !== 'object' || value === null) return typeof value
  return Object.entries(value).map(([key, item]) => [key, keys(item)])
}

const pick = (body: unknown, names: string[]): unknown =>
  Array.isArray(body)
    ? body.map((item) => pick(item, names))
    : Object.fromEntries(Object.entries(body as object).filter(([name]) => names.includes(name)))

describe('recorded: create-status', () => {
  const all = recordings('create-status')
  const { github, send } = sandbox()
  github.repository('octokit-fixture-org/create-status', {
    commits: ['0000000000000000000000000000000000000001'],
  })
  const answers = all.map(({ method, path, body }) => send(method, path, body))

  test('what was recorded: two creates, a list, the combined status', () => {
    expect(
      all.map(({ method, path }) => `${method} ${path.split('/')[4]} ${path.split('/')[6] ?? ''}`),
    ).toEqual(['post statuses ', 'post statuses ', 'get commits statuses', 'get commits status'])
  })

  test.each(
    all.map(
      (fixture, index) =>
        [
          `${fixture.method} …/${fixture.path.split('/').slice(4).join('/')}`,
          fixture,
          index,
        ] as const,
    ),
  )('%s', (_, fixture, index) => {
    const answer = answers[index]
    const body = JSON.parse(answer?.body ?? '')
    expect(answer?.status).toBe(fixture.status)
    expect(keys(body)).toEqual(keys(fixture.response))
    const stated = [
      'url',
      'state',
      'description',
      'target_url',
      'context',
      'sha',
      'total_count',
      'commit_url',
    ]
    expect(pick(body, stated)).toEqual(pick(fixture.response, stated))
    expect(answer?.headers.location).toBe(fixture.headers.location)
    expect(Object.keys(answer?.headers ?? {})).toEqual(
      expect.arrayContaining(
        Object.keys(fixture.headers).filter((name) =>
          /^(x-ratelimit-|x-github-(request-id|media)|etag|content-type)/.test(name),
        ),
      ),
    )
    expect(answer?.headers['content-type']).toBe(fixture.headers['content-type'])
    expect(answer?.headers.etag).toMatch(/^"[0-9a-f]{64}"$/)
  })
})

describe('recorded: rename-repository', () => {
  const all = recordings('rename-repository')
  const redirects = all.filter(({ status }) => status === 301 || status === 307)

  test.each(redirects.map((fixture) => [fixture.method, fixture] as const))(
    'a moved repository, %s',
    (method, fixture) => {
      const { github, send } = sandbox()
      github.repository('octokit-fixture-org/renamed', { commits: [sha] })
      github.repository(fixture.path.replace('/repos/', ''), {
        movedTo: 'octokit-fixture-org/renamed',
      })
      const answer = send(method, fixture.path)
      expect(answer.status).toBe(fixture.status)
      const anyId = (text: unknown) =>
        JSON.stringify(text).replace(/repositories\/\d+/g, 'repositories/0')
      expect(anyId(JSON.parse(answer.body))).toBe(anyId(fixture.response))
      expect(anyId(answer.headers.location)).toBe(anyId(fixture.headers.location))
    },
  )

  test('both methods were recorded', () =>
    expect(redirects.map(({ method }) => method)).toEqual(['get', 'patch']))
})
