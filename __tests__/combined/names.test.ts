import { describe, expect, test } from '@jest/globals'
import { matches } from '../../src/status/context.ts'
import { similarNames } from '../../src/status/near.ts'
import { GITEA, GITHUB } from '../../src/status/platform.ts'

describe('a glob', () => {
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
    expect(matches(glob, name, GITHUB)).toBe(expected)
  })

  test('minds case on Gitea', () => {
    expect(matches('CI*', 'ci', GITEA)).toBe(false)
    expect(matches('CI*', 'CI', GITEA)).toBe(true)
  })

  test('of many stars takes no time', () => {
    const started = performance.now()
    expect(matches(`${'a*'.repeat(200)}b`, 'a'.repeat(100_000), GITHUB)).toBe(false)
    expect(performance.now() - started).toBeLessThan(1_000)
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
