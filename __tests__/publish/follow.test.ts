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
      { ...same, state: 'pending', description: 'In progress', target_url: `${JOB_LINK}#follows` },
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
      target_url: `${JOB_LINK}#follows`,
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
    expect(links).toEqual([`${JOB_LINK}#attempt-2,follows`, `${JOB_LINK}#attempt-2`])
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

  test.each<[what: string, context: string, total: number | '', level: string, words: RegExp]>([
    ['shared by all legs of a matrix is a warning', 'tests', 2, 'warning', /"tests".*all legs/],
    ['shared by all legs, one of several, is a warning', 'a\nlinux', 2, 'warning', /"a".*all legs/],
    ['shared by an unknown number of legs is a line', 'tests', '', 'line', /"tests".*all legs/],
    ['that equals the id of the job is a line', 'build\nlinux', 2, 'line', /job's id/],
    ['that ends in a slash is a line', 'linux /', 2, 'line', /"linux \/".*empty/],
    ['with empty parentheses is a line', 'linux ()', 2, 'line', /"linux \(\)".*empty/],
    ['of a matrix with one leg is not worth a word', 'tests', 1, '', /all legs/],
  ])('%s', async (_, context, total, level, words) => {
    const strategy = { 'job-total': total }
    await using job = await startJob({ matrix: { os: 'linux' }, strategy, with: { context } })
    const { pre, main } = await job.follow()
    expect(`${pre.log}\n${main.log}`.split('\n').some((line) => words.test(line))).toBe(
      level !== '',
    )
    const annotated = job.annotations().filter(({ message }) => words.test(message))
    expect(annotated.map(({ level }) => level)).toEqual(level === 'warning' ? ['warning'] : [])
    expect(job.results.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0])
  })
})

test('two workflows whose names differ in an emoji never share a status', async () => {
  await using first = await startJob({ workflow: '🐧 Build' })
  await using second = await startJob({ on: first, workflow: '🍎 Build' })
  await first.follow('failure')
  await second.follow('success')
  expect(first.shown()).toEqual({
    'U+1F427 Build / build': 'failure',
    'U+1F34E Build / build': 'success',
  })
})

test('a name that only a later step knows is the only one opened', async () => {
  await using job = await startJob({ with: { context: `\${{ steps.x.outputs.name }}` } })
  await job.stage('pre')
  job.contexts.steps = {
    x: { outputs: { name: 'late' }, outcome: 'success', conclusion: 'success' },
  }
  await job.stage('main')
  await job.stage('post')
  expect(job.shown()).toEqual({ late: 'success' })
})
