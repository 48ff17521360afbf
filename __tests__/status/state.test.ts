import { describe, expect, test } from '@jest/globals'
import { nearWord } from '../../src/status/near.ts'
import { type JobResult, rollUp, type State, stateOf, WORDS } from '../../src/status/state.ts'

const CHOICES = { cancelled: 'error', skipped: 'success' } as const

const WORDS_OF: Record<State, string[]> = {
  success: ['success', 'neutral', 'skipped'],
  failure: ['failure', 'timed_out'],
  error: ['error', 'startup_failure', 'stale', 'abandoned', 'cancelled'],
  pending: ['pending', 'action_required', 'queued', 'requested', 'in_progress', 'waiting'],
}

test.each(Object.entries(WORDS_OF))('%s is meant by %j', (state, words) => {
  expect(words.map((word) => stateOf(word, CHOICES))).toEqual(words.map(() => state))
})

test('no other word is known', () => {
  expect([...WORDS].sort()).toEqual(Object.values(WORDS_OF).flat().sort())
  for (const word of ['', 'job', 'Success', 'failed', 'constructor', '__proto__', 'toString']) {
    expect(stateOf(word, CHOICES)).toBeUndefined()
  }
})

test.each<State>(['pending', 'success', 'failure', 'error'])(
  'cancelled and skipped can be %s',
  (state) => {
    expect(stateOf('cancelled', { cancelled: state, skipped: 'success' })).toBe(state)
    expect(stateOf('skipped', { cancelled: 'error', skipped: state })).toBe(state)
  },
)

test.each<[word: string, near: string]>([
  ['failed', 'failure'],
  ['passed', 'success'],
  ['canceled', 'cancelled'],
  ['sucess', 'success'],
  ['in-progress', 'in_progress'],
])('%s is probably %s', (word, near) => {
  expect(nearWord(word)).toContain(`\`${near}\``)
})

test('a word that is near none has no hint', () => {
  for (const word of ['green', '', 'constructor']) expect(nearWord(word)).toBe('')
})

describe('the roll-up', () => {
  const results = (states: State[]) =>
    states.map((state, index): JobResult => ({ job: `${index}`, word: state, state }))

  test.each<[states: State[], state: State, counting: string[]]>([
    [['success'], 'success', ['0']],
    [['success', 'success'], 'success', ['0', '1']],
    [['success', 'pending'], 'pending', ['1']],
    [['pending', 'error', 'success'], 'error', ['1']],
    [['error', 'failure', 'pending', 'failure'], 'failure', ['1', '3']],
    [[], 'success', []],
  ])('of %j is %s', (states, state, counting) => {
    const rolled = rollUp(results(states))
    expect(rolled.state).toBe(state)
    expect(rolled.counting.map(({ job }) => job)).toEqual(counting)
  })
})
