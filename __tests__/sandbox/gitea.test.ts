import { describe, expect, test } from '@jest/globals'
import type { GitHubOptions, TokenOptions } from '../../sandbox/api/github.ts'
import { combined, create, ids, list, model, type Sent, sha } from './model.ts'

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
