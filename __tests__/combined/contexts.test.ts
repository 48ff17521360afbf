import { describe, expect, test } from '@jest/globals'
import { expectSaid } from '../support/expect.ts'
import type { States } from '../support/history.ts'
import { startJob } from '../support/job.ts'

const action = 'combined' as const

const statuses: States = {
  'CI / build (linux, x64)': 'success',
  'CI / build (windows, x64)': 'failure',
  'c++ [fast]': 'success',
  'a.b': 'success',
  axb: 'failure',
  Coverage: 'success',
}

describe('`contexts`', () => {
  test.each<[string, string, object]>([
    ['takes names in any case', 'coverage\nCI / Build (LINUX, x64)', { total_count: '2' }],
    [
      'takes globs',
      'CI / build (*)',
      { failing: '["CI / build (windows, x64)"]', total_count: '2' },
    ],
    ['knows no other wildcard', 'c++ [fast]\na.b', { state: 'success', total_count: '2' }],
    [
      'names what is missing by its line',
      'Coverage\nsecurity/*',
      { state: 'pending', missing: '["security/*"]', pending: '[]' },
    ],
    ['does not hide a failure behind it', 'axb\nnone', { state: 'failure', missing: '["none"]' }],
    ['allows white space and empty lines', '  Coverage  \r\n\r\n a.b\n', { total_count: '2' }],
  ])('%s', async (_, contexts, outputs) => {
    await using job = await startJob({ action, statuses, with: { contexts } })
    expect((await job.stage('main')).outputs).toMatchObject(outputs)
  })
})

describe('`ignore`', () => {
  test.each<[string, Record<string, string>, object]>([
    ['leaves names out, in any case', { ignore: 'AXB\n*windows*' }, { state: 'success' }],
    ['leaves them out of the total', { ignore: '*' }, { state: 'pending', total_count: '0' }],
    [
      'leaves them out of what `contexts` finds',
      { contexts: 'CI / *', ignore: '*(windows, *' },
      { state: 'success', total_count: '1' },
    ],
    [
      'leaves a line of `contexts` missing that finds nothing else',
      { contexts: 'Coverage\nax*', ignore: 'axb' },
      { state: 'pending', missing: '["ax*"]' },
    ],
    [
      'leaves nothing if it leaves out all lines, which is no success',
      { contexts: 'axb', ignore: 'axb' },
      { state: 'pending', total_count: '0' },
    ],
    ['may name what is not there', { ignore: 'none', contexts: 'Coverage' }, { state: 'success' }],
  ])('%s', async (_, inputs, outputs) => {
    await using job = await startJob({ action, statuses, with: inputs })
    expect((await job.stage('main')).outputs).toMatchObject(outputs)
  })

  test.each([
    ['axb', 'AXB'],
    ['CI / build (windows*', '*(windows*'],
  ])('leaves out the line %s of `contexts`, too, with a warning', async (line, ignore) => {
    const inputs = { contexts: `Coverage\n${line}`, ignore, require_success: 'true' }
    await using job = await startJob({ action, statuses, with: inputs })
    const result = await job.stage('main')
    expectSaid(result, 'warning', `Input \`contexts\` names "${line}", which \`ignore\` excludes`)
    expect(result.outputs).toMatchObject({ state: 'success', missing: '[]', total_count: '1' })
    expect(result.summary).not.toContain('failure')
  })

  test('on Gitea, where case matters, leaves out the very name only', async () => {
    const states = { CI: 'success', ci: 'failure' }
    const inputs = { ignore: 'CI' }
    await using job = await startJob({ action, server: 'gitea', statuses: states, with: inputs })
    expect((await job.stage('main')).outputs).toMatchObject({ failing: '["ci"]', total_count: '1' })
  })
})

describe('what is missing is named with what it could have meant', () => {
  const CHECK_RUNS =
    'Check runs, such as jobs, are not statuses: `check_runs: true` counts them too.'

  test.each([
    ['one letter off', 'coverige', 'Missing: "coverige" (similar: "Coverage").'],
    ['nothing like it', 'security', 'Missing: "security".'],
  ])('%s', async (_, contexts, line) => {
    await using job = await startJob({ action, statuses, with: { contexts } })
    const result = await job.stage('main')
    expect(result.log).toContain(`${line} ${CHECK_RUNS}`)
    expect(job.requests().filter((request) => request.includes('check-runs'))).toEqual([])
  })

  test('on Gitea, which has no check runs, without a word on them', async () => {
    const inputs = { contexts: 'security' }
    await using job = await startJob({ action, server: 'gitea', statuses, with: inputs })
    expect((await job.stage('main')).log).toMatch(/Missing: "security"\.$/m)
  })
})
