import { expect, test } from '@jest/globals'
import type { Fault } from '../../sandbox/api/server.ts'
import { startSandbox } from '../../sandbox/api/server.ts'
import { checkStage } from '../support/expect.ts'
import { answers, tls } from '../support/faults.ts'
import { put } from '../support/history.ts'
import { HEAD, REPOSITORY, type Setup, SHA, startJob, TOKEN } from '../support/job.ts'
import { ENDED_JOB, ended } from '../support/run-777.ts'

// After every stage the harness looks for the token, in all forms, in everything that the stage leaves behind.

/** Faults that pass are waited out in every stage. */
const LONG = 120_000

/** A job that is followed and one that publishes once, with the same thing going wrong in each stage. */
async function bothWays(setup: Setup) {
  for (const state of ['job', 'success']) {
    await using job = await startJob({ ...setup, with: { state, ...setup.with } })
    await job.follow('failure')
    expect(job.results).toHaveLength(3)
    for (const { path, query, body } of job.sandbox.requests) {
      expect(JSON.stringify([path, query, body])).not.toContain(TOKEN)
    }
  }
}

/** A server that says the token back, wherever it can. */
const echo = (status: number, headers: Record<string, string> = {}): Fault => ({
  ...answers(
    status,
    {
      message: `Resource not accessible by integration: token ${TOKEN}`,
      errors: [
        { message: `Bearer ${TOKEN}` },
        { resource: TOKEN, field: 'x', code: `${'y'.repeat(260)}${TOKEN}` },
      ],
      state: 'success',
    },
    { 'x-token': TOKEN, ...headers },
  ),
  times: 99,
})
const head = { sha: SHA, repo: { id: 1 } }
const fork = {
  name: 'pull_request',
  payload: { pull_request: { head, base: { repo: { id: 2 } } } },
}
const wrong = {
  sha: 'x',
  repository: 'x',
  target_url: 'x',
  api_url: 'x',
  needs: '[',
  context: '😀',
}

test.concurrent.each<[string, Setup]>([
  ['all is well', {}],
  ['debug logging is on', { env: { RUNNER_DEBUG: '1', ACTIONS_STEP_DEBUG: 'true' } }],
  ['every attempt is said', { faults: [{ ...echo(500), times: 3 }] }],
  ['it can only read', { permissions: { statuses: 'read' } }],
  ['it can only read, on a fork', { permissions: { statuses: 'read' }, event: fork }],
  ['the repository is unknown', { with: { repository: 'octo-org/unknown' } }],
  ['the commit is unknown', { with: { sha: '0'.repeat(40) } }],
  ['every input is wrong', { with: wrong }],
  ['it holds a line break', { with: { token: `${TOKEN}\n${TOKEN}` } }],
  ['a refusal says it back', { faults: [echo(403)] }],
  ['a 422 says it back', { faults: [echo(422)] }],
  ['a 401 says it back', { faults: [echo(401)] }],
  ['a limit says it back', { faults: [echo(429, { 'retry-after': '3600' })] }],
  ['a 200 says it back', { faults: [echo(200)] }],
  [
    'a redirect says it back',
    { faults: [echo(301, { location: `https://elsewhere.test/?${TOKEN}` })] },
  ],
  ['a text says it back', { faults: [{ ...answers(403, `No ${TOKEN}`), times: 99 }] }],
  ['a page says it back', { faults: [{ ...answers(403, `<title>${TOKEN}</title>`), times: 99 }] }],
  ['the certificate is not trusted', { github: { tls } }],
  ['the event is no object', { event: { name: 'push', payload: [TOKEN.length] } }],
])('nothing shows the token: %s', (_, setup) => bothWays(setup), LONG)

test.concurrent.each<[string, Partial<Fault>]>([
  ['a write', { method: 'POST' }],
  ['a read', { method: 'GET' }],
  ['a redirect of the same host', { after: 1 }],
])('no other host hears of %s', async (_, fault) => {
  const elsewhere = await startSandbox()
  const redirect = `${elsewhere.url}/repos/${REPOSITORY}`
  await bothWays({ faults: [{ ...fault, redirect, times: 99 } as Fault] })
  expect(elsewhere.requests).toEqual([])
  await elsewhere.close()
})

test.concurrent.each<[string, Setup]>([
  ['combined', { action: 'combined', with: { require_success: 'true' } }],
  ['list', { action: 'list' }],
  ['sweep', { action: 'sweep', event: ended('failure') }],
])(
  '%s does not show the token that a server says in a name, a text or a link',
  async (_, setup) => {
    await using job = await startJob(setup)
    const texts = {
      description: TOKEN,
      target_url: `${ENDED_JOB}?${TOKEN}`,
      created_at: '2026-11-20T09:50:00Z',
    }
    for (const sha of [SHA, HEAD]) put(job, { [`ci ${TOKEN}`]: 'pending' }, texts, sha)
    const { outputs } = await job.stage('main')
    expect(JSON.stringify(outputs)).toContain('ci ***')
  },
)

test.concurrent('a token that JSON escapes is hidden, too', async () => {
  const code = (character: string) => `\\u00${character.charCodeAt(0).toString(16).toUpperCase()}`
  const message = `{"message":"No ${[...TOKEN].map(code).join('')}"}`
  const json = { 'content-type': 'application/json' }
  await bothWays({ faults: [{ ...answers(403, message, json), times: 99 }] })
})

test.concurrent('a token of a few characters, as act is given, is no secret', async () => {
  const faults = [{ ...answers(403, { message: 'Not exactly' }), times: 99 }]
  await using job = await startJob({ token: 'x', with: { state: 'success' }, faults })
  const { stdout } = await job.stage('main')
  expect(stdout).toContain('Not exactly')
  expect(stdout).not.toContain('add-mask')
})

test.concurrent('an address that does not parse is quoted without its password', async () => {
  const address = (scheme: string) => `${scheme}//octo:hunter2 @%%/hunter2@[host`
  const inputs = {
    api_url: address('https:'),
    target_url: address('http:/'),
    state: 'success',
    statuses: JSON.stringify([{ context: 'a', target_url: address('') }]),
  }
  await using job = await startJob({ with: inputs })
  const { stdout } = await job.stage('main')
  expect(stdout).toContain('***@[host')
  expect(stdout).not.toContain('hunter2')
})

test.concurrent('the search finds a token', async () => {
  await using job = await startJob({ with: { state: 'success' } })
  const main = await job.stage('main')
  const found = { ...main, stdout: `${main.stdout}\n${TOKEN}` }
  expect(() => checkStage(found, job)).toThrow()
})
