import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { statusProblems } from '../../sandbox/api/rules.ts'
import { contextsOf } from '../../src/status/context.ts'
import { GITHUB } from '../../src/status/platform.ts'
import { fitContext, fitDescription } from '../../src/status/text.ts'
import { foreign, matrix, RUNS } from '../support/arbitrary.ts'
import { SHA } from '../support/job.ts'

const accepts = (body: { context?: string; description?: string }) =>
  statusProblems(SHA, { state: 'success', context: 'x', ...body })

test('every context comes out as GitHub accepts it, or with nothing left', () => {
  fc.assert(
    fc.property(foreign, foreign, foreign, matrix, (input, workflow, job, matrix) => {
      for (const { text } of contextsOf(input, { workflow, job, matrix }, GITHUB)) {
        if (text !== '') expect(accepts({ context: text })).toEqual([])
      }
    }),
    RUNS,
  )
})

test('a name that was made right stays as it is, so pending and final have one name', () => {
  fc.assert(
    fc.property(foreign, (text) => {
      const [once] = contextsOf(text, { workflow: 'CI', job: 'test', matrix: null }, GITHUB)
      if (once !== undefined && once.text !== '') expect(fitContext(once.text).text).toBe(once.text)
    }),
    RUNS,
  )
})

test('every description comes out as GitHub accepts it', () => {
  fc.assert(
    fc.property(foreign, (text) => {
      expect(accepts({ description: fitDescription(text).text })).toEqual([])
    }),
    RUNS,
  )
})

test('two different long names never meet, not even where GitHub compares them without case', () => {
  const long = fc
    .string({ unit: 'grapheme-ascii', minLength: 256, maxLength: 300 })
    .map((text) => `x${text}x`)
  fc.assert(
    fc.property(fc.uniqueArray(long, { minLength: 2, maxLength: 5 }), foreign, (names, start) => {
      const fitted = names.map((name) =>
        fitContext(`${'y'.repeat(250)}${start}${name}`).text.toLowerCase(),
      )
      expect(new Set(fitted).size).toBe(names.length)
    }),
    RUNS,
  )
})

test('two legs of one matrix never meet, but by case, white space, commas and empty values', () => {
  // What GitHub does not tell apart, or a name cannot show, is one value here.
  const plain = (leaf: unknown) =>
    String(leaf)
      .replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ')
      .trim()
      .toLowerCase()
  const leaf = fc
    .oneof(foreign, fc.integer(), fc.boolean())
    .filter((one) => plain(one) !== '' && !String(one).includes(',') && !String(one).includes('U+'))
  const axis = fc.uniqueArray(leaf, { minLength: 1, maxLength: 3, selector: plain })
  fc.assert(
    fc.property(axis, axis, foreign, (first, second, job) => {
      const legs = first.flatMap((one) => second.map((other) => ({ one, other })))
      const names = legs.map((matrix) =>
        contextsOf('', { workflow: 'CI', job, matrix }, GITHUB)[0]?.text.toLowerCase(),
      )
      expect(new Set(names).size).toBe(legs.length)
    }),
    RUNS,
  )
})
