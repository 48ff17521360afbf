import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Read } from '../../src/combined/findings.ts'
import type { Choice } from '../../src/combined/names.ts'
import { table } from '../../src/combined/summary.ts'
import { judge } from '../../src/combined/verdict.ts'
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

const name = fc.constantFrom('a', 'A', 'a*', 'ab', 'b', 'gate')
const app = fc.constantFrom(15368, 42)
const PASSES = ['success', 'neutral', 'skipped']
const RUN = 'https://github.com/octo-org/octo-repo/actions/runs'

/** A check run; those of one name follow each other, as a re-run does. */
const runOf = (id: number, name: string, app: number, suite: string, conclusion: string) => ({
  ...{ id, name, app, suite, conclusion },
  status: conclusion === '' ? 'in_progress' : 'completed',
  details_url: `${RUN}/${suite}/job/${id}`,
  isOfActions: app === 15368,
  started_at: new Date(id * 2_000).toISOString(),
  completed_at: conclusion === '' ? '' : new Date(id * 2_000 + 1_000).toISOString(),
})

const suite = fc.constantFrom('1', '2', '3')
const conclusion = fc.constantFrom(...PASSES, 'failure', 'cancelled', '')
const checkRuns = fc.uniqueArray(
  fc.tuple(fc.integer({ min: 1, max: 99 }), name, app, suite, conclusion).map((a) => runOf(...a)),
  { maxLength: 6, selector: ({ id }) => id },
)

const STATUS = { id: 1, description: '', target_url: '', created_at: '', updated_at: '' }
const state = fc.constantFrom('success', 'pending', 'failure')
const statuses = fc.uniqueArray(
  fc.record({ context: name, state, app }).map((one) => ({ ...STATUS, ...one })),
  { maxLength: 3, selector: ({ context }) => context.toLowerCase() },
)

const requirement = fc.record({ context: name, app: fc.option(app), by: fc.constant<string[]>([]) })
const requirements = fc.uniqueArray(requirement, {
  ...{ minLength: 1, maxLength: 3 },
  selector: (one) => `${one.app} ${one.context}`,
})
const choice: fc.Arbitrary<Choice> = fc.record({
  contexts: fc.constantFrom([], ['b'], ['a', 'ab']),
  ignore: fc.constantFrom([], ['ab']),
  platform: fc.constant(GITHUB),
  required: fc.option(requirements, { nil: undefined }),
})

const place = { server: 'https://github.com', repository: 'octo-org/octo-repo', platform: GITHUB }
const job = { ...place, run: '9', attempt: 1, job: '900' }
const OWN = { job, runs: ['9'], contexts: ['CI / gate'], checkRun: 'gate' }

function judged({ statuses, checkRuns }: Found, choice: Choice): string {
  const all = [...checkRuns, runOf(900, 'gate', 15368, '9', '')]
  return judge({ statuses, checkRuns: all, before: new Map(), page: '' }, choice, OWN).state
}

/** Whether something of this name and app passed. */
function isMet({ context, app }: { context: string; app: number | null }, found: Found): boolean {
  const isOfName = (one: string) => one.toLowerCase() === context.toLowerCase()
  return [
    ...found.statuses.filter((one) => isOfName(one.context) && one.state === 'success'),
    ...found.checkRuns.filter((one) => one.name === context && PASSES.includes(one.conclusion)),
  ].some((one) => app === null || app === one.app)
}

test('a gate is green only if everything that is required passed, from its app', () => {
  let greens = 0
  fc.assert(
    fc.property(statuses, checkRuns, choice, (statuses, checkRuns, choice) => {
      const found = { statuses, checkRuns }
      if (judged(found, choice) !== 'success') return
      greens++
      for (const one of choice.required ?? []) {
        const isOwn = one.context === 'gate' && one.app !== 42
        if (isOwn || choice.ignore.includes(one.context)) continue
        expect(isMet(one, found)).toBe(true)
        const named = statuses.filter(
          ({ context }) => context.toLowerCase() === one.context.toLowerCase(),
        )
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
        if (judged({ statuses, checkRuns: before }, choice) === 'success') return
        if (judged({ statuses, checkRuns: all }, choice) !== 'success') return
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
