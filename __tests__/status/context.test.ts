import { describe, expect, test } from '@jest/globals'
import {
  derivedName,
  isSameName,
  jobName,
  linesOf,
  matches,
  namesOf,
} from '../../src/status/context.ts'
import { GITEA, GITHUB } from '../../src/status/platform.ts'
import { fitContext } from '../../src/status/text.ts'

const names = (input: string) => namesOf(linesOf(input), GITHUB).map(({ text }) => text)
const derived = (matrix: unknown = null, workflow = 'CI', job = 'test') =>
  fitContext(derivedName({ workflow, job, matrix })).text

describe('a derived name', () => {
  test.each<[matrix: string, name: string]>([
    ['null', 'CI / test'],
    ['{}', 'CI / test'],
    ['{"node":20}', 'CI / test (20)'],
    ['{"node":20,"os":"linux"}', 'CI / test (20, linux)'],
    ['{"os":"linux","node":20}', 'CI / test (linux, 20)'],
    ['{"a":true,"b":false,"c":0,"d":1.5}', 'CI / test (true, false, 0, 1.5)'],
    ['{"a":"","b":null,"c":"x"}', "CI / test ('', '', x)"],
    ['{"a":"x","b":"","c":null}', 'CI / test (x)'],
    ['{"a":[],"b":"x"}', "CI / test ('', x)"],
    ['{"a":"","b":null,"c":[],"d":{}}', 'CI / test'],
    ['{"os":{"name":"linux","tags":["x64","big"]},"last":"z"}', 'CI / test (linux, x64, big, z)'],
    ['{"a":[["deep",["deeper"]],null]}', 'CI / test (deep, deeper)'],
    ['{"__proto__":"p","constructor":"c"}', 'CI / test (p, c)'],
    ['{"mood":"🚀","next":"a🐛b"}', 'CI / test (U+1F680, aU+1F41Bb)'],
    ['{"text":"two\\nlines"}', 'CI / test (two lines)'],
  ])('of the leg %s is %s', (matrix, name) => {
    expect(derived(JSON.parse(matrix))).toBe(name)
  })

  test.each<[workflow: string, job: string, expected: string]>([
    ['CI', 'build', 'CI / build'],
    ['', 'build', 'build'],
    ['CI', '', 'CI'],
    ['.github/workflows/ci.yml', 'build', '.github/workflows/ci.yml / build'],
    ['🚀 Deploy', 'build', 'U+1F680 Deploy / build'],
    ['', '', ''],
  ])('of the workflow %j and the job %j', (workflow, job, expected) => {
    expect(derived(null, workflow, job)).toBe(expected)
  })

  test('differs from the name that GitHub gives the job, which shows emoji and no empty values', () => {
    const matrix = { a: '', mood: '🚀', b: null, c: 'x' }
    expect(derived(matrix)).toBe("CI / test ('', U+1F680, '', x)")
    expect(jobName({ job: 'test', matrix })).toBe('test (🚀, x)')
  })
})

describe('given names', () => {
  test.each<[input: string, expected: string[]]>([
    ['one', ['one']],
    ['one\ntwo\r\nthree\rfour', ['one', 'two', 'three', 'four']],
    ['\n one \n\n\t\n two\n', ['one', 'two']],
    ['one\nONE\nOne\ntwo', ['one', 'two']],
    ['🐧 Build\n🍎 Build', ['U+1F427 Build', 'U+1F34E Build']],
    ['👩‍👩‍👧\n👩👩👧', ['U+1F469U+1F469U+1F467']],
    ['🐧 Build\nu+1f427  build', ['U+1F427 Build']],
    ['\u0001\none', ['', 'one']],
    ['a, b', ['a, b']],
    [' \n\t', []],
  ])('%j', (input, expected) => {
    expect(names(input)).toEqual(expected)
  })

  test('bring the notes of what was changed', () => {
    expect(namesOf(['ship 🚀'], GITHUB)[0]?.notes).toHaveLength(1)
  })
})

test.each<[given: string, listed: string, onGitHub: boolean, onGitea?: boolean]>([
  ['🚀 Deploy', 'U+1F680 Deploy', true],
  ['🚀 Deploy', '🚀 deploy', true, false],
  ['ci  /  build', 'ci / build', true],
  ['CI', 'ci', true, false],
  ['x'.repeat(300), fitContext('x'.repeat(300)).text, true],
  ['x'.repeat(300), 'x'.repeat(255), false],
  ['🐧', '🍎', false],
])('%j and the server’s %j are one name on GitHub: %j', (given, listed, github, gitea = github) => {
  expect(isSameName(given, listed, GITHUB)).toBe(github)
  expect(isSameName(listed, given, GITHUB)).toBe(github)
  expect(isSameName(given, listed, GITEA)).toBe(gitea)
})

test.each<[line: string, name: string]>([
  ['🚀 *', 'U+1F680 Deploy'],
  ['🚀 *', '🚀 Deploy'],
  ['*🚀*', 'ship 🚀'],
  ['U+1F680 *', '🚀 Deploy'],
  [`${'x'.repeat(300)}*`, `${'x'.repeat(300)}y`],
  [`a*${'x'.repeat(300)}`, fitContext(`a*${'x'.repeat(300)}`).text],
])('the line %j finds %j', (line, name) => {
  expect(matches(line, name, GITHUB)).toBe(true)
})
