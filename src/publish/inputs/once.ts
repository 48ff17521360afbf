import { type Inputs, json, strictText, wrong } from '../../runner/inputs.ts'
import { describeRollUp } from '../../status/description.ts'
import { isRecord } from '../../status/json.ts'
import {
  type Choices,
  type JobResult,
  rollUp,
  type State,
  stateOf,
  WORDS,
} from '../../status/state.ts'
import { fitDescription, quote } from '../../status/text.ts'
import type { Entry, StepInputs } from './entry.ts'
import { readStatuses } from './statuses.ts'

/**
 * What is published once: a state given by a result word, whose description says how long it took;
 * a roll-up, whose description names jobs; or a list.
 */
export type Once =
  | { kind: 'single'; state: State; word: string }
  | { kind: 'roll-up'; state: State; description: string }
  | { kind: 'list'; entries: Entry[] }

const WORDS_EXPECTED = `\`job\`, or one of ${WORDS.join(', ')}`

/** What to publish once, or undefined if the status follows the job. */
export function readOnce(inputs: Inputs, defaults: StepInputs): Once | undefined {
  const { choices } = defaults
  const word = strictText(inputs, 'state', "'job'", WORDS_EXPECTED).toLowerCase()
  const needs = strictText(inputs, 'needs', "'none'", '`${{ toJSON(needs) }}`')
  const statuses = strictText(inputs, 'statuses', "'none'", 'a JSON list of statuses')
  const state = word === '' || word === 'job' ? undefined : stateOrWrong(inputs, word, choices)

  if (!['', 'none'].includes(statuses)) {
    if (!['', 'none'].includes(needs)) {
      wrong(inputs, 'statuses', 'to be omitted: `needs` decides what is published')
    }
    return { kind: 'list', entries: readStatuses(inputs, { ...defaults, word, state }) }
  }
  if (!['', 'none'].includes(needs)) {
    if (word !== 'job') wrong(inputs, 'state', 'to be omitted: `needs` decides the state')
    return readNeeds(inputs, choices)
  }
  return state === undefined ? undefined : { kind: 'single', state, word }
}

function stateOrWrong(inputs: Inputs, word: string, choices: Choices): State {
  const state = stateOf(word, choices)
  if (state === undefined) wrong(inputs, 'state', WORDS_EXPECTED)
  return state ?? 'error'
}

const NEEDS_EXPECTED =
  'the results of the needed jobs; write `needs: ${{ toJSON(needs) }}` in a job that has `needs`'

function readNeeds(inputs: Inputs, choices: Choices): Once {
  const needs = json(inputs, 'needs', NEEDS_EXPECTED)
  const words = wordsIn(needs)
  if (needs !== undefined && words.length === 0) wrong(inputs, 'needs', NEEDS_EXPECTED)

  const results = words.map(([job, word]): JobResult => {
    const state = stateOf(word, choices)
    if (state === undefined) inputs.problems.push(wrongResult(job, word))
    return { job, word, state: state ?? 'error' }
  })
  const { state, counting } = rollUp(results, choices)
  const description = fitDescription(describeRollUp(state, counting)).text
  return { kind: 'roll-up', state, description }
}

/**
 * Each job and its result: of `toJSON(needs)`, or of `toJSON(needs.*.result)`, which has no names.
 */
function wordsIn(needs: unknown): [job: string, word: string][] {
  const wordOf = (value: unknown) => (typeof value === 'string' ? value : '')
  if (Array.isArray(needs)) return needs.map((word) => ['', wordOf(word)])
  if (!isRecord(needs)) return []
  return Object.entries(needs).map(([job, value]) => [
    job,
    isRecord(value) ? wordOf(value.result) : '',
  ])
}

function wrongResult(job: string, word: string): string {
  const where = job === '' ? 'a result' : `the result of ${quote(job)}`
  return `Input \`needs\` has ${quote(word)} as ${where}: expected one of ${WORDS.join(', ')}.`
}
