import { describe, expect, test } from '@jest/globals'
import { expectSaid, said } from '../support/expect.ts'
import { type Action, startJob } from '../support/job.ts'

describe('an input of another publisher is an error that names ours, since the step would follow the job', () => {
  test.each([
    ['status', 'state', 'failure'],
    ['targetUrl', 'target_url', 'https://example.com'],
    ['target-url', 'target_url', 'https://example.com'],
    ['repo', 'repository', 'octo-org/octo-repo'],
    ['authToken', 'token', 'ghs_x'],
    ['github_token', 'token', 'ghs_x'],
    ['Pull-Request', 'pull_request', '7'],
    ['allowed-skips', 'allowed_skips', 'docs'],
    ['jobs', 'needs', '{}'],
  ])('%s means `%s`', async (foreign, ours, value) => {
    await using job = await startJob({ with: { [foreign]: value } })
    const { pre, main } = await job.follow()
    expect(pre.exitCode).toBe(0)
    expectSaid(main, 'error', foreign, `\`${ours}\``, `INPUT_${foreign.toUpperCase()}`)
    expect(job.requests()).toEqual([])
  })

  test('but a warning if ours is given, too', async () => {
    await using job = await startJob({ with: { status: 'failure', state: 'success' } })
    expectSaid(await job.stage('main'), 'warning', 'status', '`state`', 'INPUT_STATUS')
    expect(job.shown()).toEqual({ 'CI / build': 'success' })
  })

  test('and so is an `env` of that name, which looks the same', async () => {
    await using job = await startJob({ env: { INPUT_STATUS: 'failure' } })
    const { main } = await job.follow()
    expectSaid(main, 'error', '`state`', 'INPUT_STATUS')
    expect(job.requests()).toEqual([])
  })
})

test.each(['name', 'url', 'owner', 'ref', 'stage'])(
  'an everyday word such as %s warns, no more',
  async (word) => {
    await using job = await startJob({ with: { state: 'success', [word]: 'x' } })
    expectSaid(await job.stage('main'), 'warning', word)
    expect(job.shown()).toEqual({ 'CI / build': 'success' })
  },
)

test('a name that resembles none of ours is left to the runner', async () => {
  await using job = await startJob({ with: { state: 'success', allowForks: 'true' } })
  expect(said(await job.stage('main'))).toEqual([])
})

describe('a gate that does not gate would be green', () => {
  test.each<[Action, string, string, string]>([
    ['combined', 'require-success', 'require_success', 'true'],
    ['combined', 'context', 'contexts', 'ci'],
    ['combined', 'ignored', 'ignore', 'ci'],
    ['combined', 'timeout', 'timeout_minutes', '5'],
    ['combined', 'interval', 'interval_seconds', '5'],
    ['list', 'contexts', 'context', 'ci'],
    ['sweep', 'runId', 'run_id', '5'],
  ])('%s: %s is an error that names `%s`', async (action, foreign, ours, value) => {
    const run = { id: 7, head_sha: 'a'.repeat(40), conclusion: 'failure', updated_at: '2026-01-01' }
    const payload = { action: 'completed', workflow_run: run }
    const event = action === 'sweep' ? { event: { name: 'workflow_run', payload } } : {}
    await using job = await startJob({ action, with: { [foreign]: value }, ...event })
    expectSaid(await job.stage('main'), 'error', foreign, `\`${ours}\``)
    expect(job.requests()).toEqual([])
  })
})
