import { describe, expect, test } from '@jest/globals'
import { expectQuiet, expectSaid, said, until } from '../support/expect.ts'
import { answers, refused } from '../support/faults.ts'
import { HEAD, LOOK, SHA, startJob, WRITE } from '../support/job.ts'

const env = (name: string) => `\${{ env.${name} }}`

describe('whoever opened a status closes it', () => {
  test('a local action has no pre: main opens', async () => {
    await using job = await startJob({ local: true })
    const { main } = await job.run({ pre: false, jobStatus: 'failure' })
    expect(job.requests()).toEqual([WRITE, LOOK, WRITE])
    expect(main?.outputs).toMatchObject({ state: 'pending', published: 'true' })
    expect(job.shown()).toEqual({ 'CI / build': 'failure' })
  })

  test('main is skipped by `if`', async () => {
    await using job = await startJob()
    await job.run({ main: false })
    expect(job.published().map(({ state }) => state)).toEqual(['pending', 'success'])
  })

  test('pre fails: main tries again', async () => {
    await using job = await startJob({ faults: [refused] })
    const { pre, main, post } = await job.follow()
    expectSaid(pre, 'warning', '"CI / build"', 'Problems parsing JSON', 'main')
    expectQuiet(main, post)
    expect(main.outputs.published).toBe('true')
    expect(job.requests()).toEqual([WRITE, WRITE, LOOK, WRITE])
  })

  test('pre fails, and main is skipped: post still publishes the result', async () => {
    await using job = await startJob({ faults: [refused] })
    await job.run({ main: false, jobStatus: 'failure' })
    expect(job.published()).toMatchObject([{ state: 'failure' }])
  })

  test('pre loses the answer, and main is skipped: what could be open counts as open', async () => {
    const unread = { ...answers(403), method: 'GET' }
    const faults = [{ resetAfter: true as const, method: 'POST' }, unread, refused]
    await using job = await startJob({ faults })
    await job.stage('pre')
    job.contexts.job.status = 'cancelled'
    expectQuiet(await job.stage('post'))
    expect(job.shown()).toEqual({ 'CI / build': 'error' })
  })

  test.each(['pre', 'main'] as const)(
    '%s is killed in the middle of its request',
    async (stage) => {
      await using job = await startJob({ faults: [{ method: 'POST', hang: true }] })
      const stop = new AbortController()
      const stopped = job.stage(stage, { signal: stop.signal })
      await until(() => job.requests().length > 0)
      stop.abort()
      expect((await stopped).exitCode).not.toBe(0)
      job.contexts.job.status = 'cancelled'
      await job.stage('post')
      expect(job.published()).toMatchObject([{ state: 'error' }])
    },
  )

  test('main is switched off, pre was not', async () => {
    await using job = await startJob({ with: { enabled: env('ON') }, env: { ON: 'true' } })
    await job.stage('pre')
    job.contexts.env.ON = 'false'
    const main = await job.stage('main')
    await job.stage('post')
    expectQuiet(main)
    expect(main.outputs.published).toBe('false')
    expect(job.published().map(({ state }) => state)).toEqual(['pending', 'success'])
  })

  test.each(['success', 'failure'] as const)(
    'main refuses its inputs: an error, though the job ends in %s',
    async (jobStatus) => {
      await using job = await startJob({ with: { state: env('STATE') }, env: { STATE: 'job' } })
      await job.stage('pre')
      job.contexts.env.STATE = 'nonsense'
      expect((await job.stage('main')).exitCode).toBe(1)
      job.contexts.job.status = jobStatus
      await job.stage('post')
      expect(job.shown()).toEqual({ 'CI / build': 'error' })
    },
  )
})

test('switched off from the start, it asks for nothing, whatever else is wrong', async () => {
  await using job = await startJob({ with: { enabled: 'false', state: 'nonsense' } })
  expectQuiet(...Object.values(await job.follow('failure')))
  expect(job.requests()).toEqual([])
})

describe('what main decides anew', () => {
  test('another name: both are settled', async () => {
    await using job = await startJob({
      with: { context: `\${{ env.NAME || 'job' }}` },
      env: { NAME: 'one' },
    })
    await job.stage('pre')
    job.contexts.env.NAME = 'two'
    expect((await job.stage('main')).outputs.context).toBe('two')
    await job.stage('post')
    expect(job.shown()).toEqual({ one: 'success', two: 'success' })
  })

  test('of several names, only those that pre could not open are opened', async () => {
    await using job = await startJob({ faults: [refused], with: { context: 'one\ntwo' } })
    await job.follow()
    const states = job.published().map(({ context, state }) => `${context} ${state}`)
    expect(states.slice(0, 2)).toEqual(['two pending', 'one pending'])
    expect(states.slice(2).sort()).toEqual(['one success', 'two success'])
  })

  test.each([
    ['failure', ['pending', 'failure']],
    ['job', ['pending', 'success']],
  ])('`state: %s`, after pre opened', async (state, states) => {
    await using job = await startJob({ with: { state: `\${{ env.STATE || 'job' }}` } })
    await job.stage('pre')
    job.contexts.env.STATE = state
    await job.stage('main')
    await job.stage('post')
    expect(job.published().map((status) => status.state)).toEqual(states)
  })

  test('another commit: the one that pre opened becomes an error that says where the status went', async () => {
    await using job = await startJob({ with: { sha: env('COMMIT') }, env: { COMMIT: SHA } })
    await job.stage('pre')
    job.contexts.env.COMMIT = HEAD
    await job.stage('main')
    await job.stage('post')
    expect(job.shown(HEAD)).toEqual({ 'CI / build': 'success' })
    expect(job.shown(SHA)).toEqual({ 'CI / build': 'error' })
    expect(job.history(SHA)[0]?.description).toContain(HEAD.slice(0, 7))
  })

  test('another repository: the same', async () => {
    const start = { REPO: 'octo-org/octo-repo' }
    await using job = await startJob({ with: { repository: env('REPO') }, env: start })
    job.sandbox.github.repository('octo-org/other', { commits: [SHA] })
    await job.stage('pre')
    job.contexts.env.REPO = 'octo-org/other'
    await job.stage('main')
    await job.stage('post')
    expect(job.shown()).toEqual({ 'CI / build': 'error' })
    expect(job.history()[0]?.description).toContain('octo-org/other')
    expect(job.sandbox.github.current('octo-org/other', SHA)['CI / build']?.state).toBe('success')
  })
})

describe('what is not known yet in pre', () => {
  const inputs = { sha: `\${{ steps.find.outputs.sha }}` }

  test('is opened in main, once it is', async () => {
    await using job = await startJob({ with: inputs })
    const pre = await job.stage('pre')
    expect({ requests: job.requests(), said: said(pre) }).toEqual({ requests: [], said: [] })
    job.contexts.steps.find = { outputs: { sha: HEAD } }
    await job.stage('main')
    await job.stage('post')
    expect(job.published()).toMatchObject([
      { sha: HEAD, state: 'pending' },
      { sha: HEAD, state: 'success' },
    ])
  })

  test('and never comes, since main is skipped after a failure: post publishes nothing, and says so', async () => {
    await using job = await startJob({ with: inputs })
    const { post } = await job.run({ main: false, jobStatus: 'failure' })
    expect(post?.exitCode).toBe(0)
    expect(`${post?.log}`).toMatch(/`sha`|commit/)
    expect(job.requests()).toEqual([])
  })
})
