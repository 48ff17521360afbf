import { describe, expect, test } from '@jest/globals'
import { expectQuiet, expectSaid, said } from '../support/expect.ts'
import { type Action, HEAD, type Setup, SHA, startJob } from '../support/job.ts'

type Row = {
  /** Values that are refused in main, before any request. */
  wrong: string[]
  /** What the error says was expected. */
  expects: RegExp
  /** A right value. */
  right: string
  /** What an empty one is: the default, or an error that names the value to write. */
  empty?: RegExp
  /** The step's other inputs. */
  beside?: Record<string, string>
}
type Table = Record<string, Row>

const NO_NUMBERS = ['soon', '-1', '1e3', '0x10', '1,5', '١']
const FLAG = /`?true`?.*`?false`?/
const STATES = /failure.*error.*pending.*success|success.*pending.*failure/
const REF = /SHA.*branch.*tag/

const access: Table = {
  repository: {
    wrong: ['name', 'owner/', 'owner/name/more', 'owner name/x', 'owner/..', '../name', 'a/b?c'],
    expects: /owner\/name/,
    right: 'octo-org/octo-repo',
    empty: /github\.repository/,
  },
  api_url: {
    wrong: ['api.github.com', 'ftp://api.github.com', 'https://x?y=z', 'https://x#y'],
    expects: /address/,
    right: `\${{ github.api_url }}`,
    empty: /github\.api_url/,
  },
}
const flag = { expects: FLAG, wrong: ['yes', '0', 'on', '1'], right: 'true' }
const ref: Row = {
  wrong: ['a b', 'a\tb', '.', '..'],
  expects: REF,
  right: SHA,
  empty: /event/,
}

const TABLES: Record<Action, Table> = {
  publish: {
    ...access,
    state: {
      wrong: ['green', 'jobs', '__proto__', 'constructor'],
      expects: /job.*timed_out/s,
      right: 'job',
      empty: /'job'/,
    },
    needs: {
      wrong: ['{}', '[]', 'null', '"success"', '7', 'success'],
      expects: /needs/,
      right: 'none',
      empty: /'none'/,
    },
    pull_request: {
      wrong: ['x', '0', '-7', '7.5', '#7', '1e3'],
      expects: /number/,
      right: 'none',
      empty: /'none'/,
    },
    sha: {
      wrong: ['main', '6dcb09b', 'a'.repeat(39), 'a'.repeat(41), 'g'.repeat(40)],
      expects: /40 hex/,
      right: SHA,
      empty: /'event'/,
    },
    context: { wrong: ['🚀', 'a\n🚀'], expects: /4-byte/, right: 'CI / build' },
    cancelled_state: { wrong: ['cancelled', 'neutral', 'red'], expects: STATES, right: 'error' },
    skipped_state: { wrong: ['skipped', 'red'], expects: STATES, right: 'error' },
    fail_on_error: flag,
    enabled: flag,
    job_status: {
      wrong: ['green'],
      expects: /job\.status/,
      right: 'success',
      empty: /job\.status/,
    },
    matrix: { wrong: ['{"node":', 'undefined'], expects: /JSON/, right: 'null' },
  },
  combined: {
    ...access,
    ref,
    timeout_minutes: { wrong: [...NO_NUMBERS, '4320.1'], expects: /minutes.*4320/, right: '0' },
    interval_seconds: { wrong: [...NO_NUMBERS, '0', '3601'], expects: /seconds.*3600/, right: '1' },
    require_success: { ...flag, right: 'false' },
    check_runs: { ...flag, right: 'false' },
  },
  list: {
    ...access,
    ref,
    limit: { wrong: [...NO_NUMBERS, '0', '1.5', '100001'], expects: /1.*100,?000/, right: '100' },
  },
  sweep: {
    ...access,
    run_id: { wrong: ['x', '-1', '1.0', '1'.repeat(21)], expects: /run/, right: '7' },
    sha: { wrong: ['main', SHA.slice(1), `${SHA}0`], expects: /40 hex/, right: HEAD },
    conclusion: {
      wrong: ['failed', 'pending', 'null'],
      expects: /success.*failure/,
      right: 'failure',
    },
  },
}

const ended = {
  action: 'completed',
  workflow_run: {
    id: 7,
    head_sha: HEAD,
    conclusion: 'failure',
    updated_at: '2026-11-20T10:00:00Z',
  },
}
const setupOf = (action: Action): Setup => ({
  action,
  ...(action === 'sweep' && { event: { name: 'workflow_run', payload: ended } }),
})

const rows = Object.entries(TABLES).flatMap(([action, table]) =>
  Object.entries(table).map(([input, row]) => ({ action: action as Action, input, ...row })),
)
const wrongs = rows.flatMap((row) => row.wrong.map((value) => ({ ...row, value })))
const ofPublish = rows.filter(({ action }) => action === 'publish')

describe('wrong, in main: one error with name, value and what was expected, before any request', () => {
  test.each(wrongs)('$action: $input is $value', async ({ action, input, value, expects }) => {
    await using job = await startJob({ ...setupOf(action), with: { [input]: value } })
    const main = await job.stage('main')
    const shown = value.replace(/\s/g, ' ').replace('🚀', '')
    expectSaid(main, 'error', `\`${input}\``, shown, expects)
    expect(job.requests()).toEqual([])
  })
})

