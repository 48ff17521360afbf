import { describe, expect, test } from '@jest/globals'
import { expectQuiet, expectSaid, said } from '../support/expect.ts'
import { LOOK, type Setup, startJob, type TestJob, TOKEN, WRITE } from '../support/job.ts'

const FOREIGN = 'ghs_zY9876543210zyxwvutsrqponmlkjihgfedc'

/** Puts state into the environment as a step does with one line in GITHUB_ENV. What a stage saved wins over it. */
function inject(job: TestJob, state: Record<string, string>) {
  for (const [name, value] of Object.entries(state)) job.contexts.env[`STATE_${name}`] = value
}

/** What a job with another token, and another server, has saved. */
async function foreignState() {
  await using other = await startJob({ token: FOREIGN, with: { context: 'theirs' } })
  await other.stage('pre')
  return { state: { ...other.state }, server: other.sandbox.url }
}

const garbled = (state: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(state).map(([name, value]) => [
      name,
      value.replace(/[a-y0-8]/i, (letter) => String.fromCharCode(letter.charCodeAt(0) + 1)),
    ]),
  )

const texts: [string, (state: Record<string, string>) => Record<string, string>][] = [
  ['garbled', garbled],
  ['cut', (state) => map(state, (value) => value.slice(0, -5))],
  ['no JSON', (state) => map(state, () => '{{{')],
  ['JSON of the wrong kind', (state) => map(state, () => '[null]')],
  ['a command of the runner', (state) => map(state, () => '::error::owned')],
]
const map = (state: Record<string, string>, change: (value: string) => string) =>
  Object.fromEntries(Object.entries(state).map(([name, value]) => [name, change(value)]))

describe('what pre has saved', () => {
  test('is small, and holds no token', async () => {
    await using job = await startJob()
    await job.follow()
    const text = JSON.stringify(job.state)
    expect(text.length).toBeLessThan(700)
    expect(text).not.toContain(TOKEN)
  })

  test.each<[string, Setup]>([
    ['follows the job', {}],
    ['publishes once', { with: { state: 'success' } }],
    ['rolls up', { with: { needs: '["success"]' } }],
    ['is switched off', { with: { enabled: 'false' } }],
    ['has wrong inputs', { with: { sha: 'main' } }],
    ['has an input that is not known yet', { with: { sha: '' } }],
  ])('is there in every mode, so that nothing else is taken: one that %s', async (_, setup) => {
    const { state } = await foreignState()
    await using job = await startJob(setup)
    await job.stage('pre')
    expect(Object.keys(job.state)).toEqual(expect.arrayContaining(Object.keys(state)))
    inject(job, state)
    await job.stage('main')
    await job.stage('post')
    expect(JSON.stringify(job.published())).not.toContain('theirs')
  })
})

describe('without pre, one line in GITHUB_ENV is not taken for a memory', () => {
  test.each<[string, Setup]>([
    ['follows the job', {}],
    ['publishes once', { with: { state: 'success' } }],
    ['is switched off', { with: { enabled: 'false' } }],
  ])('by a step that %s', async (_, setup) => {
    const { state } = await foreignState()
    await using job = await startJob({ ...setup, local: true })
    inject(job, state)
    const main = await job.stage('main')
    const post = await job.stage('post')
    expect([main.exitCode, post.exitCode]).toEqual([0, 0])
    for (const { context } of job.published()) expect(context).toBe('CI / build')
    for (const { headers } of job.sandbox.requests) expect(headers.authorization).toContain(TOKEN)
  })

  test('main warns, goes on without it, and post settles what main opened', async () => {
    const { state } = await foreignState()
    await using job = await startJob({ local: true })
    inject(job, state)
    expectSaid(await job.stage('main'), 'warning', /state|memory|seal|saved/)
    expectQuiet(await job.stage('post'))
    expect(job.requests()).toEqual([WRITE, LOOK, WRITE])
  })

  test.each(texts)('nor is text that is %s', async (_, change) => {
    const { state } = await foreignState()
    await using job = await startJob({ local: true })
    inject(job, change(state))
    expect((await job.stage('main')).exitCode).toBe(0)
    expectQuiet(await job.stage('post'))
    expect(job.shown()).toEqual({ 'CI / build': 'success' })
  })
})

describe('post', () => {
  test.each(texts)('fails over a memory that is %s, and sends nothing', async (_, change) => {
    await using job = await startJob()
    await job.stage('pre')
    Object.assign(job.state, change({ ...job.state }))
    const post = await job.stage('post')
    expectSaid(post, 'error', /state|memory|seal|saved/)
    expect(job.requests()).toEqual([WRITE])
  })

  test('fails over the memory of another job, and sends nothing', async () => {
    const { state } = await foreignState()
    await using job = await startJob()
    await job.stage('pre')
    Object.assign(job.state, state)
    expectSaid(await job.stage('post'), 'error', /state|memory|seal|saved/)
    expect(job.requests()).toEqual([WRITE])
  })

  test('without any memory publishes nothing, and says so', async () => {
    await using job = await startJob()
    await job.stage('pre')
    for (const name of Object.keys(job.state)) delete job.state[name]
    const post = await job.stage('post')
    expect(post.log.trim()).not.toBe('')
    expect(job.requests()).toEqual([WRITE])
  })

  test('does nothing, quietly, if nothing was to be followed', async () => {
    await using job = await startJob({ with: { state: 'success' } })
    const { post } = await job.follow()
    expectQuiet(post)
    expect(job.requests()).toEqual([LOOK, WRITE])
  })
})

describe('the key is the job’s own token', () => {
  test('which can be empty, as under act without a secret', async () => {
    await using job = await startJob({ with: { token: TOKEN, job_token: '' } })
    expectQuiet(...Object.values(await job.follow()))
    expect(job.shown()).toEqual({ 'CI / build': 'success' })
  })

  test('one that comes late makes the seal wrong, and the error names it', async () => {
    const inputs = { token: TOKEN, job_token: `\${{ env.LATE }}` }
    await using job = await startJob({ with: inputs })
    await job.stage('pre')
    job.contexts.env.LATE = FOREIGN
    expectSaid(await job.stage('post'), 'error', '`job_token`')
    expect(job.requests()).toEqual([WRITE])
  })
})

test('a forged memory in direct use makes no request either', async () => {
  const { state } = await foreignState()
  await using job = await startJob()
  inject(job, state)
  const main = await job.stage('main')
  expect(main.exitCode).toBe(0)
  expect(said(main).length).toBeLessThanOrEqual(1)
  for (const { context } of job.published()) expect(context).toBe('CI / build')
})
