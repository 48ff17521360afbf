import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { table } from '../../src/combined/summary.ts'
import { matches } from '../../src/status/context.ts'
import { GITHUB } from '../../src/status/platform.ts'

const RUNS = { numRuns: 1_000 }

/** Text of any kind, and what means something to Markdown, HTML or the runner. */
const foreign = fc
  .array(
    fc.oneof(
      fc.constantFrom('|', '\n', '\r', '\u2028', '<', '-->', '`', '[a](b)', '\\', '##[', '::', '*'),
      fc.string({ unit: 'binary', maxLength: 40 }),
    ),
    { maxLength: 6 },
  )
  .map((pieces) => pieces.join(''))

test('a row of the summary stays one row, in which nothing is Markdown or HTML', () => {
  const row = fc.record({ name: foreign, state: foreign, description: foreign, url: foreign })
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 3 }), (rows) => {
      const lines = table(rows).trimEnd().split('\n').slice(2)
      expect(lines.filter((line) => line !== '').length).toBe(rows.length)
      for (const line of lines) expect(line).not.toMatch(/[<>`*_\\]|\|.*\|.*\|.*\|./)
    }),
    RUNS,
  )
})

test('a glob matches as a pattern of `.*` does, and takes no time to', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '*', '.'), maxLength: 12 })
  fc.assert(
    fc.property(text, text, (glob, name) => {
      const parts = glob.split('*').map((part) => part.replaceAll('.', '\\.'))
      expect(matches(glob, name, GITHUB)).toBe(new RegExp(`^${parts.join('.*')}$`, 'i').test(name))
    }),
    RUNS,
  )
  const begun = performance.now()
  expect(matches(`${'a*'.repeat(5_000)}b`, 'a'.repeat(50_000), GITHUB)).toBe(false)
  expect(performance.now() - begun).toBeLessThan(1_000)
})
