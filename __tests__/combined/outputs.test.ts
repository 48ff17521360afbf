import { describe, expect, test } from '@jest/globals'
import { expectQuiet, expectSaid } from '../support/expect.ts'
import { many, put } from '../support/history.ts'
import { SHA, startJob } from '../support/job.ts'

const action = 'combined' as const

describe('the job summary', () => {
  test('shows the table, what needs attention first', async () => {
    const statuses = { good: 'success', slow: 'pending' }
    await using job = await startJob({ action, statuses, with: { contexts: '*\nnone' } })
    put(job, { bad: 'failure' }, { description: 'a | b', target_url: 'https://ci.example/1' })
    const { summary } = await job.stage('main')
    expect(summary.split('\n')).toEqual([
      `### Combined status of &#34;octo&#45;org&#47;octo&#45;repo&#64;${SHA.slice(0, 7)}&#34;: failure`,
      '',
      '| Context | State | Description |',
      '| --- | --- | --- |',
      '| [bad](https://ci.example/1) | failure | a &#124; b |',
      '| slow | pending |  |',
      '| none | missing |  |',
      '| good | success |  |',
      '',
      '',
    ])
  })

  test('says that there is nothing', async () => {
    await using job = await startJob({ action })
    expect((await job.stage('main')).summary).toMatch(/: pending\n\nNothing counts yet\.\n/)
  })
})

describe('the size of outputs', () => {
  const texts = {
    description: 'd'.repeat(140),
    target_url: `https://ci.example/${'x'.repeat(200)}`,
  }

  test('just below 1 MB in UTF-16 it is set', async () => {
    await using job = await startJob({ action })
    put(job, many(1_000), texts)
    const result = await job.stage('main')
    const size = (result.outputs.statuses?.length ?? 0) * 2
    expectQuiet(result)
    expect(size).toBeGreaterThan(900_000)
    expect(size).toBeLessThan(1_048_576)
  })

  test('above it is left empty with a warning, and the gate stays green', async () => {
    await using job = await startJob({ action, with: { require_success: 'true' } })
    put(job, many(1_300), texts)
    const result = await job.stage('main')
    expectSaid(result, 'warning', /^The output `statuses` is left empty: it would be 1\.\d MB/)
    expect(result.outputs).toMatchObject({
      state: 'success',
      total_count: '1300',
      failing: '[]',
      statuses: '',
    })
  })
})

test('an annotation holds the first of many long names, and says how many there are', async () => {
  const name = (index: number) => `${index} ${'x'.repeat(250)}`
  const states = ['failure', 'pending'].flatMap((state, kind) =>
    Array.from({ length: 40 }, (_, index) => [name(100 * kind + index), state]),
  )
  const contexts = Array.from({ length: 40 }, (_, index) => name(1_000 + index)).join('\n')
  const inputs = { require_success: 'true', contexts: `*\n${contexts}` }
  await using job = await startJob({ action, statuses: Object.fromEntries(states), with: inputs })
  const result = await job.stage('main')
  expectSaid(
    result,
    'error',
    /Failing: "39 x+".* and 3\d more\. Pending: .* and 3\d more\. Missing: .* and 3\d more\./,
  )
})
