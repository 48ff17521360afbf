import { describe, expect, test } from '@jest/globals'
import { contextsOf } from '../../src/status/context.ts'
import { GITHUB } from '../../src/status/platform.ts'

const names = (input: string, matrix: unknown = null, workflow = 'CI', job = 'test') =>
  contextsOf(input, { workflow, job, matrix }, GITHUB).map(({ text }) => text)

describe('a derived name', () => {
  test.each<[matrix: string, name: string]>([
    ['null', 'CI / test'],
    ['{}', 'CI / test'],
    ['{"node":20}', 'CI / test (20)'],
    ['{"node":20,"os":"linux"}', 'CI / test (20, linux)'],
    ['{"os":"linux","node":20}', 'CI / test (linux, 20)'],
    ['{"a":true,"b":false,"c":0,"d":1.5}', 'CI / test (true, false, 0, 1.5)'],
    ['{"a":"","b":null,"c":"x"}', 'CI / test (x)'],
    ['{"a":"","b":null,"c":[],"d":{}}', 'CI / test'],
    ['{"os":{"name":"linux","tags":["x64","big"]},"last":"z"}', 'CI / test (linux, x64, big, z)'],
    ['{"a":[["deep",["deeper"]],null]}', 'CI / test (deep, deeper)'],
    ['{"__proto__":"p","constructor":"c"}', 'CI / test (p, c)'],
    ['{"mood":"🚀","next":"a🐛b"}', 'CI / test (U+1F680, aU+1F41Bb)'],
    ['{"text":"two\\nlines"}', 'CI / test (two lines)'],
  ])('of the leg %s is %s', (matrix, name) => {
    expect(names('', JSON.parse(matrix))).toEqual([name])
  })

  test.each<[workflow: string, job: string, expected: string[]]>([
    ['CI', 'build', ['CI / build']],
    ['', 'build', ['build']],
    ['CI', '', ['CI']],
    ['.github/workflows/ci.yml', 'build', ['.github/workflows/ci.yml / build']],
    ['🚀 Deploy', 'build', ['Deploy / build']],
    ['', '', ['']],
    ['🚀', '', ['']],
  ])('of the workflow %j and the job %j', (workflow, job, expected) => {
    expect(names('', null, workflow, job)).toEqual(expected)
  })

  test('no two legs of a matrix meet, however long or foreign their values are', () => {
    const values = ['🚀', '🐛', 'x'.repeat(300), `${'x'.repeat(300)}y`, 'a', '日']
    expect(new Set(values.flatMap((value) => names('', { value }))).size).toBe(values.length)
  })
})

describe('given names', () => {
  test.each<[input: string, expected: string[]]>([
    ['one', ['one']],
    ['one\ntwo\r\nthree\rfour', ['one', 'two', 'three', 'four']],
    ['\n one \n\n\t\n two\n', ['one', 'two']],
    ['one\nONE\nOne\ntwo', ['one', 'two']],
    ['ship 🚀\nship', ['ship']],
    ['🚀\none', ['', 'one']],
    ['🚀', ['']],
    ['a, b', ['a, b']],
    [' \n\t', ['CI / test']],
    ['', ['CI / test']],
  ])('%j', (input, expected) => {
    expect(names(input)).toEqual(expected)
  })

  test('take no part of the matrix', () => {
    expect(names('mine', { node: 20 })).toEqual(['mine'])
  })

  test('bring the notes of what was changed', () => {
    expect(
      contextsOf('ship 🚀', { workflow: '', job: '', matrix: null }, GITHUB)[0]?.notes,
    ).toHaveLength(1)
  })
})
