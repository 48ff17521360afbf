import { describe, expect, test } from '@jest/globals'
import type { FaultKind } from '../../sandbox/api/server.ts'
import type { StageResult } from '../../sandbox/runner/stage-runner.ts'
import { type Bench, JOB_LINK } from '../support/job.ts'
import {
  errors,
  json,
  looks,
  many,
  put,
  read,
  type States,
  startReading,
  until,
} from '../support/reading.ts'

const GATE = { timeout_minutes: '0.5', interval_seconds: '0.1', require_success: 'true' }
const DAY = 86_400_000

const start = (statuses: States, inputs: Record<string, string> = {}) =>
  startReading('combined', { statuses, with: { ...GATE, ...inputs } })

/** Runs the stage; publishes one after the other what comes, each as soon as the log says what it waits for. */
function readWhile(bench: Bench, ...coming: States[]): Promise<StageResult> {
  const publishNext = () => put(bench, coming.shift() ?? {})
  return read(bench, { onLine: (line) => line.startsWith('Waiting. ') && publishNext() })
}

/** What the log said that it waited for. */
const waits = ({ log }: StageResult) =>
  log.split('\n').flatMap((line) => /^Waiting\. (.*)/.exec(line)?.slice(1) ?? [])

const unchanged = (bench: Bench) => looks(bench).filter(({ status }) => status === 304).length

describe('a gate', () => {
  test('passes as soon as all is green; looks at what has not changed cost nothing', async () => {
    const bench = await startReading('combined', {
      statuses: { a: 'pending', b: 'success' },
      with: GATE,
      sandbox: { rateLimit: { limit: 2 } },
    })
    const reading = read(bench)
    await until(() => unchanged(bench) >= 3)
    put(bench, { A: 'success' })
    const result = await reading
    expect(result).toMatchObject({
      conclusion: 'success',
      outputs: { state: 'success', pending: '[]' },
    })
    expect(waits(result)).toEqual(['Pending: "a".'])
    expect(looks(bench).filter(({ status }) => status === 200)).toHaveLength(2)
    expect(result.durationMs).toBeLessThan(15_000)
  })

  test('of many pages, only what has changed is sent again', async () => {
    const bench = await start(
      { bad: 'failure', ...many(250), slow: 'pending' },
      { require_success: 'false' },
    )
    const result = await readWhile(bench, { slow: 'success' })
    expect(result.outputs).toMatchObject({ state: 'failure', total_count: '252' })
    const answers = looks(bench).map(({ query, status }) => `${query.page}: ${status}`)
    expect(answers).toEqual(['1: 200', '2: 200', '3: 200', '1: 304', '2: 304', '3: 200'])
  })

  test('stops at the first failure, whatever is still pending, and names it', async () => {
    const result = await readWhile(await start({ a: 'pending', b: 'pending' }), { b: 'error' })
    expect(result).toMatchObject({
      conclusion: 'failure',
      outputs: { state: 'failure', failing: '["b"]', pending: '["a"]' },
    })
    expect(errors(result)).toEqual([
      expect.stringMatching(/ is failure\. Failing: "b"\. Pending: "a"\.$/),
    ])
    expect(result.durationMs).toBeLessThan(15_000)
  })

  test('waits on where success is not required, until nothing is pending', async () => {
    const bench = await start({ a: 'pending', b: 'failure' }, { require_success: 'false' })
    const result = await readWhile(bench, { a: 'success' })
    expect(result).toMatchObject({
      conclusion: 'success',
      outputs: { state: 'failure', failing: '["b"]' },
    })
    expect(waits(result)).toEqual(['Failing: "b". Pending: "a".'])
  })

  test('waits for a name that has not come yet; the log says it whenever that changes, and not otherwise', async () => {
    const bench = await start({ a: 'pending', b: 'pending' }, { contexts: '*\nExternal' })
    const reading = readWhile(
      bench,
      {},
      { a: 'success' },
      { external: 'pending' },
      { external: 'success' },
    )
    await until(() => unchanged(bench) >= 3)
    put(bench, { b: 'success' })
    const result = await reading
    expect(result).toMatchObject({
      conclusion: 'success',
      outputs: { state: 'success', total_count: '3' },
    })
    expect(waits(result)).toEqual([
      'Pending: "b", "a". Missing: "External".',
      'Pending: "a". Missing: "External".',
      'Missing: "External".',
      'Pending: "external".',
    ])
  })

  test('does not wait for its own status', async () => {
    const bench = await start({ other: 'pending' })
    put(bench, { gate: 'pending' }, { target_url: JOB_LINK })
    const result = await readWhile(bench, { other: 'success' })
    expect(result.conclusion).toBe('success')
    expect(waits(result)).toEqual(['Pending: "other".'])
  })
})

