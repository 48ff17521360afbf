import { describe, expect, test } from '@jest/globals'
import { startSandbox } from '../../sandbox/api/server.ts'
import { expectQuiet, expectSaid, messages } from '../support/expect.ts'
import { answers } from '../support/faults.ts'
import { HEAD, LOOK, type Setup, startJob, TOKEN, WRITE } from '../support/job.ts'

const OWN = 'ghs_made9876543210zyxwvutsrqponmlkjihgfed'
const given = { token: `\${{ steps.app.outputs.token || env.TOKEN }}` }

/** A job with a token that a step makes; from the start, or late. */
async function startWith(setup: Setup = {}, env: Record<string, string> = { TOKEN: OWN }) {
  const job = await startJob({ ...setup, with: { ...given, ...setup.with }, env })
  job.sandbox.github.token(OWN)
  return job
}

const usedLast = ({ sandbox }: Awaited<ReturnType<typeof startWith>>) =>
  sandbox.requests.at(-1)?.headers.authorization?.split(' ').at(-1)

describe('a token that was revoked before post, as the step that made it often does', () => {
  test('is replaced by the job’s own', async () => {
    await using job = await startWith()
    await job.stage('pre')
    await job.stage('main')
    job.sandbox.github.token(OWN, { lifetime: -1 })
    const post = await job.stage('post')
    expect(post.exitCode).toBe(0)
    expect(job.shown()).toEqual({ 'CI / build': 'success' })
    expect(usedLast(job)).toBe(TOKEN)
  })

  test.each([401, 403, 404])('is replaced by the job’s own after %i', async (status) => {
    await using job = await startWith()
    await job.stage('pre')
    await job.stage('main')
    job.sandbox.fault({ method: 'POST', ...answers(status, { message: 'No' }) })
    expect((await job.stage('post')).exitCode).toBe(0)
    expect(job.shown()).toEqual({ 'CI / build': 'success' })
    expect(usedLast(job)).toBe(TOKEN)
  })

  test('cannot be replaced in another repository: the error names `skip-token-revoke`', async () => {
    await using job = await startWith({ with: { repository: 'other/repo', sha: HEAD } })
    job.sandbox.github.repository('other/repo', { commits: [HEAD] })
    await job.stage('pre')
    await job.stage('main')
    job.sandbox.github.token(OWN, { lifetime: -1 })
    expectSaid(await job.stage('post'), 'error', 'skip-token-revoke: true')
    for (const { headers } of job.sandbox.requests) expect(headers.authorization).toContain(OWN)
  })

  test.each(['octocat', 'dependabot[bot]'])(
    'is named, if the job’s own cannot write, for %s',
    async (actor) => {
      await using job = await startWith({ permissions: { statuses: 'read' }, actor })
      await job.stage('pre')
      await job.stage('main')
      job.sandbox.github.token(OWN, { lifetime: -1 })
      expectSaid(await job.stage('post'), 'error', /skip-token-revoke|statuses: write/)
      expect(job.shown()).toEqual({ 'CI / build': 'pending' })
    },
  )
})

describe('a token that a step makes, which is empty in pre', () => {
  const fork = {
    name: 'pull_request',
    payload: { pull_request: { head: { sha: HEAD, repo: { id: 1 } }, base: { repo: { id: 2 } } } },
  }

  test('is used in main and post although the job’s own was refused in pre', async () => {
    await using job = await startWith({ permissions: { statuses: 'read' }, event: fork }, {})
    expectQuiet(await job.stage('pre'))
    job.contexts.steps.app = { outputs: { token: OWN } }
    const main = await job.stage('main')
    const post = await job.stage('post')
    expect([main.exitCode, post.exitCode]).toEqual([0, 0])
    expect(main.outputs.published).toBe('true')
    expect(job.shown(HEAD)).toEqual({ 'CI / build': 'success' })
  })

  test('is used in post although the job’s own was refused in pre, and main was skipped', async () => {
    await using job = await startWith({ permissions: { statuses: 'read' }, event: fork }, {})
    await job.stage('pre')
    job.contexts.steps.app = { outputs: { token: OWN } }
    expect((await job.stage('post')).exitCode).toBe(0)
    expect(job.shown(HEAD)).toEqual({ 'CI / build': 'success' })
  })

  test('stays empty: the job’s own is used, and the log says so', async () => {
    await using job = await startWith({}, {})
    const { pre, post } = await job.follow()
    expect(pre.log).toMatch(/`token` is empty/)
    expect(post.exitCode).toBe(0)
    expect(job.requests()).toEqual([WRITE, LOOK, WRITE])
    for (const { headers } of job.sandbox.requests) expect(headers.authorization).toContain(TOKEN)
  })

  test('is another one in post', async () => {
    await using job = await startWith()
    await job.stage('pre')
    job.sandbox.github.token(`${OWN}2`)
    job.contexts.env.TOKEN = `${OWN}2`
    expectQuiet(await job.stage('post'))
    expect(usedLast(job)).toBe(`${OWN}2`)
  })
})

describe('the job’s own token goes to the runner’s own API alone', () => {
  test.each<[string, Setup]>([
    ['the root action', {}],
    ['the root action, once', { with: { state: 'success' } }],
    ['the root action, with an empty token', { with: { token: '' } }],
    ['combined', { action: 'combined' }],
    ['list', { action: 'list' }],
  ])('%s asks for a token if `api_url` is another', async (_, setup) => {
    const other = await startSandbox()
    await using job = await startJob({ ...setup, with: { ...setup.with, api_url: other.url } })
    if (setup.action === undefined) await job.stage('pre')
    const main = await job.stage('main')
    await other.close()
    expectSaid(main, 'error', '`token`', '`api_url`')
    expect([...other.requests, ...job.requests()]).toEqual([])
  })

  test('another `api_url` with a token of its own is served', async () => {
    await using there = await startJob({ token: OWN })
    const inputs = { api_url: there.sandbox.url, token: OWN, state: 'success' }
    await using job = await startJob({ with: inputs })
    expectQuiet(await job.stage('main'))
    expect(there.shown()).toEqual({ 'CI / build': 'success' })
  })
})

describe('a token that no header can hold', () => {
  test.each(['two words', 'two\nlines', 'na\u00efve'])(
    'such as %j is refused unseen',
    async (token) => {
      await using job = await startJob({ with: { token } })
      const main = await job.stage('main')
      expectSaid(main, 'error', '`token`')
      for (const part of token.split(/\s/)) expect(messages(main).join()).not.toContain(`"${part}`)
      expect(job.requests()).toEqual([])
    },
  )

  test('in post gives way to the job’s own', async () => {
    await using job = await startJob({ with: { token: `\${{ env.LATE || github.token }}` } })
    await job.stage('pre')
    job.contexts.env.LATE = `${TOKEN}\n${TOKEN}`
    expect((await job.stage('post')).exitCode).toBe(0)
    expect(job.shown()).toEqual({ 'CI / build': 'success' })
  })
})

test('no token at all asks for one', async () => {
  await using job = await startJob({ with: { token: '', job_token: '' } })
  expectSaid(await job.stage('main'), 'error', '`token`', 'empty')
  expect(job.requests()).toEqual([])
})

test('the token is masked before anything else is written', async () => {
  await using job = await startJob({ with: { state: 'success' } })
  const { stdout } = await job.stage('main')
  expect(stdout.split('\n').find((line) => line !== '')).toBe(`::add-mask::${TOKEN}`)
})
