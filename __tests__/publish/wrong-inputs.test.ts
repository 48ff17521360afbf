import { describe, expect, test } from '@jest/globals'
import { ACTION, startJob } from '../support/job.ts'

const WORDS =
  'job, or one of success, neutral, failure, timed_out, error, startup_failure, stale, pending, action_required, queued, requested, in_progress, waiting, cancelled, skipped.'
const STATES = 'one of failure, error, pending, success.'
const FLAG = '`true` or `false`.'
const LINK = 'an address that starts with http:// or https://.'
const API = 'the address of a REST API, such as https://api.github.com or https://HOST/api/v3.'
const COMMIT = 'the 40 hexadecimal digits of a commit.'
const NAME = 'owner/name.'
const ID = 'the digits of a job id (leave this input to its default).'
const STATUS = `the job's status; write \`job_status: \${{ job.status }}\` in this step.`
const NEEDS = `the results of the jobs before; write \`needs: \${{ toJSON(needs) }}\` in a job that has \`needs\`.`

describe('a wrong value is refused with its name and what was expected, before any request', () => {
  test.each<[name: string, value: string, expected: string]>([
    ['state', 'green', WORDS],
    ['state', 'jobs', WORDS],
    ['state', '__proto__', WORDS],
    ['needs', '{}', NEEDS],
    ['needs', '[]', NEEDS],
    ['needs', 'null', NEEDS],
    ['needs', '"success"', NEEDS],
    ['needs', '7', NEEDS],
    [
      'context',
      '🚀',
      'names of which something is left without 4-byte characters, which GitHub refuses.',
    ],
    ['target_url', 'example.com/page', LINK],
    ['target_url', '/page', LINK],
    ['target_url', 'javascript:alert(1)', LINK],
    ['target_url', 'ftp://example.com', LINK],
    ['target_url', 'https://', LINK],
    ['sha', 'main', COMMIT],
    ['sha', '6dcb09b', COMMIT],
    ['sha', 'a'.repeat(39), COMMIT],
    ['sha', 'a'.repeat(41), COMMIT],
    ['sha', 'g'.repeat(40), COMMIT],
    ['repository', 'name', NAME],
    ['repository', 'owner/', NAME],
    ['repository', 'owner/name/more', NAME],
    ['repository', 'owner name/x', NAME],
    ['repository', 'owner/..', NAME],
    ['repository', '../name', NAME],
    ['repository', 'owner/name?x', NAME],
    ['repository', 'https://github.com/owner/name', NAME],
    ['api_url', 'api.github.com', API],
    ['api_url', 'ftp://api.github.com', API],
    ['api_url', 'https://api.github.com?x=y', API],
    ['api_url', 'https://api.github.com#x', API],
    ['cancelled_state', 'cancelled', STATES],
    ['cancelled_state', 'neutral', STATES],
    ['skipped_state', 'none', STATES],
    ['fail_on_error', 'yes', FLAG],
    ['fail_on_error', '0', FLAG],
    ['enabled', 'on', FLAG],
    ['enabled', '1', FLAG],
    ['job_status', 'green', STATUS],
    ['matrix', '{"node":', 'JSON.'],
    ['matrix', 'undefined', 'JSON.'],
    ['check_run_id', '-1', ID],
    ['check_run_id', '1e9', ID],
    ['check_run_id', '1'.repeat(21), ID],
  ])('%s: %s', async (name, value, expected) => {
    const job = await startJob({ with: { [name]: value } })
    const main = await job.stage('main')
    expect(main).toMatchObject({
      exitCode: 1,
      annotations: [
        { level: 'error', message: `Input \`${name}\` is "${value}": expected ${expected}` },
      ],
    })
    expect(main.outputs.published).toBe('false')
    expect(job.requests()).toEqual([])
  })

  test.each([
    ['state', 'a state or a result; the expression that was given for it came to nothing.'],
    ['job_status', STATUS],
  ])('an empty %s', async (name, expected) => {
    const job = await startJob({ with: { [name]: '' } })
    const { main } = await job.run()
    expect(main).toMatchObject({
      exitCode: 1,
      annotations: [
        { level: 'error', message: `Input \`${name}\` is empty: expected ${expected}` },
      ],
    })
    expect(job.requests()).toEqual([])
  })

  test.each([
    ['{"test":{"result":"green"}}', '"green"'],
    ['{"test":{}}', '""'],
    ['{"test":null}', '""'],
    ['{"test":"success"}', '""'],
  ])('needs: %s', async (needs, word) => {
    const job = await startJob({ with: { needs } })
    const main = await job.stage('main')
    expect(main).toMatchObject({ exitCode: 1, annotations: [{ level: 'error' }] })
    expect(main.annotations[0]?.message).toBe(
      `Input \`needs\` has ${word} as the result of "test": expected ${WORDS.replace('job, or ', '')}`,
    )
    expect(job.requests()).toEqual([])
  })

  test('needs that are no JSON', async () => {
    const job = await startJob({ with: { needs: 'success' } })
    const { annotations } = await job.stage('main')
    expect(annotations[0]?.message).toContain('Input `needs` is "success": expected JSON.')
  })

  test('needs beside a state', async () => {
    const job = await startJob({ with: { needs: '{"a":{"result":"success"}}', state: 'failure' } })
    const { exitCode, annotations } = await job.stage('main')
    expect(exitCode).toBe(1)
    expect(annotations[0]?.message).toBe(
      'Input `state` is "failure": expected no `state` of its own beside `needs`, which decides it.',
    )
    expect(job.requests()).toEqual([])
  })

  test.each(['two words', 'two\nlines', 'na\u00efve'])(
    'a token such as %j, which is not shown',
    async (token) => {
      const job = await startJob({ with: { token } })
      const { annotations, stdout } = await job.stage('main')
      expect(annotations).toEqual([
        {
          level: 'error',
          message:
            'Input `token` holds characters that no token has: expected one line of printable ASCII.',
        },
      ])
      for (const part of token.split(/\s/)) expect(stdout).not.toContain(part)
      expect(job.requests()).toEqual([])
    },
  )

  test('no token at all', async () => {
    const job = await startJob({ with: { token: '', job_token: '' } })
    const { annotations } = await job.stage('main')
    expect(annotations[0]?.message).toMatch(/^Input `token` is empty: expected a token that may/)
  })

  test('credentials in an address', async () => {
    const job = await startJob({ with: { api_url: 'https://me:hunter2@api.github.com' } })
    const message =
      'Input `api_url` holds a name or a password: expected an address without them; give the `token`.'
    expect((await job.stage('main')).annotations).toEqual([{ level: 'error', message }])
    expect(job.requests()).toEqual([])
  })
})

