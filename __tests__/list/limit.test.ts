import { describe, expect, test } from '@jest/globals'
import { expectSaid, json, looks } from '../support/expect.ts'
import { answers } from '../support/faults.ts'
import { many, put, type States } from '../support/history.ts'
import { startJob } from '../support/job.ts'

const action = 'list' as const

describe('as far as the limit asks, and no further', () => {
  const needle: States = {
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
    ['of one context, to the end', needle, { limit: '2', context: 'needle' }, '1', 4],
    ['of one context that is not there', many(250), { context: 'none' }, '0', 3],
  ])('%s', async (_, statuses, inputs, count, pages) => {
    await using job = await startJob({ action, statuses, with: inputs })
    expect((await job.stage('main')).outputs.count).toBe(count)
    const numbers = Array.from({ length: pages }, (_, page) => `${page + 1}`)
    expect(looks(job).map(({ query }) => query.page)).toEqual(numbers)
  })

  test('10,000 in one run', async () => {
    await using job = await startJob({ action, with: { limit: '10000', context: 'c7' } })
    for (let round = 0; round < 1_000; round++) put(job, many(10))
    const result = await job.stage('main')
    expect(result.outputs.count).toBe('1000')
    expect(looks(job)).toHaveLength(100)
  })

  test('what is published between two pages lists none twice', async () => {
    await using job = await startJob({ action, statuses: many(150), with: { limit: '500' } })
    job.sandbox.fault({ after: 1, reset: true })
    const publish = () => put(job, { late: 'pending' })
    const result = await job.stage('main', {
      onLine: (line) => line.includes('retrying in') && publish(),
    })
    const ids = json<{ id: number }[]>(result, 'statuses').map(({ id }) => id)
    expect(ids).toHaveLength(150)
    expect(new Set(ids).size).toBe(150)
  })

  test('over 1 MB the list is left empty with a warning; how many there were is known', async () => {
    await using job = await startJob({ action, with: { limit: '3000' }, statuses: many(3_000) })
    const result = await job.stage('main')
    expectSaid(
      result,
      'warning',
      /^The output `statuses` is left empty: it would be 1\.\d MB.*limit/,
    )
    expect(result.outputs).toEqual({ count: '3000', state: 'success', statuses: '' })
  })

  test('a failing server is given time', async () => {
    const fault = { ...answers(502, '<title>Bad gateway</title>'), after: 1 }
    const inputs = { limit: '150' }
    await using job = await startJob({ action, statuses: many(150), with: inputs, faults: [fault] })
    expect((await job.stage('main')).outputs.count).toBe('150')
  })

  test('a list that breaks off is no shorter list', async () => {
    const fault = { ...answers(401, { message: 'Bad credentials' }), after: 1 }
    const inputs = { limit: '150' }
    await using job = await startJob({ action, statuses: many(150), with: inputs, faults: [fault] })
    const result = await job.stage('main')
    expectSaid(result, 'error', 'Could not read the statuses of', 'the token is not valid')
    expect(result.outputs).toEqual({})
  })
})
