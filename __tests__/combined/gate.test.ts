import { describe, expect, test } from '@jest/globals'
import {
  describeVerdict,
  judge,
  matches,
  newestOfEach,
  pick,
  type Seen,
} from '../../src/combined/verdict.ts'

/** `name: state` for each status, so that a table can be read. */
const seen = (...statuses: string[]): Seen[] =>
  statuses.map((status) => {
    const [, context = '', state = ''] = /^(.*): (.*)$/s.exec(status) ?? []
    return { context, state }
  })

const nobody = () => false

describe('the combined state', () => {
  test.each<[string, string[], string]>([
    ['all succeeded', ['a: success', 'b: success'], 'success'],
    ['one is pending', ['a: success', 'b: pending'], 'pending'],
    ['one failed', ['a: success', 'b: failure'], 'failure'],
    ['one erred', ['a: success', 'b: error'], 'failure'],
    ['a failure weighs more than what is pending', ['a: pending', 'b: error'], 'failure'],
    ['there is none', [], 'pending'],
    ["Gitea's warning is a failure", ['a: success', 'b: warning'], 'failure'],
    ["Gitea's skipped is a success", ['a: skipped'], 'success'],
    ['a word that nobody knows is no success', ['a: success', 'b: fine'], 'failure'],
    ['no word at all is no success', ['a: success', 'b: '], 'failure'],
  ])('%s', (_, statuses, state) => {
    expect(judge(seen(...statuses), [], nobody).state).toBe(state)
  })
})

describe('what stands in the way', () => {
  test.each<[string, string[], string[], string]>([
    ['nothing', ['a: success'], [], 'All are successful.'],
    ['nothing there at all', [], [], 'There is no status at all.'],
    ['pending', ['a: pending', 'b: success', 'c: pending'], [], 'Pending: "a", "c".'],
    ['failing', ['a: failure', 'b: error', 'c: warning'], [], 'Failing: "a", "b", "c".'],
    ['missing is not pending', ['a: pending'], ['a', 'b'], 'Pending: "a". Missing: "b".'],
    [
      'all three',
      ['a: failure', 'b: pending'],
      ['a', 'b', 'c'],
      'Failing: "a". Pending: "b". Missing: "c".',
    ],
    ['a glob that finds nothing', ['a: success'], ['a', 'x/*'], 'Missing: "x/*".'],
    [
      'what was not asked for does not count',
      ['a: success', 'b: failure'],
      ['A'],
      'All are successful.',
    ],
    ['a name is quoted on one line', ['a\n::error::b: failure'], [], 'Failing: "a ::error::b".'],
  ])('%s', (_, statuses, picks, line) => {
    expect(describeVerdict(judge(seen(...statuses), picks, nobody))).toBe(line)
  })

  test('of many names twenty are said', () => {
    const statuses = Array.from({ length: 25 }, (_, index) => `c${index}: pending`)
    const line = describeVerdict(judge(seen(...statuses), [], nobody))
    expect(line).toMatch(/^Pending: "c0", .*"c19" and 5 more\.$/)
  })
})

describe("the own job's status", () => {
  const isOwn = ({ context }: Seen) => context === 'gate'

  test.each<[string, string[], string[], string, string[]]>([
    ['is not waited for', ['gate: pending', 'a: success'], [], 'success', ['a']],
    ['does not count as something being there', ['gate: pending'], [], 'pending', []],
    [
      'is not missing if it is named',
      ['gate: pending', 'a: success'],
      ['gate', 'a'],
      'success',
      ['a'],
    ],
    ['is no failure of an earlier attempt', ['gate: failure', 'a: success'], [], 'success', ['a']],
  ])('%s', (_, statuses, picks, state, counting) => {
    const verdict = judge(seen(...statuses), picks, isOwn)
    expect(verdict).toMatchObject({ state, failing: [], pending: [], missing: [] })
    expect(verdict.statuses.map(({ context }) => context)).toEqual(counting)
  })
})

describe('globs', () => {
  test.each<[string, string, boolean]>([
    ['ci/test', 'ci/test', true],
    ['ci/test', 'CI/Test', true],
    ['CI/*', 'ci/test', true],
    ['ci/test', 'ci/test2', false],
    ['ci/test', 'my ci/test', false],
    ['*', 'anything', true],
    ['*', '', true],
    ['ci/*', 'ci/', true],
    ['ci/*', 'ci', false],
    ['*/test', 'a/b/test', true],
    ['a*b*c', 'a-b-c', true],
    ['a*b*c', 'abc', true],
    ['a*b*c', 'acb', false],
    ['a**b', 'ab', true],
    ['aba*aba', 'aba', false],
    ['aba*aba', 'abaaba', true],
    ['*ab', 'aab', true],
    ['a*ab*b', 'aab', false],
    // What means something to a regular expression, or to other globs, is itself.
    ['a.b', 'axb', false],
    ['a.b', 'a.b', true],
    ['build (linux, x64)', 'build (linux, x64)', true],
    ['build (*)', 'build (linux)', true],
    ['c++ [x]', 'c++ [x]', true],
    ['c++ [x]', 'c++ x', false],
    ['a?c', 'abc', false],
    ['a?c', 'a?c', true],
    ['{a,b}', 'a', false],
    ['^a$', 'a', false],
    ['a|b', 'a', false],
    ['\\d', '1', false],
    ['\\*', '\\x', true],
    ['$&', '$&', true],
    ['é*', 'É1', true],
  ])('%j and %j: %s', (glob, name, expected) => {
    expect(matches(glob, name)).toBe(expected)
  })

  test('a glob of many stars takes no time', () => {
    const started = performance.now()
    expect(matches(`${'a*'.repeat(200)}b`, 'a'.repeat(100_000))).toBe(false)
    expect(performance.now() - started).toBeLessThan(1_000)
  })

  test('no picks pick all', () => {
    const statuses = seen('a: success', 'b: pending')
    expect(pick(statuses, [])).toEqual(statuses)
    expect(pick(statuses, ['B', 'x'])).toEqual(seen('b: pending'))
  })
})

describe('the newest of each', () => {
  const statuses = seen('CI: success', 'a: pending', 'ci: failure', 'A: failure')

  test('names are compared without case', () => {
    expect(newestOfEach(statuses)).toEqual(seen('CI: success', 'a: pending'))
  })
  test('with case if the server does so', () => {
    expect(newestOfEach(statuses, true)).toEqual(statuses)
  })
})
