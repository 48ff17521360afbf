import { describe, expect, test } from '@jest/globals'
import { expectQuiet, expectSeconds, looks } from '../support/expect.ts'
import { answers } from '../support/faults.ts'
import { many, put, putFrom } from '../support/history.ts'
import { RUN, startJob, type TestJob } from '../support/job.ts'

const pages = (job: TestJob) => looks(job).map(({ query }) => Number(query.page))
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

describe('once, the newest three pages are read, as far as there are', () => {
  test.each([
    [0, 1],
    [100, 1],
    [250, 3],
    [450, 3],
  ])('%i statuses: %i', async (count, last) => {
    await using job = await startJob({ with: { state: 'success' } })
    put(job, many(count))
    await job.stage('main')
    expect(pages(job)).toEqual(upTo(last))
  })
})

describe('followed, on to our own pending, ten pages at most', () => {
  test.each([
    ['there is no more', 0, 50, 1],
    ['it is on the first, and there are older ones', 250, 0, 3],
    ['it is on the fifth', 300, 450, 5],
    ['it is farther away', 0, 1_150, 10],
  ])('%s', async (_, before, during, last) => {
    await using job = await startJob()
    put(job, many(before))
    await job.stage('pre')
    put(job, many(during))
    expectQuiet(await job.stage('post'))
    expect(pages(job)).toEqual(upTo(last))
    expect(job.shown()['CI / build']).toBe('success')
  })

  test('one read serves all names', async () => {
    await using job = await startJob({ with: { context: 'one\ntwo\nthree' } })
    await job.follow()
    expect(pages(job)).toEqual([1])
  })
})

describe('a whole history without our own pending, which is stored,', () => {
  const newer = (job: TestJob) => putFrom(job, { run: RUN + 1 }, { 'CI / build': 'failure' })
  const empty = { method: 'GET', ...answers(200, []) } as const

  test('is read once more', async () => {
    await using job = await startJob()
    await job.stage('pre')
    newer(job)
    job.sandbox.fault(empty)
    expectQuiet(await job.stage('post'))
    expect(job.shown()['CI / build']).toBe('failure')
    expect(looks(job)).toHaveLength(2)
  })

  test('then counts as unread: the result is published', async () => {
    await using job = await startJob()
    await job.stage('pre')
    job.sandbox.fault({ ...empty, times: 2 })
    const post = await job.stage('post')
    expect(post.log).toMatch(/lacks a status that was published before/)
    expect(job.shown()['CI / build']).toBe('success')
    expect(looks(job)).toHaveLength(2)
  })
})

test('a newer run on the third page is seen', async () => {
  await using job = await startJob({ with: { state: 'success' } })
  putFrom(job, { run: RUN + 1 }, { 'CI / build': 'failure' })
  put(job, many(240))
  await job.stage('main')
  expect(job.shown()['CI / build']).toBe('failure')
})

test('if time ends before the pages do, what was read decides', async () => {
  await using job = await startJob()
  await job.stage('pre')
  put(job, many(150))
  putFrom(job, { run: RUN + 1 }, { 'CI / build': 'failure' })
  job.sandbox.fault({ method: 'GET', after: 1, hang: true, times: 9 })
  const post = await job.stage('post')
  expectQuiet(post)
  expect(job.shown()['CI / build']).toBe('failure')
  expectSeconds(post, 3, 6)
})

test('a commit’s other contexts cost nothing', async () => {
  await using job = await startJob({ statuses: many(20, 'failure') })
  await job.follow()
  expect(job.shown()['CI / build']).toBe('success')
})
