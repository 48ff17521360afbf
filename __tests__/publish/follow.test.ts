import { describe, expect, test } from '@jest/globals'
import { expectQuiet } from '../support/expect.ts'
import { JOB_LINK, LOOK, SHA, startJob, WRITE } from '../support/job.ts'

describe('a job without inputs', () => {
  test('is pending from its start and gets its result at its end, for two writes and one read', async () => {
    await using job = await startJob()
    await job.stage('pre')
    expect(job.shown()).toEqual({ 'CI / build': 'pending' })
    await job.stage('main')
    expect(job.requests()).toEqual([WRITE])

    await job.stage('post')
    expect(job.requests()).toEqual([WRITE, LOOK, WRITE])
    const same = { sha: SHA, context: 'CI / build', target_url: JOB_LINK }
    expect(job.published()).toEqual([
      { ...same, state: 'pending', description: 'In progress' },
      { ...same, state: 'success', description: expect.stringMatching(/^Successful in \ds$/) },
    ])
    expectQuiet(...job.results)
  })

  test('has its outputs in main, though pre has published', async () => {
    await using job = await startJob()
    const { main } = await job.follow()
    expect(main.outputs).toMatchObject({
      state: 'pending',
      context: 'CI / build',
      description: 'In progress',
      target_url: JOB_LINK,
      sha: SHA,
      id: String(job.history().at(-1)?.id),
      published: 'true',
    })
  })

  test('is cancelled before its first step: opened and settled', async () => {
    await using job = await startJob()
    job.contexts.job.status = 'cancelled'
    const { main } = await job.run()
    expect(main).toBeUndefined()
    expect(job.published().map(({ state }) => state)).toEqual(['pending', 'error'])
  })

  test('is a second attempt: its links say so', async () => {
    await using job = await startJob({ runAttempt: 2 })
    await job.follow()
    const links = job.published().map(({ target_url }) => target_url)
    expect(links).toEqual([`${JOB_LINK}#attempt-2`, `${JOB_LINK}#attempt-2`])
  })
})

describe('the result', () => {
  test.each<['success' | 'failure' | 'cancelled', string, RegExp]>([
    ['success', 'success', /^Successful in \ds$/],
    ['failure', 'failure', /^Failed after \ds$/],
    ['cancelled', 'error', /^Cancelled after \ds$/],
  ])('of a job that ends in %s is %s', async (jobStatus, state, text) => {
    await using job = await startJob()
    await job.follow(jobStatus)
    const description = expect.stringMatching(text)
    expect(job.published()[1]).toMatchObject({ state, description })
  })

  test.each([
    ['', 'error'],
    ['nonsense', 'error'],
    ['timed_out', 'failure'],
  ])('of a status that at the end is %j is %s', async (word, state) => {
    const env = { WORD: 'success' }
    await using job = await startJob({ with: { job_status: `\${{ env.WORD }}` }, env })
    await job.stage('pre')
    job.contexts.env.WORD = word
    await job.stage('post')
    expect(job.published()[1]?.state).toBe(state)
  })

  test('of a cancelled job is the one chosen at the start', async () => {
    const env = { CHOICE: 'failure' }
    await using job = await startJob({ with: { cancelled_state: `\${{ env.CHOICE }}` }, env })
    await job.stage('pre')
    job.contexts.env.CHOICE = 'success'
    job.contexts.job.status = 'cancelled'
    await job.stage('post')
    expect(job.published()[1]?.state).toBe('failure')
  })
})

describe('a name of its own', () => {
  test('for each leg of a matrix', async () => {
    const matrix = { node: 20, os: { name: 'linux', arch: '' } }
    await using job = await startJob({ matrix, workflow: 'Tests', job: 'unit' })
    await job.follow()
    expect(job.shown()).toEqual({ 'Tests / unit (20, linux)': 'success' })
  })

  test('for each of two steps of one job', async () => {
    await using first = await startJob({ id: 'first', with: { context: 'first' } })
    await using second = await startJob({ on: first, id: 'second', with: { context: 'second' } })
    await first.stage('pre')
    await second.stage('pre')
    await second.stage('post')
    expect(first.shown()).toEqual({ first: 'pending', second: 'success' })
    await first.stage('post')
    expect(first.shown()).toEqual({ first: 'success', second: 'success' })
  })

  test.each<[string, string, string | RegExp]>([
    ['that names no leg of the matrix is worth a line', 'tests', 'matrix'],
    ['that equals the id of the job is worth a line', 'build', /\bid\b|\bjob\b/],
  ])('%s', async (_, context, word) => {
    const matrix = context === 'tests' ? { os: 'linux' } : null
    await using job = await startJob({ matrix, with: { context } })
    const { pre, main } = await job.follow()
    const lines = `${pre.log}\n${main.log}`.split('\n').filter((line) => /context|name/i.test(line))
    expect(lines.join('\n')).toMatch(word)
    expect(job.results.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0])
  })
})
