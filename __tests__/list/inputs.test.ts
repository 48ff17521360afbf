import { describe, expect, test } from '@jest/globals'
import { readList } from '../../src/list.ts'
import { expectQuiet, expectSaid } from '../support/expect.ts'
import { SHA, startJob } from '../support/job.ts'
import { envWith, NO_NUMBERS, WRONG_ACCESS } from '../support/reading.ts'

const action = 'list' as const
const read = (inputs: Record<string, string>) =>
  readList(envWith({ ref: 'event', context: '*' }, inputs), {})

describe('a wrong input is named with its value and what was expected', () => {
  const table: typeof WRONG_ACCESS = [
    [
      'ref',
      ['a b', '..', 'refs/..', 'a/./b'],
      '`event`, or a SHA, branch or tag without white space.',
    ],
    ['context', ['c*', '**'], 'one name, or `*` for all.'],
    ['limit', [...NO_NUMBERS, '0', '1.5', '100001'], 'a whole number from 1 to 100000.'],
    ...WRONG_ACCESS,
  ]
  const cases = table.flatMap(([name, values, expected]) =>
    values.map((value) => ({ name, value, expected })),
  )

  test.each(cases)('`$name` of $value', ({ name, value, expected }) => {
    const problem = expect.stringContaining(`Input \`${name}\` is "${value}": expected ${expected}`)
    expect(read({ [name]: value })).toMatchObject({ problems: [problem] })
  })

  test('and several are named at once, before any request', async () => {
    const wrong = { limit: 'all', ref: 'a b', repository: 'x' }
    await using job = await startJob({ action, with: wrong })
    const parts = Object.entries(wrong).map(([name, value]) => `Input \`${name}\` is "${value}"`)
    expectSaid(await job.stage('main'), 'error', '3 problems:', ...parts)
    expect(job.requests()).toEqual([])
  })
})

test.each([
  ['refs/heads/main', 'main'],
  ['heads/main', 'main'],
  ['refs/tags/v1', 'v1'],
  ['refs/pull/1/head', 'refs/pull/1/head'],
])('on Gitea, the ref %s is %s', (ref, plain) => {
  const inputs = { ref, api_url: 'https://gitea.example/api/v1', token: 'given' }
  expect(read(inputs)).toMatchObject({ values: { ref: { ref: plain } } })
})

test('empty inputs are their defaults, except the strict ones', async () => {
  const inputs = { limit: '', token: '' }
  await using job = await startJob({ action, with: inputs, statuses: { ci: 'success' } })
  const result = await job.stage('main')
  expectQuiet(result)
  expect(result.outputs.count).toBe('1')
  expect(job.requests()).toEqual([expect.stringContaining(SHA)])
})

test.each([
  ['contexts', 'context'],
  ['sha', 'ref'],
  ['limits', 'limit'],
  ['per_page', 'limit'],
  ['github-token', 'token'],
])('%s is an error that names `%s`, before any request', async (foreign, ours) => {
  await using job = await startJob({ action, with: { [foreign]: '1' } })
  expectSaid(await job.stage('main'), 'error', `\`${foreign}\` does not exist`, `\`${ours}\``)
  expect(job.requests()).toEqual([])
})

test('`name`, an everyday word, is worth a warning', async () => {
  await using job = await startJob({ action, with: { name: 'ci' }, statuses: { ci: 'success' } })
  const result = await job.stage('main')
  expectSaid(result, 'warning', '`name`', '`context`')
  expect(result.outputs.count).toBe('1')
})