describe('when the time is up', () => {
  test.each<[string, States, string, object, string]>([
    [
      'pending is named',
      { a: 'pending' },
      '',
      { state: 'pending', pending: '["a"]', missing: '[]' },
      'Pending: "a".',
    ],
    [
      'missing is named as missing',
      { a: 'success' },
      'a\nb',
      { pending: '[]', missing: '["b"]' },
      'Missing: "b".',
    ],
    [
      'nothing there at all is no success',
      {},
      '',
      { state: 'pending', total_count: '0' },
      'There is no status at all.',
    ],
  ])('%s', async (_, statuses, contexts, outputs, line) => {
    const bench = await start(statuses, { contexts, timeout_minutes: '0.04' })
    const result = await read(bench)
    expect(result).toMatchObject({ conclusion: 'failure', outputs })
    expect(errors(result)).toEqual([
      expect.stringMatching(/^The combined status of ".*" is pending\. /),
    ])
    expect(errors(result)[0]?.endsWith(line)).toBe(true)
    expect(waits(result)).toEqual([line])
    expect(looks(bench).length).toBeGreaterThan(1)
  })

  test('the step stays green where success is not required', async () => {
    const result = await read(
      await start({ a: 'pending' }, { timeout_minutes: '0.04', require_success: 'false' }),
    )
    expect(result).toMatchObject({ conclusion: 'success', outputs: { state: 'pending' } })
  })

  test('a timeout of 0 is one look', async () => {
    const bench = await start({ a: 'pending' }, { timeout_minutes: '0' })
    const result = await read(bench)
    expect(errors(result)).toEqual([expect.stringMatching(/is pending\. Pending: "a"\.$/)])
    expect(waits(result)).toEqual([])
    expect(looks(bench)).toHaveLength(1)
  })

  test('there is one more look, and time for its answer', async () => {
    const bench = await start(
      { a: 'pending' },
      { timeout_minutes: '0.04', interval_seconds: '3600' },
    )
    bench.sandbox.fault({ slow: 1_000, after: 1 })
    const result = await readWhile(bench, { a: 'success' })
    expect(result).toMatchObject({ conclusion: 'success', outputs: { state: 'success' } })
    expect(looks(bench)).toHaveLength(2)
  })
})

describe('a server that fails in the middle of a wait', () => {
  test.each<[string, FaultKind, number]>([
    [
      'is down for a while',
      { answer: { status: 503, body: '<html><title>Unicorn!</title></html>' } },
      2,
    ],
    ['breaks the connection', { reset: true }, 1],
    ['breaks off its answer', { cut: true }, 1],
    [
      'says that it is busy',
      { answer: { status: 429, headers: { 'retry-after': '1' }, body: {} } },
      1,
    ],
  ])('%s: the wait goes on', async (_, fault, times) => {
    const bench = await start({ a: 'pending' })
    const failsNext = () => {
      bench.sandbox.fault({ ...fault, times })
      put(bench, { a: 'success' })
    }
    const result = await read(bench, {
      onLine: (line) => line.startsWith('Waiting. ') && failsNext(),
    })
    expect(result).toMatchObject({ conclusion: 'success', outputs: { state: 'success' } })
    expect(result.log.match(/Trying again in/g)).toHaveLength(times)
    expect(waits(result)).toEqual(['Pending: "a".'])
  })

  test('and stays down: the wait ends in its time, with what was known', async () => {
    const bench = await start({ a: 'pending' }, { timeout_minutes: '0.05' })
    const headers = { 'retry-after': '100' }
    bench.sandbox.fault({
      answer: { status: 503, headers, body: { message: 'Down' } },
      after: 1,
      times: 1_000,
    })
    const result = await read(bench)
    expect(result).toMatchObject({
      conclusion: 'failure',
      outputs: { state: 'pending', pending: '["a"]' },
    })
    expect(errors(result)).toEqual([
      expect.stringMatching(/^Could not read the combined status .* 503 "Down"/),
    ])
    expect(result.summary).toContain('| a | pending |')
    expect(result.durationMs).toBeLessThan(15_000)
  })

  test('and is another thing than it was: the wait ends at once', async () => {
    const bench = await start({ a: 'pending' })
    bench.sandbox.fault({ answer: { status: 401, body: { message: 'Bad credentials' } }, after: 1 })
    const result = await read(bench)
    expect(result).toMatchObject({ conclusion: 'failure', outputs: { pending: '["a"]' } })
    expect(errors(result)).toEqual([expect.stringContaining('the token is not valid')])
    expect(looks(bench)).toHaveLength(2)
  })
})

