import { describe, expect, test } from '@jest/globals'
import { readCombined } from '../../src/combined/inputs.ts'
import { expectQuiet, expectSaid, messages, said } from '../support/expect.ts'
import { SHA, startJob } from '../support/job.ts'
import { envWith } from '../support/reading.ts'

const DEFAULTS = { ref: 'event', contexts: '*', required_by: 'none' }
const read = (inputs: Record<string, string>) => readCombined(envWith(DEFAULTS, inputs), {})

describe('a right input', () => {
  test.each<[string, string, object]>([
    ['timeout_minutes', '0', { timeout: 0 }],
    ['timeout_minutes', '0.5', { timeout: 30_000 }],
    ['timeout_minutes', '4320', { timeout: 259_200_000 }],
    ['timeout_minutes', ' 2 ', { timeout: 120_000 }],
    ['interval_seconds', '1', { interval: 1_000 }],
    ['interval_seconds', '3600', { interval: 3_600_000 }],
    ['require_success', 'TRUE', { requireSuccess: true }],
    ['check_runs', 'True', { withCheckRuns: true }],
    ['contexts', ' a \r\n\r\nb*\n', { contexts: ['a', 'b*'] }],
    ['contexts', ' *\n', { contexts: [] }],
    ['allowed_skips', 'docs\nbuild*', { allowedSkips: ['docs', 'build*'] }],
    ['ignore', ' a \n', { ignore: ['a'] }],
    ['ref', 'refs/heads/main', { ref: { ref: 'heads/main' } }],
    ['ref', 'refs/tags/v1', { ref: { ref: 'tags/v1' } }],
    ['ref', 'feature/refs/x', { ref: { ref: 'feature/refs/x' } }],
    ['ref', 'a..b', { ref: { ref: 'a..b' } }],
    ['ref', 'event', { ref: { sha: SHA } }],
    ['api_url', 'https://ghe.example/api/v3/', { apiUrl: 'https://ghe.example/api/v3' }],
  ])('`%s` of %j', (name, value, values) => {
    expect(read({ [name]: value, token: 'given' })).toMatchObject({ values })
  })
})

test('empty inputs are their defaults, except the strict ones', async () => {
  const names =
    'ignore allowed_skips check_runs timeout_minutes interval_seconds require_success token'
  const empty = Object.fromEntries(names.split(' ').map((name) => [name, '']))
  await using job = await startJob({
    action: 'combined',
    with: empty,
    statuses: { ci: 'success' },
  })
  const result = await job.stage('main')
  expectQuiet(result)
  expect(result.outputs).toMatchObject({ state: 'success', sha: SHA })
  expect(result.log).toContain("Input `token` is empty: using the job's own token.")
})

describe("another gate's input is an error that names ours, before any request", () => {
  test.each([
    ['require_success', 'require-success requireSuccess expected_state'],
    ['contexts', 'context status check-name check-regexp match_pattern'],
    ['ignore', 'ignored ingore ignoreActions ignoreContexts ignore_pattern ignore-checks'],
    ['ignore', 'running-workflow-name'],
    ['check_runs', 'checkRun'],
    ['timeout_minutes', 'timeout check-timeout'],
    ['interval_seconds', 'interval checkInterval wait-interval pollInterval'],
    ['ref', 'sha'],
    ['repository', 'repo'],
    ['token', 'repo-token'],
    ['api_url', 'api-endpoint'],
  ])('`%s`: %s', async (ours, foreign) => {
    const names = foreign.split(' ')
    const inputs = Object.fromEntries(names.map((name) => [name, '1']))
    await using job = await startJob({ action: 'combined', with: inputs })
    const result = await job.stage('main')
    expectSaid(result, 'error')
    for (const name of names) {
      const line = `Input \`${name.toLowerCase()}\` does not exist: expected \`${ours}\``
      expect(result.log + messages(result).join('\n')).toContain(line)
    }
    expect(job.requests()).toEqual([])
  })

  const statuses = { ci: 'success' }
  test.each([
    ['one beside ours', { timeout: '1', timeout_minutes: '0.01' }, '`timeout_minutes`'],
    ['an everyday word', { name: 'ci' }, '`contexts`'],
  ])('but %s is only a warning', async (_, inputs, ours) => {
    await using job = await startJob({ action: 'combined', with: inputs, statuses })
    const result = await job.stage('main')
    expectSaid(result, 'warning', ours)
    expect(result.outputs.state).toBe('success')
  })

  test('and others are left to the runner', async () => {
    const inputs = { self: 'x', verbose: 'x', url: 'x' }
    await using job = await startJob({ action: 'combined', with: inputs, statuses })
    expect(said(await job.stage('main'))).toEqual([])
  })
})
