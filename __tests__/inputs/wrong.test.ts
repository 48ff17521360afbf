import { describe, expect, test } from '@jest/globals'
import { expectQuiet, said } from '../support/expect.ts'
import { type Action, startJob } from '../support/job.ts'
import { columnsOf, ofPublish, setupOf, TABLES } from './table.ts'

const columns = (Object.keys(TABLES) as Action[]).flatMap(columnsOf)

describe('wrong inputs are all named in main, with value and what was expected, before any request', () => {
  test.each(columns)('$what', async ({ action, given }) => {
    const values = Object.fromEntries(given.map(({ input, value }) => [input, value]))
    await using job = await startJob({ ...setupOf(action), with: values })
    const main = await job.stage('main')
    expect(main.exitCode).toBe(1)
    expect(said(main)).toMatchObject([{ level: 'error' }])
    expect(job.requests()).toEqual([])
    for (const { input, value } of given) {
      const shown = value.replace(/[\s\p{Cc}]/gu, ' ').trim()
      const lines = main.log.split('\n').filter((line) => line.includes(`\`${input}\``))
      const expected = expect.stringMatching(TABLES[action][input]?.expects ?? /^$/)
      expect(lines.filter((line) => line.includes(shown))).toContainEqual(expected)
    }
  })
})

describe('wrong, in pre: nothing is opened, and the job goes on', () => {
  test.each(ofPublish)('$input', async ({ input, wrong: [value = ''] }) => {
    await using job = await startJob({ with: { [input]: value } })
    const { pre, post } = await job.run({ main: false })
    expect([pre?.exitCode, post?.exitCode]).toEqual([0, 0])
    expect(job.requests()).toEqual([])
  })
})

test('inputs that are wrong in pre and right in main are no error', async () => {
  const rows = ofPublish.map(({ input, wrong: [value = ''], right }) => {
    const expression = right.startsWith('$') ? 'github.api_url' : `'${right}'`
    return [input, value, `\${{ env.${input} || ${expression} }}`] as const
  })
  await using job = await startJob({
    with: Object.fromEntries(rows.map(([input, , given]) => [input, given])),
    env: Object.fromEntries(rows.map(([input, value]) => [input, value])),
  })
  await job.stage('pre')
  for (const [input] of rows) job.contexts.env[input] = ''
  expectQuiet(await job.stage('main'), await job.stage('post'))
  expect(job.shown()).toEqual({ 'CI / build': 'success' })
})

describe('wrong or empty in post: nothing stays pending, and nothing fails', () => {
  const late = ofPublish
    .filter(({ input }) => input !== 'api_url')
    .flatMap((row) => ['', ...row.wrong.slice(0, 1)].map((value) => ({ ...row, value })))

  test.each(late)('$input is $value', async ({ input, right, value }) => {
    await using job = await startJob({ with: { [input]: `\${{ env.VALUE }}` } })
    job.contexts.env.VALUE = right
    await job.stage('pre')
    await job.stage('main')
    job.contexts.env.VALUE = value
    expect((await job.stage('post')).exitCode).toBe(0)
    const state = input === 'job_status' ? 'error' : 'success'
    expect(job.shown()).toEqual({ 'CI / build': state })
  })
})
