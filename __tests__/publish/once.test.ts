import { describe, expect, test } from '@jest/globals'
import type { State } from '../../src/status/state.ts'
import { JOB_LINK, REPOSITORY, SHA, startJob } from '../support/job.ts'

const POST = `POST /repos/${REPOSITORY}/statuses/${SHA}`

describe('a state', () => {
  test('is published once, in main', async () => {
    const job = await startJob({
      with: { state: 'failure', context: 'scan', description: '3 findings' },
    })
    const { pre, main, post } = await job.run()
    expect([pre?.log, post?.log]).toEqual(['', ''])
    expect(job.published()).toEqual([
      {
        sha: SHA,
        state: 'failure',
        context: 'scan',
        description: '3 findings',
        target_url: JOB_LINK,
      },
    ])
    expect(main?.outputs).toEqual({
      state: 'failure',
      context: 'scan',
      description: '3 findings',
      target_url: JOB_LINK,
      sha: SHA,
      id: expect.stringMatching(/^\d+$/),
      published: 'true',
    })
    expect(main?.log).toBe(`Published failure as "scan" on ${REPOSITORY}@${SHA}: 3 findings`)
  })

  test.each<[word: string, state: State, description: string]>([
    ['success', 'success', 'Successful'],
    ['neutral', 'success', 'Neutral'],
    ['failure', 'failure', 'Failed'],
    ['timed_out', 'failure', 'Timed out'],
    ['error', 'error', 'Error'],
    ['startup_failure', 'error', 'Failed to start'],
    ['stale', 'error', 'Stale'],
    ['pending', 'pending', 'Pending'],
    ['action_required', 'pending', 'Action required'],
    ['queued', 'pending', 'Queued'],
    ['requested', 'pending', 'Requested'],
    ['in_progress', 'pending', 'In progress'],
    ['waiting', 'pending', 'Waiting'],
    ['cancelled', 'error', 'Cancelled'],
    ['skipped', 'success', 'Skipped'],
    ['  SUCCESS ', 'success', 'Successful'],
  ])('of the word %s is %s', async (word, state, description) => {
    const job = await startJob({ with: { state: word } })
    const { outputs } = await job.stage('main')
    expect(job.published()).toMatchObject([{ state, description }])
    expect(outputs).toMatchObject({ state, description })
  })

  test.each<[word: string, choice: Record<string, string>, state: State]>([
    ['cancelled', { cancelled_state: 'failure' }, 'failure'],
    ['cancelled', { cancelled_state: 'Success', skipped_state: 'error' }, 'success'],
    ['skipped', { skipped_state: 'pending' }, 'pending'],
    ['skipped', { cancelled_state: '', skipped_state: '' }, 'success'],
  ])('of the word %s with %j is %s', async (word, choice, state) => {
    const job = await startJob({ with: { state: word, ...choice } })
    await job.stage('main')
    expect(job.published()).toMatchObject([{ state }])
  })
})

