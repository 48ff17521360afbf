import type { Access } from '../../runner/access.ts'
import { type Env, inputText } from '../../runner/env.ts'
import { type Inputs, json, problemWith, strictText, wrong } from '../../runner/inputs.ts'
import { testMergeHead } from '../../runner/ref.ts'
import { nameKey } from '../../status/context.ts'
import type { Commit } from '../../status/event-commit.ts'
import { at, parseJson } from '../../status/json.ts'
import { nearWord } from '../../status/near.ts'
import type { Platform } from '../../status/platform.ts'
import { type State, stateOf, WORDS, type WordStates, worstOf } from '../../status/state.ts'
import { warnOfTestMerge } from '../commit.ts'
import { type ListEntry, readEntry, type StepInputs } from './entry.ts'
import { type RollUp, readNeeds } from './needs.ts'

/**
 * What is published once: a state given by a word, a roll-up, or a list, whose state is the worst
 * of its entries, undefined if it is empty.
 */
export type Once =
  | { kind: 'single'; state: State; word: string }
  | RollUp
  | { kind: 'list'; state: State | undefined; entries: ListEntry[] }

const WORDS_EXPECTED = `\`job\`, or one of ${WORDS.join(', ')}`

/** What to publish once, or undefined if the status follows the job, or it is not known yet. */
export function readOnce(
  inputs: Inputs,
  step: Omit<StepInputs, 'word' | 'state'>,
): Once | undefined {
  const word = strictText(inputs, 'state', "'job'", WORDS_EXPECTED).toLowerCase()
  const hasNeeds = isGiven(strictText(inputs, 'needs', "'none'", '`${{ toJSON(needs) }}`'))
  const hasList = isGiven(strictText(inputs, 'statuses', "'none'", 'a JSON list of statuses'))
  const state = readState(inputs, word, step.choices)

  if (!hasNeeds && isGiven(inputText(inputs.env, 'allowed_skips'))) {
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

const EXPECTED = 'a JSON list of statuses, such as `[{"context": "a", "state": "success"}]`'

/** Changes of a list's texts that the log shows. */
const MOST_NOTES = 20

/** Reads the input `statuses`. Every wrong field, such as `statuses[3].state`, is a problem. */
function readStatuses(inputs: Inputs, step: StepInputs): ListEntry[] {
  const list = json(inputs, 'statuses', EXPECTED)
  if (list === undefined) return []
  if (!Array.isArray(list)) {
    inputs.problems.push(problemWith('statuses', inputText(inputs.env, 'statuses'), EXPECTED))
    return []
  }
  const read: Inputs = { ...inputs, notes: [] }
  const entries = list.map((value, index) => readEntry(read, value, index, step))
  const more = read.notes.length - MOST_NOTES
  inputs.notes.push(...read.notes.slice(0, MOST_NOTES))
  if (more > 0) inputs.notes.push(`And ${more} more texts in \`statuses\` were changed.`)
  return entries
}

/** Whether a list names the commit of every entry, as far as it can be read. */
export function namesEveryCommit(env: Env): boolean {
  const parsed = parseJson(inputText(env, 'statuses'))
  const list = 'value' in parsed ? parsed.value : undefined
  return Array.isArray(list) && list.every((entry) => typeof at(entry, 'sha') === 'string')
}

/** A sentence for each entry that would replace another of its name on the same commit. */
export function repeatsIn(
  entries: readonly ListEntry[],
  ownSha: string,
  platform: Platform,
): string[] {
  const firsts = new Map<string, number>()
  return entries.flatMap(({ context, sha = ownSha }, index) => {
    const key = `${sha} ${nameKey(context, platform)}`
    const first = firsts.get(key)
    if (first === undefined) {
      firsts.set(key, index)
      return []
    }
    const expected = `a unique name: \`statuses[${first}]\` has the same one on the same commit`
    return problemWith(`statuses[${index}].context`, context, expected)
  })
}

/** What can be told of a list only once its commit is known. */
export function checkEntries(
  inputs: Inputs,
  entries: readonly ListEntry[],
  commit: Commit,
  { platform }: Access,
  payload: unknown,
): void {
  if (inputs.problems.length === 0) {
    inputs.problems.push(...repeatsIn(entries, 'sha' in commit ? commit.sha : '', platform))
  }
  const index = entries.findIndex(
    ({ sha }) => sha !== undefined && testMergeHead(inputs, sha, payload) !== undefined,
  )
  const sha = entries[index]?.sha
  if (sha !== undefined) warnOfTestMerge(inputs, `\`statuses[${index}].sha\``, sha, payload)
}
