import { describe, expect, test } from '@jest/globals'
import { literal, type Row, summaryTable, table } from '../../src/combined/summary.ts'

const row = (change: Partial<Row> = {}): Row => ({
  name: 'ci',
  state: 'success',
  description: 'ok',
  url: '',
  ...change,
})

/** The rows of a table: the cells of each, as Markdown. */
const cells = (markdown: string) =>
  markdown
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
    const [found = []] = cells(table([row({ name: text, state: text, description: text })]))
    expect(found.map(shown)).toEqual([text, text, text])
    for (const cell of found) expect(cell.replace(/&#\d+;/g, '')).not.toMatch(/[!-/:-@[-`{-~]/)
  })

  test.each(['a\nb', 'a\r\nb', 'a\rb', 'a\u2028b', 'a\tb', 'a\u0000b', 'a\u0085b'])(
    '%j stays in its row',
    (text) => {
      const markdown = table([row({ name: text, description: text, url: 'https://x.example' })])
      expect(markdown.trimEnd().split(/[\n\r\u2028\u0085]/)).toHaveLength(3)
      expect(cells(markdown)).toEqual([['[a b](https://x.example/)', 'success', 'a b']])
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
  ])('%s leads to %s', (url, address) => {
    expect(cells(table([row({ url })]))).toEqual([[`[ci](${address})`, 'success', 'ok']])
  })

  const NO_LINKS =
    'javascript:alert(1) data:text/html,x /relative https:// ftp://x.example  https:x'
  test.each(NO_LINKS.split(' '))('%j is no link', (url) => {
    expect(cells(table([row({ url })]))).toEqual([['ci', 'success', 'ok']])
  })
})

describe('the table', () => {
  test('has what needs attention first, and the rest in its order', () => {
    const states = 'success skipped pending failure success missing warning in_progress fine'
    const rows = states.split(' ').map((state, index) => row({ name: `c${index}`, state }))
    const shownRows = cells(table(rows)).map(([name, state]) => `${name} ${shown(state ?? '')}`)
    expect(shownRows.join(', ')).toBe(
      'c3 failure, c6 warning, c8 fine, c2 pending, c7 in_progress, c5 missing, c1 skipped, c0 success, c4 success',
    )
  })

  test('says that there is nothing', () => {
    expect(summaryTable({ statuses: [], checkRuns: [], missing: [] })).toBe('Nothing counts yet.\n')
  })

  test('has at most 500 rows', () => {
    const markdown = table(Array.from({ length: 600 }, () => row()))
    expect(markdown.split('\n').filter((line) => line.startsWith('| ci'))).toHaveLength(500)
    expect(markdown).toMatch(/\n\nand 100 more\n$/)
  })

  test('stays below the 1 MiB that the runner takes, however long the texts are', () => {
    const huge = row({ name: '|'.repeat(255), description: '|'.repeat(70_000) })
    const markdown = table(Array.from({ length: 10 }, () => huge))
    expect(Buffer.byteLength(markdown)).toBeLessThan(1_000_000)
    expect(markdown).toMatch(/\n\nand 8 more\n$/)
  })
})

test('plain words stay readable', () => {
  expect(literal('build linux x64 – ✓ 漢')).toBe('build linux x64 – ✓ 漢')
})
