import { expect, test } from '@jest/globals'
import { newestOfSuites, worstOfSuites } from '../../src/combined/suites.ts'
import type { CheckRun } from '../../src/github/check-runs.ts'

/** `suite name conclusion`, in the order of ids; without a conclusion it is still running. */
const runs = (...texts: string[]): CheckRun[] =>
  texts.map((text, index) => {
    const [suite = '', name = '', conclusion = ''] = text.split(' ')
    const status = conclusion === '' ? 'in_progress' : 'completed'
    return { id: index + 1, suite, name, status, conclusion, details_url: '' }
  })

const ids = (some: readonly CheckRun[]) => some.map(({ id }) => id)

test('the newest of each name within a suite stays, in whatever order a server gives them', () => {
  const some = runs('1 a failure', '1 a success', '2 a failure', '1 A failure', '1 a')
  expect(ids(newestOfSuites(some)).sort()).toEqual([3, 4, 5])
  expect(ids(newestOfSuites(some.toReversed())).sort()).toEqual([3, 4, 5])
})

test.each<[string, string[], number]>([
  ['a failure weighs more than what is pending', ['1 a failure', '2 a', '3 a success'], 1],
  ['what is pending weighs more than a success', ['1 a', '2 a success'], 1],
  ['a cancelled one gives way to a newer one', ['1 a cancelled', '2 a success'], 2],
  ['a cancelled one gives way to a newer cancelled one', ['1 a cancelled', '2 a cancelled'], 2],
  ['a cancelled one does not give way to an older one', ['1 a success', '2 a cancelled'], 2],
  [
    'a cancelled one takes no older failure with it',
    ['1 a failure', '2 a cancelled', '3 a success'],
    1,
  ],
])('of several suites the worst stays: %s', (_, texts, id) => {
  expect(ids(worstOfSuites(runs(...texts)))).toEqual([id])
  expect(ids(worstOfSuites(runs(...texts).toReversed()))).toEqual([id])
})
