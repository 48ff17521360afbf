import { describe, expect, test } from '@jest/globals'
import { readCombined } from '../../src/combined/inputs.ts'
import { expectQuiet, expectSaid, messages, said } from '../support/expect.ts'
import { SHA, startJob } from '../support/job.ts'
import { envWith, NO_NUMBERS, WRONG_ACCESS } from '../support/reading.ts'

const DEFAULTS = { ref: 'event', contexts: '*', required_by: 'none' }
const read = (inputs: Record<string, string>) => readCombined(envWith(DEFAULTS, inputs), {})

describe('a wrong input is named with its value and what was expected', () => {
  const table: typeof WRONG_ACCESS = [
    ['timeout_minutes', [...NO_NUMBERS, '4320.1'], 'a number of minutes from 0 to 4320.'],
    [
      'interval_seconds',
      [...NO_NUMBERS, '0', '0.9', '3601'],
      'a number of seconds from 1 to 3600.',
    ],
    ['require_success', ['yes', '1', 'on'], '`true` or `false`.'],
    ['check_runs', ['yes'], '`true` or `false`.'],
    ['ref', ['a b', 'a\tb', '.', '..'], '`event`, or a SHA, branch or tag without white space.'],
    ['matrix', ['{'], 'JSON'],
    ...WRONG_ACCESS,
  ]
  const cases = table.flatMap(([name, values, expected]) =>
    values.map((value) => ({ name, value, expected })),
  )

  test.each(cases)('`$name` of $value', ({ name, value, expected }) => {
    const shown = value.replace(/\s/g, ' ')
    const problem = expect.stringContaining(`Input \`${name}\` is "${shown}": expected ${expected}`)
    expect(read({ [name]: value })).toMatchObject({ problems: [problem] })
  })

  test('and several are named at once, before any request', async () => {
    const wrong = {
      timeout_minutes: 'soon',
      interval_seconds: '0',
      require_success: 'perhaps',
      ref: 'a b',
      repository: 'x',
    }
    await using job = await startJob({ action: 'combined', with: wrong })
    const result = await job.stage('main')
    expectSaid(result, 'error', '5 problems:', 'and 2 more, see the log')
    for (const [name, value] of Object.entries(wrong)) {
      expect(result.log).toContain(`Input \`${name}\` is "${value}": expected `)
    }
    expect(job.requests()).toEqual([])
  })
})

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
    ['require-success', 'require_success'],
    ['requireSuccess', 'require_success'],
    ['expected_state', 'require_success'],
    ['context', 'contexts'],
    ['status', 'contexts'],
    ['check-name', 'contexts'],
    ['check-regexp', 'contexts'],
    ['match_pattern', 'contexts'],
    ['ignored', 'ignore'],
    ['ingore', 'ignore'],
    ['ignoreActions', 'ignore'],
    ['ignoreContexts', 'ignore'],
    ['ignore_pattern', 'ignore'],
    ['ignore-checks', 'ignore'],
    ['running-workflow-name', 'ignore'],
    ['checkRun', 'check_runs'],
    ['timeout', 'timeout_minutes'],
    ['check-timeout', 'timeout_minutes'],
    ['interval', 'interval_seconds'],
    ['checkInterval', 'interval_seconds'],
    ['wait-interval', 'interval_seconds'],
    ['pollInterval', 'interval_seconds'],
    ['sha', 'ref'],
    ['repo', 'repository'],
    ['repo-token', 'token'],
    ['api-endpoint', 'api_url'],
  ])('%s means `%s`', async (foreign, ours) => {
    await using job = await startJob({ action: 'combined', with: { [foreign]: '1' } })
    const result = await job.stage('main')
    expectSaid(result, 'error', `Input \`${foreign.toLowerCase()}\` does not exist`, `\`${ours}\``)
    expect(job.requests()).toEqual([])
  })

  test('several are named at once', async () => {
    const inputs = { timeout: '600', interval: '5', ignored: 'x' }
    await using job = await startJob({ action: 'combined', with: inputs })
    const result = await job.stage('main')
    for (const name of Object.keys(inputs)) {
      expect(messages(result).join('\n')).toContain(`\`${name}\` does not exist`)
    }
  })

  test('but a warning if ours is given, too', async () => {
    const inputs = { timeout: '1', timeout_minutes: '0.01' }
    const statuses = { ci: 'success' }
    await using job = await startJob({ action: 'combined', with: inputs, statuses })
    const result = await job.stage('main')
    expectSaid(result, 'warning', '`timeout`', '`timeout_minutes`')
    expect(result.outputs.state).toBe('success')
  })

  test('an everyday word is only a warning', async () => {
    const statuses = { ci: 'success' }
    await using job = await startJob({ action: 'combined', with: { name: 'ci' }, statuses })
    expectSaid(await job.stage('main'), 'warning', '`name`', '`contexts`')
  })

  test.each(['self', 'verbose', 'url'])('%s is left to the runner', async (name) => {
    const statuses = { ci: 'success' }
    await using job = await startJob({ action: 'combined', with: { [name]: 'x' }, statuses })
    expect(said(await job.stage('main'))).toEqual([])
  })
})
