import { describe, expect, test } from '@jest/globals'
import { fitContext, fitDescription, quote } from '../../src/status/text.ts'

describe('a description', () => {
  const exact = 'x'.repeat(140)

  test.each<[raw: string, text: string]>([
    ['plain', 'plain'],
    ['  two\t\twords \n in  lines\r\n', 'two words in lines'],
    ['nul\u0000bell\u0007del\u007fnel\u0085', 'nul bell del nel'],
    ['line\u2028paragraph\u2029', 'line paragraph'],
    ['ship 🚀 it', 'ship it'],
    ['👨‍👩‍👧 family', 'family'],
    ['pirate 🏴‍☠️ flag', 'pirate ☠️ flag'],
    ['thumb 👍🏽', 'thumb'],
    ['heart ❤️ stays', 'heart ❤️ stays'],
    ['naïve café, 日本語, עברית', 'naïve café, 日本語, עברית'],
    ['क्‍ष', 'क्‍ष'],
    ['lone \ud83d high', 'lone high'],
    ['lone \ude80 low', 'lone low'],
    ['halves \ud83d🐛\ude80 of two', 'halves of two'],
    ['🚀', ''],
    ['', ''],
    [exact, exact],
    [`${exact}🚀`, exact],
    [`${exact}x`, `${'x'.repeat(139)}…`],
    [`${'x'.repeat(138)}e\u0301e\u0301`, `${'x'.repeat(138)}…`],
    [`${'x'.repeat(137)}e\u0301e\u0301`, `${'x'.repeat(137)}e\u0301…`],
    [`${'x'.repeat(138)}한글`.normalize('NFD'), `${'x'.repeat(138)}…`],
    [
      `${'x'.repeat(130)} ${'y'.repeat(8)} ${'z'.repeat(9)}`,
      `${'x'.repeat(130)} ${'y'.repeat(8)}…`,
    ],
    [`${'x'.repeat(138)}❤️❤️`, `${'x'.repeat(138)}…`],
  ])('%j', (raw, text) => {
    expect(fitDescription(raw).text).toBe(text)
  })

  test.each<[raw: string, notes: string[]]>([
    ['plain', []],
    ['  white\n space ', []],
    [exact, []],
    [`${exact}x`, ['The description was cut to 140 characters.']],
    ['ship 🚀', ['4-byte characters were removed from the description: GitHub rejects them.']],
    [
      `🚀${exact}x`,
      [
        '4-byte characters were removed from the description: GitHub rejects them.',
        'The description was cut to 140 characters.',
      ],
    ],
  ])('what is changed in %j is noted', (raw, notes) => {
    expect(fitDescription(raw).notes).toEqual(notes)
  })
})

describe('a context', () => {
  const long = (length: number, last = '') => 'CI / test ('.padEnd(length - last.length, 'x') + last

  test.each<[raw: string, text: string]>([
    ['CI / build', 'CI / build'],
    ['  CI\t/ build\n', 'CI / build'],
    ['CI 🚀 / build', 'CI U+1F680 / build'],
    ['a\u0000b', 'a b'],
    ['🚀 ', 'U+1F680'],
    ['🏴‍☠️ flag', 'U+1F3F4☠️ flag'],
    ['☠️ stays', '☠️ stays'],
    ['\u{10000}0', 'U+0100000'],
    ['\u{100000}', 'U+100000'],
    ['\ud83d', ''],
    [long(255), long(255)],
  ])('%j', (raw, text) => {
    expect(fitContext(raw)).toMatchObject({ text })
  })

  test('of more than 255 characters ends in a hash that is the same every time', () => {
    const { text, notes } = fitContext(long(256))
    expect(text).toHaveLength(255)
    expect(text).toMatch(/x…[0-9a-f]{12}$/)
    expect(text.startsWith(long(242))).toBe(true)
    expect(fitContext(long(256)).text).toBe(text)
    expect(notes).toEqual([expect.stringMatching(/^The context .*255 characters/)])
  })

  test.each<[one: string, other: string]>([
    [long(300, 'a'), long(300, 'b')],
    [long(256), long(257)],
    [long(300, '🚀'), long(300, '🐛')],
  ])('two long names never collide', (one, other) => {
    expect(fitContext(one).text).not.toBe(fitContext(other).text)
  })
})

test.each<[text: string, quoted: string]>([
  ['plain', '"plain"'],
  ['two\nlines\u2028three', '"two lines three"'],
  ['lone \ud83d', '"lone"'],
  ['x'.repeat(100), `"${'x'.repeat(100)}"`],
  ['x'.repeat(101), `"${'x'.repeat(100)}…"`],
  [`${'x'.repeat(99)}🚀`, `"${'x'.repeat(99)}\ufffd…"`],
])('%j is quoted as %s', (text, quoted) => {
  expect(quote(text)).toBe(quoted)
})
