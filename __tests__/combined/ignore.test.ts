import { describe, expect, test } from '@jest/globals'
import { expectSaid } from '../support/expect.ts'
import { startJob } from '../support/job.ts'

const statuses = {
  'CI / build': 'success',
  'CI / docs': 'failure',
  'nightly / a': 'pending',
  'nightly / b': 'error',
}
const start = (inputs: Record<string, string>) =>
  startJob({ action: 'combined', statuses, with: { require_success: 'true', ...inputs } })

describe('`ignore` leaves names out of everything', () => {
  test.each([
    ['names, in any case', 'ci / DOCS\nnightly / a\nnightly / b'],
    ['globs', 'nightly/*\nnightly / *\n*docs'],
  ])('%s', async (_, ignore) => {
    await using job = await start({ ignore })
    const { conclusion, outputs, summary } = await job.stage('main')
    expect({ conclusion, ...outputs }).toMatchObject({
      conclusion: 'success',
      state: 'success',
      total_count: '1',
      failing: '[]',
      pending: '[]',
    })
    expect(summary).not.toContain('nightly')
  })

  test('all of them: nothing is there, which is no success', async () => {
    await using job = await start({ ignore: '*' })
    expect(await job.stage('main')).toMatchObject({
      conclusion: 'failure',
      outputs: { state: 'pending', total_count: '0' },
    })
  })

  test('one that is asked for is missing by no means', async () => {
    await using job = await start({ contexts: 'CI / build\nCI / docs', ignore: '*docs' })
    expect(await job.stage('main')).toMatchObject({ conclusion: 'success' })
  })
})

test('a name that is missing is named with near ones, and with a word on check runs', async () => {
  await using job = await start({ contexts: 'CI / biuld', ignore: '*docs\nnightly*' })
  expectSaid(await job.stage('main'), 'error', '"CI / biuld"', '"CI / build"', 'check run')
})