describe('wrong inputs', () => {
  const wrong = {
    sha: 'main',
    repository: 'name',
    target_url: 'x',
    cancelled_state: 'x',
    skipped_state: 'y',
    fail_on_error: 'maybe',
    check_run_id: 'z',
    context: '🚀',
  }

  test('are all reported at once: in pre as a warning, in main as an error', async () => {
    const job = await startJob({ with: wrong })
    const { pre, main, post } = await job.run()
    const problems = Object.entries(wrong).map(
      ([name, value]) => `Input \`${name}\` is "${value}": expected `,
    )
    expect(pre).toMatchObject({ exitCode: 0, annotations: [{ level: 'warning' }] })
    expect(main).toMatchObject({ exitCode: 1, annotations: [{ level: 'error' }] })
    const said = pre?.annotations[0]?.message.split('\n') ?? []
    expect(said.pop()).toBe('No status is opened yet; main tries again.')
    expect(said.map((line) => line.slice(0, line.indexOf('expected ') + 9)).sort()).toEqual(
      problems.sort(),
    )
    expect(main?.annotations[0]?.message.split('\n')).toEqual(said)
    expect(post).toMatchObject({ exitCode: 0, log: '' })
    expect(job.requests()).toEqual([])
  })

  test('fail main although `fail_on_error` is false', async () => {
    const job = await startJob({ with: { sha: 'main', fail_on_error: 'false' } })
    expect((await job.stage('main')).exitCode).toBe(1)
  })

  test('of a state that is published once are not spoken of in pre', async () => {
    const job = await startJob({ with: { state: 'green' } })
    const { pre, main } = await job.run()
    expect(pre).toMatchObject({ exitCode: 0, log: '' })
    expect(main?.exitCode).toBe(1)
  })

  test('that come right until main are no error', async () => {
    const job = await startJob({ with: { sha: `\${{ env.COMMIT || 'not yet' }}` } })
    const pre = await job.stage('pre')
    job.contexts.env.COMMIT = job.contexts.github.sha as string
    const main = await job.stage('main')
    await job.stage('post')
    expect([pre.annotations.length, main.annotations.length]).toEqual([1, 0])
    expect(job.shown()).toEqual({ 'CI / build': 'success' })
  })

  test('of great length are cut', async () => {
    const job = await startJob({ with: { sha: 'x'.repeat(5000) } })
    const { annotations } = await job.stage('main')
    expect(annotations[0]?.message).toContain(`"${'x'.repeat(100)}…"`)
    expect(annotations[0]?.message.length).toBeLessThan(200)
  })
})

describe('what the toolkit cannot start with is said in one line, without what it was', () => {
  test.each(['pre', 'main', 'combined'] as const)('an unusable proxy in %s', async (stage) => {
    const proxy = '[hunter2'
    const job = await startJob({
      apiUrl: 'https://api.example.test',
      env: { https_proxy: proxy },
      ...(stage === 'combined' ? { action: `${ACTION}/combined` } : {}),
    })
    const { exitCode, annotations, stdout, stderr } = await job.stage(
      stage === 'pre' ? 'pre' : 'main',
    )
    expect(exitCode).toBe(stage === 'pre' ? 0 : 1)
    expect(annotations).toEqual([
      {
        level: stage === 'pre' ? 'warning' : 'error',
        message: expect.stringMatching(/^commit-status cannot start: /),
      },
    ])
    expect(stdout + stderr).not.toContain('hunter2')
  })
})
