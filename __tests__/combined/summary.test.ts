import { describe, expect, test } from '@jest/globals'
import { literal, type Row, statusTable } from '../../src/combined/summary.ts'

const row = (change: Partial<Row> = {}): Row => ({
  context: 'ci',
  state: 'success',
  description: 'ok',
  target_url: '',
  ...change,
})

/** The rows of a table: the cells of each, as Markdown. */
const cells = (table: string) =>
  table
    .trimEnd()
    .split('\n')
    .slice(2)
    .map((line) => line.replace(/^\| | \|$/g, '').split(' | '))

/** What a character reference stands for. */
const shown = (markdown: string) =>
  markdown.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))

describe('hostile text is shown as it is', () => {
  test.each([
    'a | b',
    '| --- |',
    '[click](https://evil.example)',
    '![image](https://evil.example/x.png)',
    '<script>alert(1)</script>',
    '<!-- comment',
    '`code` ``` and more',
    '**bold** _and_ ~~so on~~',
    '# heading',
    '&lt;b&gt; &amp;#124;',
    '\\| \\',
    '@octocat #1 https://evil.example',
    `$math$ {% raw %} \${{ github.token }}`,
    '::error::boom ##[error]boom',
  ])('%s', (text) => {
    const table = statusTable([row({ context: text, state: text, description: text })], [])
    const [found = []] = cells(table)
    expect(found.map(shown)).toEqual([text, text, text])
    for (const cell of found) expect(cell.replace(/&#\d+;/g, '')).not.toMatch(/[!-/:-@[-`{-~]/)
  })

  test.each(['a\nb', 'a\r\nb', 'a\rb', 'a\u2028b', 'a\tb', 'a\u0000b', 'a\u0085b'])(
    '%j stays in its row',
    (text) => {
      const table = statusTable(
        [row({ context: text, description: text, target_url: 'https://x.example' })],
        [text],
      )
      expect(table.trimEnd().split(/[\n\r\u2028\u0085]/)).toHaveLength(4)
      expect(cells(table)).toEqual([
        ['a b', 'missing', ''],
        ['[a b](https://x.example/)', 'success', 'a b'],
      ])
    },
  )
})

describe('links', () => {
  test.each([
    ['https://x.example/a/1?b=2#c', 'https://x.example/a/1?b=2#c'],
    ['https://x.example/a b', 'https://x.example/a%20b'],
    ['https://x.example/a)b|c', 'https://x.example/a%29b%7cc'],
    ['https://x.example/?a=1&copy;=2', 'https://x.example/?a=1&amp;copy;=2'],
    ['https://x.example/?a=\\', 'https://x.example/?a=%5c'],
    ['https://x.example/?a=`b`', 'https://x.example/?a=%60b%60'],
    ['https://x.example/<b>"c"', 'https://x.example/%3Cb%3E%22c%22'],
    ['HTTP://X.EXAMPLE', 'http://x.example/'],
    ['https://x.example/\n| a | b |', 'https://x.example/%7c%20a%20%7c%20b%20%7c'],
  ])('%s leads to %s', (target_url, address) => {
    expect(cells(statusTable([row({ target_url })], []))).toEqual([
      [`[ci](${address})`, 'success', 'ok'],
    ])
  })

  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    '/relative',
    'https://',
    'ftp://x.example',
    '',
    'https:x',
  ])('%j is no link', (target_url) => {
    expect(cells(statusTable([row({ target_url })], []))).toEqual([['ci', 'success', 'ok']])
  })
})

describe('the table', () => {
  test('what needs attention comes first, and the rest in its order', () => {
    const states = [
      'success',
      'skipped',
      'pending',
      'failure',
      'success',
      'warning',
      'error',
      'fine',
    ]
    const statuses = states.map((state, index) => row({ context: `c${index}`, state }))
    expect(
      cells(statusTable(statuses, ['gone'])).map(([context, state]) => `${context} ${state}`),
    ).toEqual([
      'c3 failure',
      'c5 warning',
      'c6 error',
      'c7 fine',
      'c2 pending',
      'gone missing',
      'c1 skipped',
      'c0 success',
      'c4 success',
    ])
  })

  test('nothing at all is said', () => {
    expect(statusTable([], [])).toBe('There is no status at all.\n')
  })

  test('500 rows are enough', () => {
    const table = statusTable(
      Array.from({ length: 600 }, () => row()),
      [],
    )
    expect(table.split('\n').filter((line) => line.startsWith('| ci'))).toHaveLength(500)
    expect(table).toMatch(/\n\nand 100 more\n$/)
  })

  test('it stays below the 1 MiB that the runner takes, however long the texts are', () => {
    const huge = row({ context: '|'.repeat(255), description: '|'.repeat(70_000) })
    const table = statusTable(
      Array.from({ length: 10 }, () => huge),
      [],
    )
    expect(Buffer.byteLength(table)).toBeLessThan(1_000_000)
    expect(table).toMatch(/\n\nand 8 more\n$/)
  })
})

test('plain words stay readable', () => {
  expect(literal('build linux x64 – ✓ 漢')).toBe('build linux x64 – ✓ 漢')
})
