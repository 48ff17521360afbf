import { createRequire } from 'node:module'
import { describe, expect, test } from '@jest/globals'
import type { WebhookDefinition } from '@octokit/webhooks-examples'
import type { RepositoryOptions, TokenOptions } from '../../sandbox/api/github.ts'
import { ids, model, other, runs, sha } from './model.ts'

const examples: WebhookDefinition[] = createRequire(import.meta.url)('@octokit/webhooks-examples')

const HELLO = '/repos/octo/hello'
const declared = (options: RepositoryOptions, settings: Parameters<typeof model>[0] = {}) => {
  const made = model(settings)
  made.github.repository('octo/hello', options)
  return made
}

/** What an event that GitHub publishes as an example holds under its own name. */
const example = (name: 'check_run' | 'check_suite' | 'workflow_run') => {
  const [first] = examples.find((event) => event.name === name)?.examples ?? []
  return (first as Partial<Record<typeof name, unknown>>)[name]
}

/** In a list a check run's suite is only an id, and no app is given all permissions. */
const NOT_LISTED =
  /^\/check_suite\/|^\/deployment|\/permissions\/|^\/(head_)?repository\/(?!id|name|full_name|owner)/

/** The fields of an example that a body lacks or has in another kind. What one of them has as null fits all. */
function lacking(shown: unknown, body: unknown, path = ''): string[] {
  if (shown === null || body === null) return []
  if (typeof shown !== typeof body || Array.isArray(shown) !== Array.isArray(body)) return [path]
  if (typeof shown !== 'object') return []
  const items = body as Record<string, unknown>
  return Object.entries(shown)
    .filter(([name]) => !Array.isArray(body) || name in items)
    .flatMap(([name, value]) => lacking(value, items[name], `${path}/${name}`))
}

test.each([
  ['check_run', `commits/${sha}/check-runs`, 'check_runs'],
  ['check_suite', `commits/${sha}/check-suites`, 'check_suites'],
  ['workflow_run', `actions/runs?head_sha=${sha}`, 'workflow_runs'],
] as const)('a %s has every field of the example that GitHub publishes', (name, path, list) => {
  const { github, get } = declared({ pulls: { 2: { head: sha } } })
  github.checkRun('octo/hello', sha, { name: 'build', suite: 7 })
  github.checkSuite('octo/hello', sha, { id: 7, pull_requests: [2] })
  github.workflowRun('octo/hello', sha, { id: 1, check_suite_id: 7, pull_requests: [2] })
  const { [list]: items, total_count } = get(`${HELLO}/${path}`).json
  expect(total_count).toBe(1)
  const missing = lacking(example(name), (items as unknown[])[0])
  expect(missing.filter((field) => !NOT_LISTED.test(field))).toEqual([])
})

describe('the rules of a branch', () => {
  const rule = { type: 'deletion', ruleset_id: 42 } as const

  test('are there for any name, on pages', () => {
    const { get } = declared({ rules: { later: [rule, { ...rule, ruleset_id: 43 }] } })
    expect(get(`${HELLO}/rules/branches/main`)).toMatchObject({ status: 200, json: [] })
    const second = get(`${HELLO}/rules/branches/later?per_page=1&page=2`)
    expect(second.json).toEqual([{ ...rule, ruleset_id: 43 }])
    expect(second.headers.link).toContain('rel="prev"')
  })

  test('are refused for a private repository of a free plan', () => {
    const { get } = declared({ private: true, free: true })
    const json = { message: expect.stringMatching(/^Upgrade to GitHub Pro/) }
    expect(get(`${HELLO}/rules/branches/main`)).toMatchObject({ status: 403, json })
  })
})

test('a branch has its classic protection, under its present name', () => {
  const checks = [{ context: 'build', app_id: 15368 }]
  const { get } = declared({ protection: { main: { checks } }, renamed: { old: 'feat/x' } })
  const required = (name: string) =>
    (get(`${HELLO}/branches/${name}`).json.protection as Record<string, unknown>)
      ?.required_status_checks
  expect(required('main')).toEqual({ enforcement_level: 'non_admins', contexts: ['build'], checks })
  expect(required('feat%2Fx')).toEqual({ enforcement_level: 'off', contexts: [], checks: [] })
  expect(get(`${HELLO}/branches/nothing`).status).toBe(404)
  const location = expect.stringMatching(/\/repositories\/\d+\/branches\/feat%2Fx$/)
  expect(get(`${HELLO}/branches/old`)).toMatchObject({ status: 301, headers: { location } })
})

