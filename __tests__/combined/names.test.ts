import { describe, expect, test } from '@jest/globals'
import { matches } from '../../src/status/context.ts'
import { similarNames } from '../../src/status/near.ts'
import { GITEA, GITHUB } from '../../src/status/platform.ts'

describe('a glob', () => {
  // What means something to a regular expression, or to other globs, is itself.
  test.each<[string, string, boolean]>([
    ['*', '', true],
    ['ci/*', 'ci', false],
    ['aba*aba', 'aba', false],
    ['a*ab*b', 'aab', false],
    ['build (*)', 'build (linux)', true],
    ['c++ [x]', 'c++ [x]', true],
    ['c++ [x]', 'c++ x', false],
    ['a?c', 'abc', false],
    ['{a,b}', 'a', false],
    ['^a$', 'a', false],
    ['a|b', 'a', false],
    ['\\d', '1', false],
    ['\\*', '\\x', true],
    ['é*', 'É1', true],
  ])('%j and %j: %s', (glob, name, expected) => {
    expect(matches(glob, name, GITHUB)).toBe(expected)
  })

  test('minds case on Gitea', () => {
    expect(matches('CI*', 'ci', GITEA)).toBe(false)
    expect(matches('CI*', 'CI', GITEA)).toBe(true)
  })
})

describe('a missing name is similar to', () => {
  const names = ['CI / build', 'CI / test (linux)', 'lint', 'a', 'É2E']

  test.each<[string, string[]]>([
    ['CI/Build', ['CI / build']],
    ['build', ['CI / build']],
    ['CI / build (push)', ['CI / build']],
    ['lnt', ['lint']],
    ['limt', ['lint']],
    ['test', ['CI / test (linux)']],
    ['é2e!', ['É2E']],
    ['b', []],
    ['*', []],
    ['deploy', []],
  ])('%j: %j', (missing, similar) => {
    expect(similarNames(missing, names, 2)).toEqual(similar)
  })
})