describe('wrong, in pre: nothing is opened, and the job goes on', () => {
  test.each(ofPublish)('$input', async ({ input, wrong: [value = ''] }) => {
    await using job = await startJob({ with: { [input]: value } })
    const { pre, post } = await job.run({ main: false })
    expect([pre?.exitCode, post?.exitCode]).toEqual([0, 0])
    expect(job.requests()).toEqual([])
  })
})

describe('wrong in pre, right in main: no error', () => {
  test.each(ofPublish)('$input', async ({ input, wrong: [value = ''], right }) => {
    const given = `\${{ env.WRONG || ${right.startsWith('$') ? 'github.api_url' : `'${right}'`} }}`
    await using job = await startJob({ with: { [input]: given }, env: { WRONG: value } })
    await job.stage('pre')
    job.contexts.env.WRONG = ''
    expectQuiet(await job.stage('main'), await job.stage('post'))
    expect(job.shown()).toEqual({ 'CI / build': 'success' })
  })
})

describe('wrong or empty in post: nothing stays pending, and nothing fails', () => {
  const late = ofPublish
    .filter(({ input }) => input !== 'api_url')
    .flatMap((row) => ['', ...row.wrong.slice(0, 1)].map((value) => ({ ...row, value })))

  test.each(late)('$input is $value', async ({ input, right, value }) => {
    await using job = await startJob({ with: { [input]: `\${{ env.VALUE }}` } })
    job.contexts.env.VALUE = right
    await job.stage('pre')
    await job.stage('main')
    job.contexts.env.VALUE = value
    expect((await job.stage('post')).exitCode).toBe(0)
    const state = input === 'job_status' ? 'error' : 'success'
    expect(job.shown()).toEqual({ 'CI / build': state })
  })
})

describe('empty', () => {
  test.each(rows.filter(({ empty }) => empty === undefined))(
    '$action: $input is its default',
    async ({ action, input }) => {
      await using job = await startJob({ ...setupOf(action), with: { [input]: '' } })
      expectQuiet(await job.stage('main'))
    },
  )

  test.each(rows.filter(({ empty }) => empty !== undefined))(
    '$action: $input is an error that names the way out',
    async ({ action, input, empty = /./ }) => {
      await using job = await startJob({ ...setupOf(action), with: { [input]: '' } })
      expectSaid(await job.stage('main'), 'error', `\`${input}\``, 'empty', empty)
      expect(job.requests()).toEqual([])
    },
  )
})

describe('misspelt by a letter: an error that names ours', () => {
  test.each(rows)('$action: $input', async ({ action, input, right }) => {
    const misspelt = input.slice(0, -1)
    await using job = await startJob({ ...setupOf(action), with: { [misspelt]: right } })
    if (action === 'publish') await job.stage('pre')
    expectSaid(await job.stage('main'), 'error', misspelt, `\`${input}\``)
    expect(job.requests()).toEqual([])
  })
})

describe('several', () => {
  const wrong = { sha: 'main', repository: 'name', cancelled_state: 'x', context: '🚀' }

  test('wrong ones are all reported at once, a line each', async () => {
    await using job = await startJob({ with: { ...wrong, fail_on_error: 'false' } })
    const { main, post } = await job.follow()
    expectSaid(main, 'error', ...Object.keys(wrong).map((name) => `\`${name}\``))
    expect(said(main)[0]?.message.split('\n').length).toBeGreaterThanOrEqual(4)
    expectQuiet(post)
    expect(job.requests()).toEqual([])
  })

  test('that exclude each other are refused: `needs` and a `state`', async () => {
    const inputs = { needs: '{"a":{"result":"success"}}', state: 'failure' }
    await using job = await startJob({ with: inputs })
    expectSaid(await job.stage('main'), 'error', '`needs`', '`state`')
    expect(job.requests()).toEqual([])
  })

  test.each([
    ['{"test":{"result":"green"}}', 'green'],
    ['{"test":{}}', 'test'],
    ['{"test":null}', 'test'],
    ['{"test":"success"}', 'test'],
    ['["success","green"]', 'green'],
  ])('results in `needs: %s` are wrong: the odd one is named', async (needs, odd) => {
    await using job = await startJob({ with: { needs } })
    expectSaid(await job.stage('main'), 'error', '`needs`', `"${odd}"`)
    expect(job.requests()).toEqual([])
  })

  test('of great length are cut in the message', async () => {
    await using job = await startJob({ with: { sha: 'x'.repeat(5000) } })
    expect(said(await job.stage('main'))[0]?.message.length).toBeLessThan(400)
  })
})

test.each(Object.keys(TABLES) as Action[])(
  '%s: an address with a password is refused, and not repeated',
  async (action) => {
    const inputs = { api_url: 'https://me:hunter2@api.example.test' }
    await using job = await startJob({ ...setupOf(action), with: inputs })
    const main = await job.stage('main')
    expectSaid(main, 'error', '`api_url`', 'password')
    expect(main.stdout).not.toContain('hunter2')
  },
)
