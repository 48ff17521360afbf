import { describe, expect, test } from '@jest/globals'
import { parseFileCommand } from '../../sandbox/runner/file-commands.ts'
import { parseCommand } from '../../sandbox/runner/workflow-commands.ts'

describe('workflow commands', () => {
  test.each([
    ['::error::boom', { name: 'error', properties: {}, message: 'boom' }],
    [
      '  ::warning file=a.js,line=1::two%0Alines %25',
      { name: 'warning', properties: { file: 'a.js', line: '1' }, message: 'two\nlines %' },
    ],
    [
      '::notice title=a%2Cb%3Ac::x',
      { name: 'notice', properties: { title: 'a,b:c' }, message: 'x' },
    ],
    ['::add-mask::a::b', { name: 'add-mask', properties: {}, message: 'a::b' }],
    ['said ##[error]boom', { name: 'error', properties: {}, message: 'boom' }],
    [
      '##[warning a=1;b=2]x%5Dy',
      { name: 'warning', properties: { a: '1', b: '2' }, message: 'x]y' },
    ],
    ['::unknown::##[debug]deep', { name: 'debug', properties: {}, message: 'deep' }],
    ['said ::error::boom', undefined],
    ['::error:boom', undefined],
    ['::nonsense::x', undefined],
    ['##[nonsense]x', undefined],
    ['\x85::error::boom', { name: 'error', properties: {}, message: 'boom' }],
    ['\ufeff::error::boom', undefined],
  ])('%s', (line, expected) => {
    expect(parseCommand(line)).toEqual(expected)
  })
})

describe('file commands', () => {
  test('lines and blocks, the last of a name counts', () => {
    expect(parseFileCommand('a=1\n\nb<<END\ntwo\nlines=<<\nEND\na=x=y\nc=<<z\n')).toEqual({
      a: 'x=y',
      b: 'two\nlines=<<',
      c: '<<z',
    })
  })
  test.each(['nonsense', 'a<<END\nnever', 'a<<'])('%j is refused', (text) => {
    expect(() => parseFileCommand(text)).toThrow()
  })
})
