import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Choice } from '../../src/combined/names.ts'
import { table } from '../../src/combined/summary.ts'
import { judge, type Read } from '../../src/combined/verdict.ts'
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

type Found = Pick<Read, 'statuses' | 'checkRuns'>

const NAMES = ['a', 'A', 'a*', 'ab', 'b', 'gate']
const name = fc.constantFrom(...NAMES)
const app = fc.constantFrom(15368, 42)

/** Check runs, jobs of workflows or not, that ended or have not. */
const checkRuns = fc
  .uniqueArray(
    fc.record({
      name,
      app,
      suite: fc.constantFrom('1', '2', '3'),
      conclusion: fc.constantFrom('success', 'neutral', 'skipped', 'failure', 'cancelled', ''),
      id: fc.integer({ min: 1, max: 99 }),
    }),
    { maxLength: 6, selector: ({ id }) => id },
  )
  .map((runs) =>
    runs.map((run) => ({
      ...run,
      status: run.conclusion === '' ? 'in_progress' : 'completed',
      details_url: `https://github.com/octo-org/octo-repo/actions/runs/${run.suite}/job/${run.id}`,
      isOfActions: run.app === 15368,
      // Those of one name follow each other, as a re-run does.
      started_at: new Date(run.id * 2_000).toISOString(),
      completed_at: run.conclusion === '' ? '' : new Date(run.id * 2_000 + 1_000).toISOString(),
    })),
  )

/** A status of some names. */
const statuses = fc
  .uniqueArray(
    fc.record({ context: name, state: fc.constantFrom('success', 'pending', 'failure'), app }),
    { maxLength: 3, selector: ({ context }) => context.toLowerCase() },
  )
  .map((all) =>
    all.map((one, index) => ({
      ...one,
      id: index,
      description: '',
      target_url: '',
      created_at: '2026-01-02T03:04:05Z',
      updated_at: '2026-01-02T03:04:05Z',
    })),
  )

const choice: fc.Arbitrary<Choice> = fc.record({
  contexts: fc.constantFrom([], ['b'], ['a', 'ab']),
  ignore: fc.constantFrom([], ['ab']),
  allowedSkips: fc.constant([]),
  platform: fc.constant(GITHUB),
  required: fc.option(
    fc.uniqueArray(
      fc.record({
        context: name,
        app: fc.option(app),
        by: fc.constant(['']),
      }),
      { minLength: 1, maxLength: 3, selector: (one) => `${one.app} ${one.context}` },
    ),
    { nil: undefined },
  ),
})

const OWN: Parameters<typeof judge>[2] = {
  job: {
    server: 'https://github.com',
    repository: 'octo-org/octo-repo',
    platform: GITHUB,
    run: '9',
    attempt: 1,
    job: '900',
  },
  runs: ['9'],
  contexts: ['CI / gate'],
  checkRun: 'gate',
}
const GATE = { name: 'gate', app: 15368, suite: '9', conclusion: '', status: 'in_progress' }
const own = {
  ...GATE,
  id: 900,
  details_url: 'https://github.com/octo-org/octo-repo/actions/runs/9/job/900',
  isOfActions: true,
  started_at: '2026-01-02T03:04:05Z',
  completed_at: '',
}
const judged = ({ statuses, checkRuns }: Found, choice: Choice) =>
  judge({ statuses, checkRuns: [...checkRuns, own], before: new Map(), page: '' }, choice, OWN)

const PASSES = ['success', 'neutral', 'skipped']

/** What passed, by name and app. */
const passed = ({ statuses, checkRuns }: Found) => [
  ...statuses
    .filter(({ state }) => state === 'success')
    .map(({ context, app }) => ({ name: context.toLowerCase(), app, isRun: false })),
  ...checkRuns
    .filter(({ conclusion }) => PASSES.includes(conclusion))
    .map(({ name, app }) => ({ name, app, isRun: true })),
]

test('a gate is green only if everything that is required passed, from its app', () => {
  let greens = 0
  fc.assert(
    fc.property(statuses, checkRuns, choice, (statuses, checkRuns, choice) => {
      if (judged({ statuses, checkRuns }, choice).state !== 'success') return
      greens++
      for (const { context, app } of choice.required ?? []) {
        const isOwn = context === 'gate' && app !== 42
        const isMet = passed({ statuses, checkRuns }).some(
          (one) =>
            one.name === (one.isRun ? context : context.toLowerCase()) &&
            (app === null || app === one.app),
        )
        expect(isMet || isOwn || choice.ignore.includes(context)).toBe(true)
        if (isOwn || choice.ignore.includes(context)) continue
        const named = statuses.filter((one) => one.context.toLowerCase() === context.toLowerCase())
        expect(named.filter(({ state }) => state !== 'success')).toEqual([])
      }
    }),
    { numRuns: 3_000 },
  )
  expect(greens).toBeGreaterThan(30)
})

test('whatever is added, a gate turns green only by a success of a name that it asks for', () => {
  let turned = 0
  fc.assert(
    fc.property(
      statuses,
      checkRuns,
      choice,
      fc.array(fc.boolean()),
      (statuses, all, choice, first) => {
        const before = all.filter((_, index) => first[index])
        const added = all.filter((run) => !before.includes(run))
        if (judged({ statuses, checkRuns: before }, choice).state === 'success') return
        if (judged({ statuses, checkRuns: all }, choice).state !== 'success') return
        turned++
        const isAsked = (name: string) =>
          (choice.required === undefined && choice.contexts.length === 0) ||
          choice.contexts.some((line) => line === name.toLowerCase()) ||
          choice.required?.some(({ context }) => context === name)
        // A job that failed and has passed since lets the jobs pass that were skipped because of it.
        const isRerun = ({ name, suite }: (typeof all)[number]) =>
          before.some((one) => one.name === name && one.suite === suite)
        const successes = added.filter(({ conclusion }) => PASSES.includes(conclusion))
        expect(successes.some((one) => isAsked(one.name) || isRerun(one))).toBe(true)
      },
    ),
    { numRuns: 6_000 },
  )
  expect(turned).toBeGreaterThan(30)
})
