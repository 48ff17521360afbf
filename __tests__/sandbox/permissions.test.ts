import { describe, expect, test } from '@jest/globals'
import type { TokenOptions } from '../../sandbox/api/github.ts'
import { list, model, other, sha } from './model.ts'

describe('permissions', () => {
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
