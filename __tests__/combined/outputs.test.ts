import { describe, expect, test } from '@jest/globals'
import { expectSaid } from '../support/expect.ts'
import { many, put } from '../support/history.ts'
import { type Setup, SHA, startJob } from '../support/job.ts'

const start = (setup: Setup = {}) => startJob({ action: 'combined', ...setup })

describe('the job summary', () => {
  test('shows the table, what needs attention first', async () => {
    await using job = await start({
      statuses: { good: 'success', slow: 'pending' },
      with: { contexts: '*\nnone' },
    })
    put(job, { bad: 'failure' }, { description: 'a | b', target_url: 'https://ci.example/1' })
    const { summary } = await job.stage('main')
    expect(summary.split('\n')).toEqual([
      `### Combined status of &#34;octo&#45;org&#47;octo&#45;repo&#64;${SHA}&#34;: failure`,
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
    await using job = await start()
    expect((await job.stage('main')).summary).toMatch(/: pending\n\n.*no status.*\n/)
  })
})

describe('the size of outputs', () => {
  const texts = {
    description: 'd'.repeat(140),
    target_url: `https://ci.example/${'x'.repeat(200)}`,
  }

  test('what is just below 1 MB in UTF-16 is set', async () => {
    await using job = await start()
    put(job, many(1_000), texts)
    const result = await job.stage('main')
    const size = (result.outputs.statuses?.length ?? 0) * 2
    expect(result.conclusion).toBe('success')
    expect(size).toBeGreaterThan(900_000)
    expect(size).toBeLessThan(1_048_576)
  })

  test('what is above is left empty, with a warning; the gate itself is not touched', async () => {
    await using job = await start()
    put(job, many(1_300), texts)
    const result = await job.stage('main')
    expectSaid(result, 'warning', '`statuses`', '1 MB')
    expect(result.outputs).toMatchObject({ state: 'success', total_count: '1300', failing: '[]' })
    expect(result.outputs.statuses ?? '').toBe('')
  })
})
