import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { expectQuiet, expectSaid, messages, said } from '../support/expect.ts'
import { answers, refused, SECONDARY } from '../support/faults.ts'
import { ACTION, HEAD, type Setup, SHA, startJob, WRITE } from '../support/job.ts'

const UNKNOWN = 'b'.repeat(40)

describe('a result that post cannot publish', () => {
  test.each([
    ['true', 'error'],
    ['false', 'warning'],
  ] as const)('with `fail_on_error: %s` is said as an %s', async (choice, level) => {
    await using job = await startJob({ with: { fail_on_error: choice } })
    await job.stage('pre')
    job.sandbox.fault(refused)
    const post = await job.stage('post')
    expectSaid(post, level, '"CI / build"', '6dcb09b', 'Problems parsing JSON')
  })

  test('is not said again if main failed for the same lasting cause', async () => {
    await using job = await startJob({ with: { sha: UNKNOWN } })
    const { pre, main, post } = await job.follow()
    expectSaid(pre, 'warning', 'octo-org/octo-repo')
    expectSaid(main, 'error', 'octo-org/octo-repo')
    expectQuiet(post)
  })

  test('is said if main failed for another cause', async () => {
    const bad = { ...answers(401, { message: 'Bad credentials' }), method: 'POST', times: 2 }
    await using job = await startJob({ with: { sha: UNKNOWN }, faults: [bad] })
    const { main, post } = await job.follow()
    expectSaid(main, 'error', 'Bad credentials')
    expectSaid(post, 'error', 'commit')
  })
})

describe('a failure to publish once', () => {
  test('fails the step, with outputs that say so', async () => {
    await using job = await startJob({ with: { state: 'success' }, faults: [refused] })
    const main = await job.stage('main')
    expectSaid(main, 'error', '"CI / build"')
    expect(main.outputs).toMatchObject({ published: 'false', id: '', context: '' })
  })

  test('warns, if the user says so', async () => {
    const inputs = { state: 'success', fail_on_error: 'false' }
    await using job = await startJob({ with: inputs, faults: [refused] })
    expectSaid(await job.stage('main'), 'warning', '"CI / build"')
  })

  test('links to the section of the README, if the action is used by reference', async () => {
    await using job = await startJob({
      with: { state: 'success' },
      permissions: { statuses: 'read' },
    })
    expectSaid(await job.stage('main'), 'error', 'octo-org/commit-status')
  })
})

test('many failures are one annotation with their number and the first few, and a line in the log for each', async () => {
  const names = Array.from({ length: 60 }, (_, index) => `${'long '.repeat(20)}${index + 1}`)
  const answer = answers(422, { message: 'Validation Failed', errors: 'Context is odd' })
  await using job = await startJob({
    with: { state: 'success', context: names.join('\n') },
    faults: [{ ...answer, method: 'POST', times: 60 }],
  })
  const main = await job.stage('main')
  expectSaid(main, 'error', /\b60\b/, '"long long')
  const [annotation] = said(main)
  expect(annotation?.message.length).toBeLessThan(4096)
  for (const name of names) expect(main.log).toContain(`${name}"`)
})

describe('a limit that keeps pending from being published fails no job: what it still allows is for results', () => {
  test('main tries again, warns, and post publishes', async () => {
    const limit = { ...answers(403, SECONDARY), method: 'POST', times: 2 }
    await using job = await startJob({ faults: [limit] })
    const { pre, main, post } = await job.follow()
    expectSaid(pre, 'warning', 'secondary rate limit')
    expectSaid(main, 'warning', 'secondary rate limit')
    expectQuiet(post)
    expect(main.outputs).toMatchObject({ published: 'false', id: '' })
    expect(job.requests().filter((request) => request === WRITE)).toHaveLength(3)
    expect(job.shown()).toEqual({ 'CI / build': 'success' })
  })

  test('a state published once does fail', async () => {
    const limit = answers(403, SECONDARY, { 'retry-after': '3600' })
    const fault = { ...limit, method: 'POST' }
    await using job = await startJob({ with: { state: 'success' }, faults: [fault] })
    expectSaid(await job.stage('main'), 'error', /1h|UTC/)
  })
})

test('what the toolkit cannot start with is said in one line, without what it was', async () => {
  for (const action of ['publish', 'combined'] as const) {
    const env = { https_proxy: '[hunter2' }
    await using job = await startJob({ action, apiUrl: 'https://api.example.test', env })
    if (action === 'publish') expectSaid(await job.stage('pre'), 'warning', '`https_proxy`')
    expectSaid(await job.stage('main'), 'error', '`https_proxy`')
    for (const { stdout } of job.results) expect(stdout).not.toContain('hunter2')
    expect(job.results.flatMap(messages).every((line) => line.length < 300)).toBe(true)
  }
})

