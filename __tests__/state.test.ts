import { describe, expect, test } from '@jest/globals'
import { type JobResult, rollUp, type State, stateOf, WORDS } from '../src/state.js'

const CHOICES = { cancelled: 'error', skipped: 'success' } as const

const STATE_OF: Record<string, State> = {
  success: 'success',
  neutral: 'success',
  failure: 'failure',
  timed_out: 'failure',
  error: 'error',
  startup_failure: 'error',
  stale: 'error',
  pending: 'pending',
  action_required: 'pending',
  queued: 'pending',
  requested: 'pending',
  in_progress: 'pending',
  waiting: 'pending',
  cancelled: 'error',
  skipped: 'success',
}

test.each(Object.entries(STATE_OF))('%s is %s', (word, state) => {
  expect(stateOf(word, CHOICES)).toBe(state)
})

test('no other word is known', () => {
  expect([...WORDS].sort()).toEqual(Object.keys(STATE_OF).sort())
  for (const word of ['', 'job', 'Success', 'failed', 'constructor', '__proto__', 'toString']) {
    expect(stateOf(word, CHOICES)).toBeUndefined()
  }
})

test.each<State>(['pending', 'success', 'failure', 'error'])('cancelled and skipped can be %s', (state) => {
  expect(stateOf('cancelled', { cancelled: state, skipped: 'success' })).toBe(state)
  expect(stateOf('skipped', { cancelled: 'error', skipped: state })).toBe(state)
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
