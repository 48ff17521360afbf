import { describe, expect, test } from '@jest/globals'
import { expectQuiet, expectSaid } from '../support/expect.ts'
import { startJob } from '../support/job.ts'
import { ofPublish, setupOf, wrongs } from './table.ts'

describe('wrong, in main: one error with name, value and what was expected, before any request', () => {
  test.each(wrongs)('$action: $input is $value', async ({ action, input, value, expects }) => {
    await using job = await startJob({ ...setupOf(action), with: { [input]: value } })
    const main = await job.stage('main')
    const shown = value.replace(/[\s\p{Cc}]/gu, ' ').trim()
    expectSaid(main, 'error', `\`${input}\``, shown, expects)
    expect(job.requests()).toEqual([])
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

describe('wrong in pre, right in main: no error', () => {
  test.each(ofPublish)('$input', async ({ input, wrong: [value = ''], right }) => {
    const given = `\${{ env.WRONG || ${right.startsWith('$') ? 'github.api_url' : `'${right}'`} }}`
    await using job = await startJob({ with: { [input]: given }, env: { WRONG: value } })
    await job.stage('pre')
    job.contexts.env.WRONG = ''
    expectQuiet(await job.stage('main'), await job.stage('post'))
    expect(job.shown()).toEqual({ 'CI / build': 'success' })
  })
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