/** A job in whose stages some code runs first. */
const jobAfter = (code: string, setup: Setup = {}) =>
  startJob({
    ...setup,
    env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` },
  })

test.each([
  ['a job that is followed', {}],
  ['a state once', { state: 'success' }],
  ['what is switched off', { enabled: 'false' }],
])('a file that cannot be written is one sentence, and in pre a warning: %s', async (_, inputs) => {
  for (const file of ['GITHUB_STATE', 'GITHUB_OUTPUT']) {
    const code = `process.env.${file} = '/dev/full'`
    await using job = await jobAfter(code, { with: inputs })
    const [pre, main] = [await job.stage('pre'), await job.stage('main')]
    if (file === 'GITHUB_STATE') expectSaid(pre, 'warning', 'ENOSPC', 'disk')
    expectSaid(main, 'error', 'ENOSPC', 'disk')
    if (file === 'GITHUB_STATE') expect(job.shown()).toEqual({})
  }
})

describe.each(['', '{', '[null]'])('an event’s file that a step has left as %j', (text) => {
  const write = `(await import('node:fs')).writeFileSync(process.env.GITHUB_EVENT_PATH, '${text}')`
  const events: [string, object, Setup['action'] & string][] = [
    ['push', { after: SHA }, 'publish'],
    ['issue_comment', { issue: { number: 7, pull_request: {} } }, 'combined'],
    ['repository_dispatch', { client_payload: { sha: HEAD } }, 'list'],
  ]

  test('names no commit, whatever the event', async () => {
    for (const [name, payload, action] of events) {
      await using job = await jobAfter(write, { action, event: { name, payload } })
      expectSaid(await job.stage('main'), 'error', 'event file', /`sha`|`ref`/)
      expect(job.requests()).toEqual([])
    }
  })

  test('is not needed in post, nor in main if pre has published', async () => {
    await using job = await startJob()
    await job.stage('pre')
    const code = encodeURIComponent(write)
    job.contexts.env.NODE_OPTIONS = `--import=data:text/javascript,${code}`
    expectQuiet(await job.stage('main'), await job.stage('post'))
    expect(job.shown()).toEqual({ 'CI / build': 'success' })
  })
})

test('an old Node is told so in one sentence, in words that it can parse', async () => {
  const old = `Object.defineProperty(process, 'versions', { value: { node: '16.20.2' } })`
  for (const action of ['publish', 'combined'] as const) {
    await using job = await jobAfter(old, { action, server: 'gitea' })
    if (action === 'publish') expectSaid(await job.stage('pre'), 'warning', 'Node 20', '16.20.2')
    expectSaid(await job.stage('main'), 'error', 'Node 20', '16.20.2')
    if (action === 'publish') expectQuiet(await job.stage('post'))
  }
  for (const stage of ['pre', 'main', 'post', 'combined', 'list', 'sweep']) {
    const launcher = readFileSync(join(ACTION, 'dist', `${stage}.js`), 'utf8')
    expect(launcher).not.toMatch(/=>|const |let |`|\?\.|\?\?|import/)
  }
})

test('60,000 wrong entries are 20 lines', async () => {
  const statuses = `[${Array(60_000).fill(1)}]`
  await using job = await startJob({ with: { statuses } })
  const main = await job.stage('main')
  expectSaid(main, 'error', '`statuses[0]`', 'problems')
  expect(main.log.split('\n').length).toBeLessThan(40)
})

test('a message links to its entry, on the server from which the action was fetched', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'clone-'))
  mkdirSync(join(folder, '.git'))
  const cloned = `process.argv[1] = '${join(folder, 'dist', 'main.js')}'`
  const linkOf = async (server: 'github' | 'gitea', from: string, code = '0') => {
    writeFileSync(join(folder, '.git', 'config'), `[remote "origin"]\n\turl = ${from}/octo-org/x\n`)
    await using job = await jobAfter(code, { server, with: { state: 'success', sha: 'x' } })
    const line = messages(await job.stage('main')).join()
    return /https?:.*(?=#inputs)/.exec(line)?.[0]
  }
  const page = 'octo-org/commit-status/KIND/v1/docs/troubleshooting.md'
  const [github, gitea] = ['https://github.com', 'https://git.example']
  expect(await linkOf('github', github)).toBe(`${github}/${page.replace('KIND', 'blob')}`)
  expect(await linkOf('gitea', gitea, cloned)).toBe(`${gitea}/${page.replace('KIND', 'src')}`)
  expect(await linkOf('gitea', github, cloned)).toBeUndefined()
  expect(await linkOf('gitea', gitea)).toBeUndefined()
  rmSync(folder, { recursive: true })
})