describe('a rate limit met while waiting', () => {
  const used = (reset: number, date: number) => ({
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(Math.ceil(reset / 1000)),
    date: new Date(date).toUTCString(),
  })
  const limited = (headers: Record<string, string>) => ({
    answer: {
      status: 403,
      headers,
      body: { message: 'API rate limit exceeded for installation ID 1.' },
    },
  })

  test.each<[string, () => Record<string, string>]>([
    ['to its end', () => used(Date.now() + 1_000, Date.now())],
    ['as long as is asked', () => ({ 'retry-after': '1' })],
  ])('is waited for %s, and said', async (_, headers) => {
    const bench = await start({ a: 'pending' })
    bench.sandbox.fault({ ...limited(headers()), after: 1 })
    const result = await readWhile(bench, { a: 'success' })
    expect(result).toMatchObject({ conclusion: 'success', outputs: { state: 'success' } })
    expect(result.log).toMatch(/403 "API rate limit exceeded.*Trying again in \d\.\d s, at/)
    const times = looks(bench).map(({ at }) => at)
    expect(Number(times[2]) - Number(times[1])).toBeGreaterThanOrEqual(1_000)
    expect(times).toHaveLength(3)
  })

  test('that outlasts the wait ends it, and says when it would be possible', async () => {
    const bench = await start({ a: 'pending' })
    bench.sandbox.fault({ ...limited(used(Date.now() + DAY, Date.now())), after: 1, times: 1_000 })
    const result = await read(bench)
    expect(result).toMatchObject({ conclusion: 'failure', outputs: { state: 'pending' } })
    expect(errors(result)).toEqual([
      expect.stringMatching(
        /rate limit of the token is used up.*possible at \d{4}-\d\d-\d\d .*later than/,
      ),
    ])
    expect(looks(bench)).toHaveLength(2)
  })
})

describe('a cancelled wait ends at once', () => {
  /** Sends SIGINT as soon as the log has a line like this. */
  async function cancelAt(bench: Bench, expected: RegExp): Promise<StageResult> {
    const cancel = new AbortController()
    const stop = (line: string) => expected.test(line) && cancel.abort()
    return read(bench, { signal: cancel.signal, onLine: stop, grace: [15_000, 1_000] })
  }

  test('with what was known in the outputs and the summary', async () => {
    const bench = await start({ a: 'pending', b: 'success' }, { interval_seconds: '60' })
    const result = await cancelAt(bench, /^Waiting/)
    expect(result).toMatchObject({
      exitCode: 1,
      conclusion: 'failure',
      outputs: { state: 'pending', pending: '["a"]' },
    })
    expect(json<unknown[]>(result, 'statuses')).toHaveLength(2)
    expect(result.summary).toContain('| a | pending |')
    expect(errors(result)).toEqual(['Cancelled while waiting. Pending: "a".'])
    expect(result.durationMs).toBeLessThan(15_000)
  })

  test('while a failing server is given time', async () => {
    const bench = await start({ a: 'pending' })
    bench.sandbox.fault({ answer: { status: 503, headers: { 'retry-after': '20' } }, after: 1 })
    const result = await cancelAt(bench, /Trying again in/)
    expect(result).toMatchObject({ exitCode: 1, outputs: { pending: '["a"]' } })
    expect(errors(result)).toEqual(['Cancelled while waiting. Pending: "a".'])
    expect(result.durationMs).toBeLessThan(15_000)
  })

  test('before anything is known', async () => {
    const bench = await start({ a: 'pending' })
    bench.sandbox.fault({ answer: { status: 503, headers: { 'retry-after': '20' } } })
    const result = await cancelAt(bench, /Trying again in/)
    expect(result).toMatchObject({ exitCode: 1, outputs: {}, summary: '' })
    expect(errors(result)).toEqual(['Cancelled before the combined status was read.'])
    expect(result.durationMs).toBeLessThan(15_000)
  })
})
