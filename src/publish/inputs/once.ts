import { type Inputs, strictText, text, wrong } from '../../runner/inputs.ts'
import { nearWord } from '../../status/near.ts'
import { type State, stateOf, WORDS, type WordStates, worstOf } from '../../status/state.ts'
import type { ListEntry, StepInputs } from './entry.ts'
import { type RollUp, readNeeds } from './needs.ts'
import { readStatuses } from './statuses.ts'

/**
 * What is published once: a state given by a result word, whose description says how long it took;
 * a roll-up, whose description names jobs; or a list, whose state is the worst, undefined if it is
 * empty.
 */
export type Once =
  | { kind: 'single'; state: State; word: string }
  | RollUp
  | { kind: 'list'; state: State | undefined; entries: ListEntry[] }

const WORDS_EXPECTED = `\`job\`, or one of ${WORDS.join(', ')}`

type Step = Omit<StepInputs, 'word' | 'state'>

/** What to publish once, or undefined if the status follows the job, or it is not known yet. */
export function readOnce(inputs: Inputs, step: Step): Once | undefined {
  const word = strictText(inputs, 'state', "'job'", WORDS_EXPECTED).toLowerCase()
  const hasNeeds = isGiven(strictText(inputs, 'needs', "'none'", '`${{ toJSON(needs) }}`'))
  const hasList = isGiven(strictText(inputs, 'statuses', "'none'", 'a JSON list of statuses'))
  const state = readState(inputs, word, step.choices)

  if (!hasNeeds && isGiven(text(inputs, 'allowed_skips'))) {
    inputs.warnings.push('Input `allowed_skips` has no effect without `needs`.')
  }
  if (hasList) {
    if (hasNeeds) wrong(inputs, 'statuses', 'to be omitted: `needs` decides what is published')
    const entries = readStatuses(inputs, { ...step, word, state })
    const worst = entries.length > 0 ? worstOf(entries.map((entry) => entry.state)) : undefined
    return { kind: 'list', state: worst, entries }
  }
  if (hasNeeds) {
    if (word !== 'job') wrong(inputs, 'state', 'to be omitted: `needs` decides the state')
    return readNeeds(inputs, step.choices)
  }
  return state === undefined ? undefined : { kind: 'single', state, word }
}

export function isGiven(value: string): boolean {
  return value !== '' && value !== 'none'
}

/** Undefined if the job decides it, or it is not known yet. */
function readState(inputs: Inputs, word: string, choices: WordStates): State | undefined {
  if (word === '' || word === 'job') return undefined
  const state = stateOf(word, choices)
  if (state === undefined) wrong(inputs, 'state', WORDS_EXPECTED + nearWord(word))
  return state ?? 'error'
}