describe('a roll-up of `needs`', () => {
  const publish = async (results: Record<string, string>, inputs: Record<string, string> = {}) => {
    const job = await startJob({ with: { needs: `\${{ toJSON(needs) }}`, ...inputs } })
    job.contexts.needs = Object.fromEntries(
      Object.entries(results).map(([name, result]) => [name, { result, outputs: {} }]),
    )
    await job.run()
    return job
  }

  test.each<[results: Record<string, string>, state: State, description: string]>([
    [{ test: 'success' }, 'success', 'Successful: test'],
    [{ test: 'success', lint: 'success' }, 'success', 'Successful: test, lint'],
    [{ test: 'success', docs: 'skipped' }, 'success', 'Successful: test'],
    [{ docs: 'skipped' }, 'success', 'Skipped: docs'],
    [{ test: 'failure', lint: 'success' }, 'failure', 'Failed: test'],
    [{ test: 'failure', lint: 'failure', docs: 'cancelled' }, 'failure', 'Failed: test, lint'],
    [{ test: 'success', docs: 'cancelled' }, 'error', 'Cancelled: docs'],
    [{ test: 'action_required', docs: 'success' }, 'pending', 'Action required: test'],
  ])('%j: %s', async (results, state, description) => {
    const job = await publish(results)
    expect(job.requests()).toEqual([POST])
    expect(job.published()).toMatchObject([{ state, description }])
    expect(job.annotations()).toEqual([])
  })

  test.each<[choice: Record<string, string>, state: State, description: string]>([
    [{ cancelled_state: 'success' }, 'success', 'Successful: a, b'],
    [{ cancelled_state: 'failure' }, 'failure', 'Cancelled: b'],
    [{ cancelled_state: 'pending', skipped_state: 'error' }, 'error', 'Skipped: c'],
  ])('with %j', async (choice, state, description) => {
    const job = await publish({ a: 'success', b: 'cancelled', c: 'skipped' }, choice)
    expect(job.published()).toMatchObject([{ state, description }])
  })

  test('of many jobs names as many as fit', async () => {
    const names = Array.from({ length: 40 }, (_, index) => [
      `a-long-name-of-a-job-${index}`,
      'failure',
    ])
    const job = await publish(Object.fromEntries(names))
    const [{ description } = { description: '' }] = job.published()
    expect(description).toMatch(
      /^Failed: (a-long-name-of-a-job-\d, ){4}a-long-name-of-a-job-4 and 35 more$/,
    )
  })

  test('of one job with a very long name is cut', async () => {
    const job = await publish({ ['x'.repeat(200)]: 'failure' })
    expect(job.published()).toMatchObject([{ description: `Failed: ${'x'.repeat(131)}…` }])
  })

  test('keeps a description that is given', async () => {
    const job = await publish({ a: 'failure' }, { description: 'mine' })
    expect(job.published()).toMatchObject([{ state: 'failure', description: 'mine' }])
  })
})

describe('several contexts', () => {
  test('get one state, one after the other, and outputs of a line each', async () => {
    const job = await startJob({
      with: { state: 'success', context: '\n one \ntwo\n\nONE\r\nthree\n' },
    })
    const { outputs } = await job.stage('main')
    expect(job.published().map(({ context, state }) => [context, state])).toEqual([
      ['one', 'success'],
      ['two', 'success'],
      ['three', 'success'],
    ])
    expect(outputs).toMatchObject({ context: 'one\ntwo\nthree', published: 'true' })
    expect(outputs.id).toMatch(/^\d+\n\d+\n\d+$/)
  })

  test('where one is refused, the rest are still published', async () => {
    const job = await startJob({
      sandbox: { maximumStatuses: 1 },
      with: { state: 'failure', context: 'one\ntwo\nthree' },
    })
    job.sandbox.github.publish(REPOSITORY, SHA, { state: 'pending', context: 'two' })
    const { exitCode, outputs, annotations } = await job.stage('main')
    expect(exitCode).toBe(1)
    expect(annotations).toEqual([
      {
        level: 'error',
        message: expect.stringMatching(
          /^Could not publish "two" .* 1,000 statuses of this context/,
        ),
      },
    ])
    expect(job.shown()).toEqual({ one: 'failure', two: 'pending', three: 'failure' })
    expect(outputs).toMatchObject({ context: 'one\n\nthree', state: 'failure', published: 'false' })
    expect(outputs.id).toMatch(/^\d+\n\n\d+$/)
  })

  test('follow the job together', async () => {
    const job = await startJob({ with: { context: 'one\ntwo' } })
    const { main } = await job.run({ jobStatus: 'failure' })
    expect(main?.outputs.context).toBe('one\ntwo')
    expect(job.published().map(({ context, state }) => `${context} ${state}`)).toEqual([
      'one pending',
      'two pending',
      'one failure',
      'two failure',
    ])
    expect(job.requests()).toHaveLength(5)
  })

  test('that cannot be published at all are tried once', async () => {
    const job = await startJob({
      permissions: { statuses: 'read' },
      with: { state: 'success', context: 'one\ntwo' },
    })
    const { exitCode, outputs, annotations } = await job.stage('main')
    expect({ exitCode, annotations: annotations.length }).toEqual({ exitCode: 1, annotations: 1 })
    expect(outputs).toMatchObject({ context: '\n', id: '\n', published: 'false' })
    expect(job.requests()).toEqual([POST])
  })
})

