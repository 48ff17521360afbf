import { describe, expect, test } from '@jest/globals'
import { expectSaid, json, looks } from '../support/expect.ts'
import { many, put, type States } from '../support/history.ts'
import { type Setup, startJob } from '../support/job.ts'

type Listed = { id: number; context: string; state: string }

const start = (setup: Setup = {}) => startJob({ action: 'list', ...setup })

describe('as far as the limit asks, and no further', () => {
  const needle = {
    ...many(120),
    needle: 'failure',
    ...Object.fromEntries(Object.entries(many(350)).slice(120)),
  }

  test.each<[string, States, Record<string, string>, string, number]>([
    ['the default is 100', many(250), {}, '100', 1],
    ['1', many(250), { limit: '1' }, '1', 1],
    ['exactly a page', many(250), { limit: '100' }, '100', 1],
    ['one more than a page', many(250), { limit: '101' }, '101', 2],
    ['more than there are', many(250), { limit: '1000' }, '250', 3],
    ['exactly what is there', many(200), { limit: '200' }, '200', 2],
    ['of one context, until it is found', needle, { limit: '1', context: 'needle' }, '1', 3],
    [
      'of one context, to the end where there are fewer',
      needle,
      { limit: '2', context: 'needle' },
      '1',
      4,
    ],
    ['of one context that is not there', many(250), { context: 'none' }, '0', 3],
  ])('%s', async (_, statuses, inputs, count, pages) => {
    await using job = await start({ statuses, with: inputs })
    expect((await job.stage('main')).outputs.count).toBe(count)
    expect(looks(job).map(({ query }) => query.page)).toEqual(
      Array.from({ length: pages }, (_, page) => `${page + 1}`),
    )
  })

  test('10,000 in one run', async () => {
    await using job = await start({ with: { limit: '10000', context: 'c7' } })
    for (let round = 0; round < 1_000; round++) put(job, many(10))
    const result = await job.stage('main')
    expect(result).toMatchObject({ conclusion: 'success', outputs: { count: '1000' } })
    expect(looks(job)).toHaveLength(100)
  })

  test('what is published between two pages is no reason to list one twice', async () => {
    await using job = await start({ statuses: many(150), with: { limit: '500' } })
    job.sandbox.fault({ after: 1, reset: true })
    const publish = () => put(job, { late: 'pending' })
    const result = await job.stage('main', {
      onLine: (line) => /(again|retrying) in \d/i.test(line) && publish(),
    })
    const ids = json<Listed[]>(result, 'statuses').map(({ id }) => id)
    expect(ids).toHaveLength(150)
    expect(new Set(ids).size).toBe(150)
  })

  test('what is over 1 MB is left empty, with a warning; how many there were is known', async () => {
    await using job = await start({ with: { limit: '3000' }, statuses: many(3_000) })
    const result = await job.stage('main')
    expectSaid(result, 'warning', '`statuses`', '1 MB', '`limit`')
    expect(result.outputs).toMatchObject({ count: '3000', state: 'success' })
    expect(result.outputs.statuses ?? '').toBe('')
  })
})
