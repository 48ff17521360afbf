import { expect, test } from '@jest/globals'
import { createGitHub, type GitHubOptions, type TokenOptions } from '../../sandbox/api/github.ts'

const sha = '6dcb09b5b57875f334f61aebed695e2e4193db5e'
const path = `/repos/octo/hello/commits/${sha}/check-runs`

function model({ token, ...options }: GitHubOptions & { token?: TokenOptions } = {}) {
  const github = createGitHub(options)
  github.repository('octo/hello', { commits: [sha], branches: { main: sha } })
  github.token('t0ken', token)
  const get = (url: string, more: Record<string, string> = {}) => {
    const headers = { 'user-agent': 'test', authorization: 'token t0ken', ...more }
    const answer = github.handle({ method: 'GET', url, headers, body: '' })
    return { ...answer, json: answer.body ? JSON.parse(answer.body) : undefined }
  }
  const names = (url: string) => get(url).json.check_runs.map(({ name }: { name: string }) => name)
  return { github, get, names }
}

test('a check run is listed with its fields', () => {
  const { github, get } = model({ now: () => Date.UTC(2026, 0, 2) })
  const { id } = github.checkRun('octo/hello', sha, {
    name: 'build',
    conclusion: 'failure',
    details_url: 'https://ci.example/7',
    suite: 77,
  })
  expect(get(path).json).toMatchObject({
    total_count: 1,
    check_runs: [
      {
        id,
        name: 'build',
        status: 'completed',
        conclusion: 'failure',
        details_url: 'https://ci.example/7',
        head_sha: sha,
        started_at: '2026-01-02T00:00:00Z',
        completed_at: '2026-01-02T00:00:00Z',
        check_suite: { id: 77 },
        app: { slug: 'github-actions' },
      },
    ],
  })
})

test('a check run that is going has neither conclusion nor end, until it is changed', () => {
  const { github, get } = model()
  const { id } = github.checkRun('octo/hello', sha, { name: 'build' })
  expect(get(path).json.check_runs).toMatchObject([
    { status: 'in_progress', conclusion: null, completed_at: null },
  ])
  github.checkRun('octo/hello', sha, {
    id,
    name: 'build',
    status: 'completed',
    conclusion: 'success',
    completed_at: '2026-01-02T00:00:00Z',
  })
  expect(get(path).json).toMatchObject({
    total_count: 1,
    check_runs: [{ id, status: 'completed', conclusion: 'success' }],
  })
})

test('of one name in a suite only the newest is listed, unless all are asked for', () => {
  const { github, names, get } = model()
  for (const [name, suite] of [
    ['build', 1],
    ['build', 1],
    ['build', 2],
    ['lint', 1],
  ] as const)
    github.checkRun('octo/hello', sha, { name, suite, conclusion: 'success' })
  expect(names(path)).toEqual(['lint', 'build', 'build'])
  expect(names(`${path}?filter=all`)).toHaveLength(4)
  expect(names(`${path}?check_name=build`)).toHaveLength(2)
  expect(names(`${path}?status=in_progress`)).toEqual([])
  expect(get(path).json.total_count).toBe(3)
})

test('pages are numbered and linked', () => {
  const { github, get, names } = model()
  for (let number = 0; number < 5; number += 1)
    github.checkRun('octo/hello', sha, { name: `c${number}`, conclusion: 'success' })
  expect(names(`${path}?per_page=2&page=3`)).toEqual(['c0'])
  expect(get(`${path}?per_page=2`).headers.link).toMatch(
    /repositories\/\d+\/commits\/\w+\/check-runs\?per_page=2&page=2>; rel="next"/,
  )
  expect(get(path).headers.link).toBeUndefined()
})

test('an unchanged answer costs nothing', () => {
  const { github, get } = model()
  github.checkRun('octo/hello', sha, { name: 'build' })
  const { etag = '' } = get(path).headers
  const again = get(path, { 'if-none-match': etag })
  expect(again).toMatchObject({ status: 304, headers: { 'x-ratelimit-remaining': '999' } })
})

test('in a private repository they take the permission checks', () => {
  const { github, get } = model({ token: { checks: 'none' } })
  expect(get(path).status).toBe(200)
  github.repository('octo/hello', { private: true })
  expect(get(path)).toMatchObject({
    status: 403,
    headers: { 'x-accepted-github-permissions': 'checks=read' },
    json: { message: 'Resource not accessible by integration' },
  })
})

test('Gitea has no check runs', () => {
  const { get } = model({ dialect: 'gitea' })
  expect(get(`/api/v1${path}`).status).toBe(404)
})

test('an unknown ref is refused', () => {
  const { get } = model()
  expect(get('/repos/octo/hello/commits/nothing/check-runs').status).toBe(422)
})

test('a revoked token is a bad credential until it is declared again', () => {
  const { github, get } = model()
  github.revoke('t0ken')
  expect(get(path).status).toBe(401)
  github.token('t0ken')
  expect(get(path).status).toBe(200)
})

test('statuses are listed by their time, those of one second by their id', () => {
  const { github, get } = model()
  for (const [id, second] of [
    [9, 1],
    [5, 2],
    [7, 2],
    [3, 0],
  ] as const)
    github.publish('octo/hello', sha, {
      id,
      state: 'success',
      context: 'ci',
      created_at: `2026-01-02T00:00:0${second}Z`,
    })
  const listed = get(`/repos/octo/hello/commits/${sha}/statuses`).json
  expect(listed.map(({ id }: { id: number }) => id)).toEqual([7, 5, 9, 3])
  expect(get(`/repos/octo/hello/commits/${sha}/status`).json.statuses).toMatchObject([{ id: 7 }])
})
