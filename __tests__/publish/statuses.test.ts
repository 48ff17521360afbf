import { describe, expect, test } from '@jest/globals'
import { expectQuiet, expectSaid, json, looks } from '../support/expect.ts'
import { answers } from '../support/faults.ts'
import { put } from '../support/history.ts'
import { HEAD, JOB_LINK, REPOSITORY, SHA, startJob, WRITE } from '../support/job.ts'

type Entry = Record<string, unknown>
const start = (entries: unknown, inputs: Record<string, string> = {}) =>
  startJob({ with: { statuses: JSON.stringify(entries), ...inputs } })

describe('a list of statuses', () => {
  test('is published once, in its order, without a look', async () => {
    const entries = [
      { context: 'a', state: 'success', description: 'Fine', target_url: 'https://ci.example/a' },
      { context: 'b', state: 'failure', sha: HEAD },
    ]
    await using job = await start(entries)
    const { main } = await job.follow()
    expectQuiet(...job.results)
    expect(job.requests()).toEqual([WRITE, WRITE.replace(SHA, HEAD)])
    expect(job.published()).toMatchObject([
      { sha: SHA, ...entries[0] },
      { sha: HEAD, context: 'b', state: 'failure', target_url: JOB_LINK },
    ])
    expect(main.outputs).toMatchObject({
      state: 'failure',
      context: 'a\nb',
      sha: `${SHA}\n${HEAD}`,
      description: '',
      target_url: '',
      published: 'true',
    })
    expect(json<Entry[]>(main, 'statuses')).toMatchObject([entries[0], { context: 'b', sha: HEAD }])
  })

  test('takes what an entry lacks from the step: null is lacking', async () => {
    const inputs = { state: 'error', description: 'From the step', sha: HEAD, context: 'step' }
    const nulls = { context: null, state: null, description: null, target_url: null, sha: null }
    await using job = await start([nulls, { context: 'other' }], inputs)
    await job.stage('main')
    expect(job.published()).toMatchObject([
      { sha: HEAD, context: 'step', state: 'error', description: 'From the step' },
      { sha: HEAD, context: 'other', state: 'error', description: 'From the step' },
    ])
  })

  test('understands the result words of the platform', async () => {
    await using job = await start([
      { context: 'a', state: 'timed_out' },
      { context: 'b', state: 'skipped' },
    ])
    await job.stage('main')
    expect(job.shown()).toEqual({ a: 'failure', b: 'error' })
  })

  test('that is empty is nothing to do: green, and published', async () => {
    await using job = await start([])
    const main = await job.stage('main')
    expectQuiet(main)
    expect(main.outputs.published).toBe('true')
    expect(job.requests()).toEqual([])
  })

  test('is the output of `combined` as it is: the API’s other fields are ignored', async () => {
    await using gate = await startJob({
      action: 'combined',
      statuses: { ci: 'failure', lint: 'success' },
    })
    const { outputs } = await gate.stage('main')
    await using job = await startJob({ with: { statuses: outputs.statuses ?? '', sha: HEAD } })
    expectQuiet(await job.stage('main'))
    expect(job.shown(HEAD)).toEqual({ ci: 'failure', lint: 'success' })
  })

  test('is published as it stands: over a newer run, too', async () => {
    await using job = await start([{ context: 'a', state: 'success' }])
    put(job, { a: 'failure' }, { target_url: JOB_LINK.replace(/runs\/\d+/, 'runs/9999999999') })
    await job.stage('main')
    expect(job.shown()).toEqual({ a: 'success' })
  })
})

describe('names that differ in an emoji are two', () => {
  const names = ['🐧 Build', '🍎 Build', '👩‍👩‍👧 *', 'x'.repeat(300)]

  test('when they are published, read by `list` and gated on, each under the text it was given as', async () => {
    await using job = await start(names.map((context) => ({ context, state: 'success' })))
    const { outputs } = await job.stage('main')
    expect(outputs.published).toBe('true')
    expect(new Set(Object.keys(job.shown())).size).toBe(names.length)

    await using gate = await startJob({
      on: job,
      action: 'combined',
      with: { contexts: names.join('\n'), require_success: 'true' },
    })
    expect((await gate.stage('main')).outputs).toMatchObject({ total_count: '4', missing: '[]' })

    for (const context of names.filter((name) => !name.includes('*'))) {
      await using list = await startJob({ on: job, action: 'list', with: { context } })
      expect((await list.stage('main')).outputs).toMatchObject({ count: '1', state: 'success' })
    }
  })

  test('and in what a server lists with real emoji: check runs, and statuses on Gitea', async () => {
    const inputs = { contexts: '🐧 Build', check_runs: 'true' }
    await using gate = await startJob({ action: 'combined', with: inputs })
    for (const [index, name] of names.entries()) {
      const conclusion = index === 0 ? 'success' : 'failure'
      gate.sandbox.github.checkRun(REPOSITORY, SHA, { name, status: 'completed', conclusion })
    }
    expect((await gate.stage('main')).outputs).toMatchObject({ state: 'success', missing: '[]' })

    const context = 'U+1F427 Build'
    await using list = await startJob({ server: 'gitea', action: 'list', with: { context } })
    put(list, { '🐧 Build': 'success', '🍎 Build': 'failure' })
    expect((await list.stage('main')).outputs).toMatchObject({ count: '1', state: 'success' })
  })
})

