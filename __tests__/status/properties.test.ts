import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { statusProblems } from '../../sandbox/api/rules.ts'
import { derivedName, isSameName, matches, nameKey, namesOf } from '../../src/status/context.ts'
import { GITEA, GITHUB } from '../../src/status/platform.ts'
import { fitContext, fitDescription } from '../../src/status/text.ts'
import { foreign, matrix, RUNS } from '../support/arbitrary.ts'
import { SHA } from '../support/job.ts'

const accepts = (body: { context?: string; description?: string }) =>
  statusProblems(SHA, { state: 'success', context: 'x', ...body })

test('every name comes out as GitHub accepts it, or with nothing left', () => {
  fc.assert(
    fc.property(foreign, foreign, foreign, matrix, (line, workflow, job, matrix) => {
      for (const { text } of namesOf([line, derivedName({ workflow, job, matrix })], GITHUB)) {
        if (text !== '') expect(accepts({ context: text })).toEqual([])
      }
    }),
    RUNS,
  )
})

test('a name that was made right stays as it is, and is found under the text it was given as', () => {
  fc.assert(
    fc.property(foreign, (given) => {
      const { text } = fitContext(given)
      expect(fitContext(text).text).toBe(text)
      for (const platform of [GITHUB, GITEA]) {
        for (const listed of [text, given]) {
          expect(isSameName(given, listed, platform)).toBe(true)
          expect(matches(given, listed, platform)).toBe(true)
        }
      }
    }),
    RUNS,
  )
})

/** Any Unicode, without what a name cannot show: joiners, white space, the spelling of a code point. */
const character = fc
  .oneof(fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), fc.constantFrom(...'🐧🍎𐀀0a'))
  .filter((text) => !/[\u200d\ufe00-\ufe0f\p{Cc}\p{Cs}\s]/u.test(text))
const name = fc
  .array(character, { minLength: 1, maxLength: 300, size: 'max' })
  .map((characters) => characters.join(''))
  .filter((text) => !/u\+/i.test(text))

test('two names that differ never become one', () => {
  fc.assert(
    fc.property(name, character, character, fc.nat(300), (text, one, other, at) => {
      const [start, end] = [text.slice(0, at).toWellFormed(), text.slice(at).toWellFormed()]
      const names = [one, other, ''].map((middle) => `${start}${middle}${end}`)
      fc.pre(new Set(names.map((name) => name.toLowerCase())).size === 3)
      fc.pre(names.every((name) => !/u\+/i.test(name)))
      expect(new Set(names.map((name) => nameKey(name, GITHUB))).size).toBe(3)
      const derived = names.map((workflow) => derivedName({ workflow, job: 'b', matrix: null }))
      expect(new Set(derived.map((name) => nameKey(name, GITHUB))).size).toBe(3)
    }),
    RUNS,
  )
})

test('every description comes out as GitHub accepts it', () => {
  fc.assert(
    fc.property(foreign, (text) => {
      const description = fitDescription(text).text
      expect(accepts({ description })).toEqual([])
      expect(fitDescription(description).text).toBe(description)
    }),
    RUNS,
  )
})

test('two legs with the same keys never share a name', () => {
  const value = fc
    .oneof(foreign, name, fc.constant(''), fc.integer(), fc.boolean(), fc.constant(null))
    .filter((one) => !/, |''|u\+/i.test(plain(one)))
  const leg = fc.tuple(value, value, value)
  fc.assert(
    fc.property(leg, leg, foreign, ([a, b, c], [d, e, f], job) => {
      fc.pre(plain([a, b, c]) !== plain([d, e, f]))
      const nameOf = (matrix: unknown) => derivedName({ workflow: 'CI', job, matrix })
      expect(isSameName(nameOf({ a, b, c }), nameOf({ a: d, b: e, c: f }), GITHUB)).toBe(false)
    }),
    RUNS,
  )
})

/** A value, or several, without what a name cannot show. */
function plain(value: unknown): string {
  if (Array.isArray(value)) return JSON.stringify(value.map(plain))
  return String(value ?? '')
    .replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ')
    .replace(/[\u200d\ufe00-\ufe0f]/g, '')
    .trim()
    .toLowerCase()
}
