import { describe, expect, test } from '@jest/globals'
import { describeRollUp, duration, describe as say } from '../../src/status/description.ts'
import { type JobResult, type State, stateOf, WORDS } from '../../src/status/state.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

test.each<[milliseconds: number, words: string]>([
  [0, '0s'],
  [999, '0s'],
  [SECOND, '1s'],
  [59_999, '59s'],
  [MINUTE, '1m'],
  [2 * MINUTE + 13 * SECOND, '2m 13s'],
  [HOUR - 1, '59m 59s'],
  [HOUR, '1h'],
  [HOUR + SECOND, '1h 1s'],
  [HOUR + 2 * MINUTE + 3 * SECOND, '1h 2m 3s'],
  [30 * HOUR, '30h'],
])('%d ms are %s', (milliseconds, words) => {
  expect(duration(milliseconds)).toBe(words)
})

test.each<[word: string, milliseconds: number | undefined, text: string]>([
  ['success', 133_000, 'Successful in 2m 13s'],
  ['failure', 40_000, 'Failed after 40s'],
  ['cancelled', 0, 'Cancelled after 0s'],
  ['success', undefined, 'Successful'],
  ['success', -1, 'Successful'],
  ['in_progress', undefined, 'In progress'],
  ['timed_out', undefined, 'Timed out'],
  ['startup_failure', undefined, 'Failed to start'],
])('%s after %s ms: %s', (word, milliseconds, text) => {
  expect(say(word, milliseconds)).toBe(text)
})

test('every result word is said in words', () => {
  for (const word of WORDS) expect(say(word)).toMatch(/^[A-Z][a-z]+( [a-z]+)*$/)
})

describe('a roll-up', () => {
  const jobs = (names: string[], word = 'failure'): JobResult[] =>
    names.map((job) => ({
      job,
      word,
      state: stateOf(word, { cancelled: 'error', skipped: 'success' }) ?? 'error',
    }))
  const many = Array.from({ length: 60 }, (_, index) => `job-${index}`)

  test.each<[state: State, counting: JobResult[], text: string]>([
    ['failure', jobs(['test']), 'Failed: test'],
    ['failure', jobs(['test', 'lint']), 'Failed: test, lint'],
    ['failure', [...jobs(['a']), ...jobs(['b'], 'timed_out')], 'Failed: a, b'],
    ['failure', jobs(['a', 'b'], 'timed_out'), 'Timed out: a, b'],
    ['error', jobs(['a'], 'cancelled'), 'Cancelled: a'],
    ['error', [...jobs(['a'], 'cancelled'), ...jobs(['b'], 'stale')], 'Error: a, b'],
    ['error', jobs(['a'], 'melted'), '"melted": a'],
    ['failure', jobs(['', '']), 'Failed: 2 jobs'],
    ['failure', jobs(['']), 'Failed: 1 job'],
    ['success', jobs(['a', 'b'], 'skipped'), 'Skipped: a, b'],
    ['pending', jobs(['a'], 'action_required'), 'Action required: a'],
  ])('%s of %j', (state, counting, text) => {
    expect(describeRollUp(state, counting)).toBe(text)
  })

  test.each<[length: number, text: string]>([
    [31, 'Failed: aaaa, bbbb, cccc, dddd'],
    [29, 'Failed: aaaa, bbbb and 2 more'],
    [28, 'Failed: aaaa and 3 more'],
    [5, 'Failed: aaaa and 3 more'],
  ])('in %d characters', (length, text) => {
    expect(describeRollUp('failure', jobs(['aaaa', 'bbbb', 'cccc', 'dddd']), [], length)).toBe(text)
  })

  test.each<[string, JobResult[], JobResult[], string]>([
    [
      'beside those that ran',
      jobs(['lint'], 'success'),
      jobs(['docs'], 'skipped'),
      'Successful: lint (skipped: docs)',
    ],
    [
      'beside one that failed',
      jobs(['lint']),
      jobs(['docs'], 'skipped'),
      'Failed: lint (skipped: docs)',
    ],
    ['once, if they count', jobs(['docs'], 'skipped'), jobs(['docs'], 'skipped'), 'Skipped: docs'],
    [
      'by their number, without names',
      jobs(['', ''], 'success'),
      jobs([''], 'skipped'),
      'Successful: 2 jobs (skipped: 1)',
    ],
  ])('names skipped jobs %s', (_, counting, skipped, text) => {
    expect(describeRollUp(counting[0]?.state ?? 'success', counting, skipped)).toBe(text)
  })

  test('of many skipped jobs has room for those that ran', () => {
    const text = describeRollUp('success', jobs(many, 'success'), jobs(many, 'skipped'))
    expect(text).toMatch(/^Successful: job-0, .*job-8.* more \(skipped: job-0, .* and \d+ more\)$/)
    expect(text.length).toBeLessThanOrEqual(140)
  })

  test('names as many as fit into 140 characters, and every job is accounted for', () => {
    const text = describeRollUp('failure', jobs(many))
    const [, names = '', more] = /^Failed: (.+) and (\d+) more$/.exec(text) ?? []
    expect(text.length).toBeLessThanOrEqual(140)
    expect(text.length).toBeGreaterThan(140 - ', job-10'.length)
    expect(names.split(', ').length + Number(more)).toBe(many.length)
  })
})