describe('wrong entries are all named before any request', () => {
  const right = { context: 'right', state: 'success' }
  test.each<[string, unknown, string]>([
    ['a state', { context: 'x', state: 'green' }, 'statuses[1].state'],
    ['a near word', { context: 'x', state: 'failed' }, '`failure`'],
    ['an empty state', { context: 'x', state: '' }, 'statuses[1].state'],
    ['no state at all', { context: 'x' }, 'statuses[1].state'],
    ['an empty context', { context: '', state: 'success' }, 'statuses[1].context'],
    ['a context that is no text', { context: 7, state: 'success' }, 'statuses[1].context'],
    ['a branch for a sha', { context: 'x', state: 'success', sha: 'main' }, 'statuses[1].sha'],
    ['a short sha', { context: 'x', state: 'success', sha: HEAD.slice(1) }, 'not 39'],
    ['an empty sha', { context: 'x', state: 'success', sha: '' }, 'statuses[1].sha'],
    ['a link', { context: 'x', state: 'success', target_url: 'x' }, 'statuses[1].target_url'],
    ['another key', { context: 'x', state: 'success', color: 'red' }, 'color'],
    ['no object', 'success', 'statuses[1]'],
    ['the same name again', { context: 'RIGHT', state: 'failure' }, 'statuses[1]'],
  ])('%s', async (_, entry, named) => {
    await using job = await start([right, entry])
    expectSaid(await job.stage('main'), 'error', named)
    expect(job.requests()).toEqual([])
  })

  test('several at once', async () => {
    await using job = await start([
      { state: 'red', context: 'a' },
      right,
      { state: 'blue', context: 'b' },
    ])
    expectSaid(await job.stage('main'), 'error', 'statuses[0].state', 'statuses[2].state')
    expect(job.requests()).toEqual([])
  })

  test('of thousands, the first 20, and how many more', async () => {
    await using job = await start(Array.from({ length: 60_000 }, () => 1))
    const main = await job.stage('main')
    expectSaid(main, 'error', 'statuses[0]')
    expect(main.log.split('\n').length).toBeLessThan(100)
    expect(main.log).toMatch(/statuses\[19\].*60000 problems/s)
    expect(main.log).not.toContain('statuses[20]')
  })

  test.each([
    ['x', /parser says.*Unexpected token/],
    ['[{"context": "a" "state": "success"}]', /parser says.*position 17/],
    ['{}', /JSON list/],
    ['null', /JSON list/],
    ['"a"', /JSON list/],
    ['7', /JSON list/],
  ])('a list that is %s', async (statuses, reason) => {
    await using job = await startJob({ with: { statuses } })
    expectSaid(await job.stage('main'), 'error', '`statuses`', reason)
    expect(job.requests()).toEqual([])
  })

  test('a list beside `needs`', async () => {
    await using job = await start([right], { needs: '["success"]' })
    expectSaid(await job.stage('main'), 'error', '`statuses`', '`needs`')
    expect(job.requests()).toEqual([])
  })
})

describe('of a list', () => {
  const three = ['a', 'b', 'c'].map((context) => ({ context, state: 'success' }))

  test('one is refused: the others are published, and the step fails', async () => {
    await using job = await start(three)
    job.sandbox.fault({ ...answers(422, { message: 'Validation Failed' }), after: 1 })
    const main = await job.stage('main')
    expectSaid(main, 'error', '"b"')
    expect(main.outputs).toMatchObject({ context: 'a\n\nc', published: 'false' })
    expect(job.shown()).toEqual({ a: 'success', c: 'success' })
  })

  test('a lost answer is looked up, not written twice; a refusal is sent again', async () => {
    await using job = await start(three)
    job.sandbox.fault({ method: 'POST', resetAfter: true })
    job.sandbox.fault({ method: 'POST', ...answers(502), after: 1 })
    expectQuiet(await job.stage('main'))
    expect(job.history().map(({ context }) => context)).toEqual(['c', 'b', 'a'])
    expect(looks(job).filter(({ method }) => method === 'GET').length).toBeLessThanOrEqual(2)
  })

  test('a cancelled step says what it has published and what not, before it is killed', async () => {
    await using job = await start(three)
    job.sandbox.fault({ ...answers(429, '', { 'retry-after': '60' }), method: 'POST', after: 1 })
    const stop = new AbortController()
    const onLine = (line: string) => /retrying in \d/.test(line) && stop.abort()
    const main = await job.stage('main', { signal: stop.signal, onLine })
    expect(main.log).toContain('Published success as "a"')
    expectSaid(main, 'error', 'Could not publish "b"', 'Not attempted after that: "c"')
  })

  test('each has a line in the log', async () => {
    await using job = await start(three)
    const { log } = await job.stage('main')
    for (const { context } of three) expect(log).toContain(`"${context}"`)
  })

  test('one that takes a context of the step with several lines is wrong', async () => {
    await using job = await start([{ state: 'success' }], { context: 'one\ntwo' })
    expectSaid(await job.stage('main'), 'error', 'context')
    expect(job.requests()).toEqual([])
  })
})
