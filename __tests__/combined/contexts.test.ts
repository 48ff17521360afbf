import { describe, expect, test } from '@jest/globals'
import { type Setup, startJob } from '../support/job.ts'

const start = (setup: Setup = {}) => startJob({ action: 'combined', ...setup })

describe('contexts', () => {
  const statuses = {
    'CI / build (linux, x64)': 'success',
    'CI / build (windows, x64)': 'failure',
    'c++ [fast]': 'success',
    'a.b': 'success',
    axb: 'failure',
    Coverage: 'success',
  }
  test.each<[string, string, object]>([
    [
      'names, in any case',
      'coverage\nCI / Build (LINUX, x64)',
      { state: 'success', total_count: '2' },
    ],
    [
      'globs',
      'CI / build (*)',
      { state: 'failure', failing: '["CI / build (windows, x64)"]', total_count: '2' },
    ],
    [
      'characters of a regular expression',
      'c++ [fast]\na.b',
      { state: 'success', total_count: '2' },
    ],
    ['a parenthesis alone', '*(*x64)', { state: 'failure', total_count: '2' }],
    [
      'one that is missing',
      'Coverage\nsecurity/*',
      { state: 'pending', missing: '["security/*"]', pending: '[]' },
    ],
    [
      'a failure weighs more than one that is missing',
      'axb\nnone',
      { state: 'failure', missing: '["none"]' },
    ],
    [
      'white space and empty lines',
      '  Coverage  \r\n\r\n a.b\n',
      { state: 'success', total_count: '2' },
    ],
  ])('%s', async (_, contexts, outputs) => {
    await using job = await start({ statuses, with: { contexts } })
    const result = await job.stage('main')
    expect(result).toMatchObject({ conclusion: 'success', outputs })
  })
})
