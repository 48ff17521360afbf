import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { statusTable } from '../../src/combined/summary.ts'
import { matches } from '../../src/combined/verdict.ts'
import { foreign, RUNS } from '../support/arbitrary.ts'

test('a row of the summary stays one row, in which nothing is Markdown or HTML', () => {
  const row = fc.record({
    context: foreign,
    state: foreign,
    description: foreign,
    target_url: foreign,
  })
  fc.assert(
    fc.property(
      fc.array(row, { maxLength: 3 }),
      fc.array(foreign, { maxLength: 2 }),
      (rows, missing) => {
        const lines = statusTable(rows, missing).trimEnd().split('\n').slice(2)
        expect(lines.filter((line) => line !== '').length).toBe(rows.length + missing.length)
        for (const line of lines) expect(line).not.toMatch(/[<>`*_\\]|\|.*\|.*\|.*\|./)
      },
    ),
    RUNS,
  )
})

test('a glob matches as a pattern of `.*` does, and takes no time to', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '*', '.'), maxLength: 12 })
  fc.assert(
    fc.property(text, text, (glob, name) => {
      const parts = glob.split('*').map((part) => part.replaceAll('.', '\\.'))
      expect(matches(glob, name)).toBe(new RegExp(`^${parts.join('.*')}$`, 'i').test(name))
    }),
    RUNS,
  )
  const begun = performance.now()
  expect(matches(`${'a*'.repeat(5_000)}b`, 'a'.repeat(50_000))).toBe(false)
  expect(performance.now() - begun).toBeLessThan(1_000)
})