describe('inputs that are left empty have their default', () => {
  test.each([
    ['token'],
    ['api_url'],
    ['repository'],
    ['sha'],
    ['context'],
    ['description'],
    ['target_url'],
    ['needs'],
    ['cancelled_state'],
    ['skipped_state'],
    ['fail_on_error'],
    ['enabled'],
    ['matrix'],
  ])('%s', async (name) => {
    const job = await startJob({ with: { state: 'success', [name]: ' ' } })
    await job.stage('main')
    expect(job.published()).toEqual([
      {
        sha: SHA,
        state: 'success',
        context: 'CI / build',
        description: 'Successful',
        target_url: JOB_LINK,
      },
    ])
    expect(job.annotations()).toEqual([])
  })
})

describe('what can be made right is, and the log says so', () => {
  test.each<[name: string, value: string, published: string, said: string]>([
    [
      'description',
      'x'.repeat(141),
      `${'x'.repeat(139)}…`,
      'The description was cut to 140 characters.',
    ],
    [
      'description',
      'ship 🚀 it',
      'ship it',
      '4-byte characters were left out of the description: GitHub refuses them.',
    ],
    [
      'context',
      '🚀 deploy',
      'deploy',
      '4-byte characters were left out of the context: GitHub refuses them.',
    ],
  ])('%s %j', async (name, value, published, said) => {
    const job = await startJob({ with: { state: 'success', [name]: value } })
    const { exitCode, outputs, log } = await job.stage('main')
    expect({ exitCode, value: outputs[name] }).toEqual({ exitCode: 0, value: published })
    expect(job.published()).toMatchObject([{ [name]: published }])
    expect(log).toContain(said)
  })

  test('two long contexts stay two, and post finds them again', async () => {
    const job = await startJob({ with: { context: `${'x'.repeat(300)}a\n${'x'.repeat(300)}b` } })
    await job.run()
    expect(Object.values(job.shown())).toEqual(['success', 'success'])
    expect(Object.keys(job.shown()).map((context) => context.length)).toEqual([255, 255])
    expect(job.annotations()).toEqual([])
  })

  test('a link of foreign letters', async () => {
    const job = await startJob({
      with: { state: 'success', target_url: 'https://example.com/naïve path' },
    })
    await job.stage('main')
    expect(job.published()).toMatchObject([{ target_url: 'https://example.com/na%C3%AFve%20path' }])
  })
})

describe('hostile text never becomes a command of the runner', () => {
  const HOSTILE = [
    '::set-output name=published::true',
    '##[add-mask]e',
    'x ##[error]gotcha',
    'one\n::error::two',
    'one\r::warning::two',
    'one\u2028::set-env name=PATH::/tmp',
    '%0A::error::percent',
    '::stop-commands::end',
    'name<<EOF\nvalue\nEOF',
    '\u001b[31m::error::colour',
  ]

  test.each(HOSTILE)('%j', async (text) => {
    const job = await startJob({
      workflow: text,
      job: text,
      matrix: { value: text },
      event: {
        name: 'push',
        payload: { ref: `refs/heads/${text}`, head_commit: { message: text } },
      },
      ref: `refs/heads/${text}`,
      with: { description: text },
    })
    const { main } = await job.run()
    expect(job.results.flatMap(({ commands }) => commands).map(({ name }) => name)).toEqual([
      'add-mask',
      'add-mask',
    ])
    expect(Object.keys(main?.outputs ?? {}).sort()).toEqual(
      ['context', 'description', 'id', 'published', 'sha', 'state', 'target_url'].sort(),
    )
    expect(main?.outputs.published).toBe('true')
    expect(job.published()).toHaveLength(2)
  })

  test.each(HOSTILE)('%j as a wrong value is quoted in one error', async (text) => {
    const job = await startJob({ with: { state: text, sha: text, target_url: text, matrix: text } })
    const { commands, annotations, exitCode } = await job.stage('main')
    expect(commands.map(({ name }) => name)).toEqual(['error'])
    expect(annotations[0]?.message.split('\n')).toHaveLength(4)
    expect(exitCode).toBe(1)
  })

  test.each(HOSTILE)('%j in what GitHub answers', async (message) => {
    const job = await startJob({ with: { state: 'success' } })
    job.sandbox.fault({ answer: { status: 400, body: { message, errors: message } } })
    const { commands } = await job.stage('main')
    expect(commands.map(({ name }) => name)).toEqual(['add-mask', 'error'])
  })
})
