import { expect, test } from '@jest/globals'
import type { GitHubOptions, TokenOptions } from '../../sandbox/api/github.ts'
import { combined, create, ids, list, model, sha } from './model.ts'

const gitea = (options: GitHubOptions & { token?: TokenOptions } = {}) =>
  model({ dialect: 'gitea', base: '/api/v1', ...options })

test('Gitea checks nothing, and says `status`', () => {
  const { post, github } = gitea()
  const wrong = { state: 'purple', description: 'x'.repeat(7000), target_url: 'javascript:1' }
  const answer = post(wrong)
  expect(answer).toMatchObject({ status: 201, json: { id: 1, status: 'purple', context: '' } })
  expect(answer.json).not.toHaveProperty('state')
  expect(post({}).json).toMatchObject({ id: 2, status: '' })
  expect(github.statuses('octo/hello', sha)).toHaveLength(2)
})

test('Gitea refuses in words of its own', () => {
  const unknown = create.replace(sha, '0'.repeat(40))
  expect([
    gitea().post('{'),
    gitea().post(undefined, unknown),
    gitea({ token: { statuses: 'read' } }).post(),
    gitea().get(list, { authorization: 'token no' }),
    gitea().get('/repos/o/r/commits/main/status'),
    gitea().get('/repos/octo/hello/commits/heads%2Fmain/status'),
    gitea().get('/repos/octo/hello/commits/main/check-runs'),
  ]).toMatchObject([
    { status: 422 },
    { status: 500, json: { message: expect.stringContaining('object does not exist') } },
    { status: 403, json: { message: expect.stringContaining('write:repository') } },
    { status: 401 },
    { status: 404 },
    { status: 404 },
    { status: 404 },
  ])
})

test('Gitea has null for no statuses, and knows no branch in the old list', () => {
  const { get, post } = gitea()
  const none = { state: 'pending', statuses: null, total_count: 0 }
  expect(get('/repos/octo/hello/commits/main/status').json).toMatchObject(none)
  post()
  expect(get('/repos/octo/hello/statuses/main').json).toEqual([])
  expect(get(create).json).toHaveLength(1)
})

test('Gitea pages by `limit`, tells names apart by case, and combines the states of the page', () => {
  const { get, post } = gitea()
  for (const [context, state] of Object.entries({ a: 'warning', b: 'success', A: 'skipped' }))
    post({ state, context })
  const first = get(`${combined}?limit=2&per_page=100`)
  expect(first).toMatchObject({
    headers: { 'x-total-count': '3', link: expect.stringContaining('rel="next"') },
    json: { state: 'failure', total_count: 2, statuses: [{ status: 'warning' }, {}] },
  })
  expect(first.headers).not.toHaveProperty('etag')
  const last = { state: 'success', total_count: 1 }
  expect(get(`${combined}?limit=2&page=2`).json).toMatchObject(last)
})

test('the list of Gitea does not follow the id within a second', () => {
  let time = 0
  const { get, post } = gitea({ now: () => time })
  post()
  post()
  time = 5000
  post()
  expect(ids(get(list).json)).toEqual([3, 1, 2])
})

test('a server from before contexts has neither them nor a combined status', () => {
  const { get, post } = model({ dialect: 'legacy' })
  post()
  expect([get(combined).status, get(list).status]).toEqual([404, 404])
  expect(get(create).json).toEqual([expect.not.objectContaining({ context: expect.anything() })])
})