test('a branch of Gitea says which names its rule asks for', () => {
  const protection = { main: { contexts: ['CI / *'] } }
  const { get } = declared({ protection }, { dialect: 'gitea', base: '/api/v1' })
  const branch = (name: string) => get(`${HELLO}/branches/${name}`).json
  expect(branch('main')).toMatchObject({
    enable_status_check: true,
    status_check_contexts: ['CI / *'],
  })
  expect(branch('feat%2Fx')).toMatchObject({ enable_status_check: false })
})

test('all check runs are listed if that is asked for, each with its app', () => {
  const { github, get } = model()
  for (const app of [15368, 42]) github.checkRun('octo/hello', sha, { name: 'build', app })
  const listed = (filter: string) => get(`${runs}?filter=${filter}`).json
  expect(listed('all')).toMatchObject({ total_count: 2, check_runs: [{ app: { id: 42 } }, {}] })
  expect(listed('latest')).toMatchObject({ total_count: 1, check_runs: [{ app: { id: 42 } }] })
})

test('a suite is what its check runs are, unless it is declared otherwise or has none', () => {
  const { github, get } = model()
  const suites = () => get(`${HELLO}/commits/main/check-suites`).json.check_suites
  github.checkRun('octo/hello', sha, { name: 'build', suite: 7, app: 42, conclusion: 'failure' })
  github.checkRun('octo/hello', sha, { name: 'lint', suite: 8 })
  github.checkSuite('octo/hello', sha, { id: 9, conclusion: 'startup_failure' })
  expect(suites()).toMatchObject([
    { id: 7, status: 'completed', conclusion: 'failure', app: { id: 42 } },
    { id: 8, status: 'in_progress', conclusion: null, app: { slug: 'github-actions' } },
    { id: 9, status: 'completed', conclusion: 'startup_failure', latest_check_runs_count: 0 },
  ])
  github.checkSuite('octo/hello', sha, { id: 7, conclusion: 'success' })
  expect(get(`${HELLO}/check-suites/7`).json).toMatchObject({ conclusion: 'success' })
  expect(get(`${HELLO}/check-suites/6`).status).toBe(404)
})

test('the runs of workflows are listed newest first, those of one commit if that is asked for', () => {
  const { github, get } = model()
  github.workflowRun('octo/hello', sha, { id: 1, check_suite_id: 7, head_repository: 'fan/hello' })
  github.workflowRun('octo/hello', sha, { id: 2, check_suite_id: 8, run_attempt: 2 })
  github.workflowRun('octo/hello', other, { id: 3, check_suite_id: 9 })
  const listed = (query: string) => get(`${HELLO}/actions/runs${query}`).json.workflow_runs
  expect(ids(listed(''))).toEqual([3, 2, 1])
  expect(listed(`?head_sha=${sha}`)).toMatchObject([
    { id: 2, run_attempt: 2, head_repository: { full_name: 'octo/hello' } },
    { id: 1, check_suite_id: 7, head_sha: sha, head_repository: { full_name: 'fan/hello' } },
  ])
})

test("a status has its app's picture, a person's its own, and none names an app on GHES", () => {
  const pictures = (base: string) => {
    const { github, get } = model({ base })
    for (const by of [{}, { app: 42 }, { creator: 'mona' }])
      github.publish('octo/hello', sha, { state: 'success', ...by })
    const all = get(`${HELLO}/commits/${sha}/statuses`).json as unknown as { avatar_url: string }[]
    return all.map(({ avatar_url }) => new URL(avatar_url).pathname)
  }
  expect(pictures('')).toEqual(['/u/583231', '/in/42', '/in/15368'])
  expect(pictures('/api/v3').join()).not.toContain('/in/')
})

test.each<[string, keyof TokenOptions]>([
  [`commits/${sha}/check-suites`, 'checks'],
  ['check-suites/7', 'checks'],
  ['actions/runs', 'actions'],
  ['branches/main', 'contents'],
])('%s of a private repository needs %s: read', (path, permission) => {
  const { github, get } = declared({ private: true }, { token: { [permission]: 'none' } })
  github.checkSuite('octo/hello', sha, { id: 7 })
  const headers = { 'x-accepted-github-permissions': `${permission}=read` }
  expect(get(`${HELLO}/${path}`)).toMatchObject({ status: 403, headers })
  github.token('t0ken', { [permission]: 'read' })
  expect(get(`${HELLO}/${path}`).status).toBe(200)
  expect(get(`${HELLO}/rules/branches/main`).status).toBe(200)
})
