import { expect, test } from '@jest/globals'
import type { Fault } from '../../sandbox/api/server.ts'
import { startSandbox } from '../../sandbox/api/server.ts'
import { checkStage } from '../support/expect.ts'
import { answers, tls } from '../support/faults.ts'
import { REPOSITORY, type Setup, SHA, startJob, TOKEN } from '../support/job.ts'

// After every stage the harness looks for the token, in all forms, in everything that the stage leaves behind.

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
])('nothing shows the token: %s', (_, setup) => bothWays(setup))

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

test.concurrent('the search finds a token', async () => {
  await using job = await startJob({ with: { state: 'success' } })
  const main = await job.stage('main')
  const found = { ...main, stdout: `${main.stdout}\n${TOKEN}` }
  expect(() => checkStage(found, job)).toThrow()
})
