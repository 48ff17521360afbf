import { describe, expect, test } from '@jest/globals'
import type { ApiResponse, TokenOptions } from '../../sandbox/api/github.ts'
import { combined, list, model, other, runs, sha } from './model.ts'

test.each<[string, TokenOptions, number, string | undefined]>([
  ['an app that only reads', { statuses: 'read' }, 403, 'statuses=write'],
  ['a fine-grained token', { statuses: 'read', kind: 'personal' }, 403, 'statuses=write'],
  ['a classic token', { statuses: 'read', kind: 'classic' }, 404, undefined],
  ['an app of another repository', { repositories: ['octo/other'] }, 403, 'statuses=write'],
  ['a token that has run out', { lifetime: 0 }, 401, undefined],
  ['a token without single sign-on', { saml: true }, 403, undefined],
])('%s cannot write', (_, token, status, accepted) => {
  const { github, post } = model({ token })
  const answer = post()
  expect(answer.status).toBe(status)
  expect(answer.headers['x-accepted-github-permissions']).toBe(accepted)
  expect(github.statuses('octo/hello', sha)).toEqual([])
})

test.each([
  ['no token', { authorization: '' }, 401],
  ['an unknown one', { authorization: 'Bearer nobody' }, 401],
  ['another scheme', { authorization: 'Basic dDBrZW4=' }, 401],
  ['Bearer', { authorization: 'Bearer t0ken' }, 200],
  ['no user agent', { 'user-agent': '' }, 403],
  ['a version that does not exist', { 'x-github-api-version': '2020-01-01' }, 400],
])('a request with %s', (_, headers, status) => {
  expect(model().get(list, headers).status).toBe(status)
})

test('a public repository can be read without permissions, a private one cannot', () => {
  const none = { statuses: 'none', checks: 'none', pull_requests: 'none' } as const
  const { github, get } = model({ token: none })
  const pull = '/repos/octo/hello/pulls/7'
  github.repository('octo/hello', { pulls: { 7: { head: other } } })
  const answers = () => [list, runs, pull].map((url) => get(url))
  expect(answers().map(({ status }) => status)).toEqual([200, 200, 200])
  github.repository('octo/hello', { private: true })
  expect(answers()).toMatchObject(
    ['statuses', 'checks', 'pull_requests'].map((name) => ({
      status: 403,
      headers: { 'x-accepted-github-permissions': `${name}=read` },
    })),
  )
  github.token('t0ken', { repositories: ['octo/other'] })
  expect(answers().map(({ status }) => status)).toEqual([404, 404, 404])
})

test('a token can lose a permission, be revoked, and be declared again', () => {
  const { github, get, post } = model({ token: { kind: 'classic' } })
  github.token('t0ken', { statuses: 'read' })
  github.token('t0ken', { checks: 'none' })
  expect([get(list).status, post().status]).toEqual([200, 404])
  github.revoke('t0ken')
  expect(get(list).status).toBe(401)
  github.token('t0ken')
  expect(post().status).toBe(201)
})

test('an archived repository can only be read', () => {
  const { github, get, post } = model()
  github.repository('octo/hello', { archived: true })
  expect([post().status, get(list).status]).toEqual([403, 200])
})

describe('the rate limit', () => {
  const remaining = ({ headers }: ApiResponse) => Number(headers['x-ratelimit-remaining'])

  test('takes a request, but not one that finds nothing changed', () => {
    const { get, post } = model()
    const first = get(combined)
    const etag = first.headers.etag ?? ''
    const again = get(combined, { 'if-none-match': `W/${etag}` })
    expect(again).toMatchObject({ status: 304, body: '' })
    expect([first, again, post()].map(remaining)).toEqual([999, 999, 998])
    expect(get(combined, { 'if-none-match': etag }).status).toBe(200)
  })

  test('is full again after an hour', () => {
    let time = 1_000_000
    const { get, post } = model({ now: () => time, rateLimit: { limit: 1 } })
    expect(post().status).toBe(201)
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '4600' }
    expect(get(list)).toMatchObject({ status: 403, headers })
    time += 3_600_000
    expect(get(list).status).toBe(200)
  })

  test('is none on GitHub Enterprise Server, unless it is asked for', () => {
    const limits = [{}, { rateLimit: { limit: 9 } }].map((options) =>
      remaining(model({ base: '/api/v3', ...options }).get(list)),
    )
    expect(limits).toEqual([Number.NaN, 8])
  })
})
