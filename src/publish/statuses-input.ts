import { type Inputs, json, problemWith, text } from '../runner/inputs.ts'
import { type Commit, isSha } from '../status/commit.ts'
import { nameKey } from '../status/context.ts'
import { isRecord } from '../status/json.ts'
import { type Choices, type State, stateOf, WORDS } from '../status/state.ts'
import { type Fitted, fitContext, fitDescription } from '../status/text.ts'
import { ADDRESS, targetUrlOf } from '../status/url.ts'

/** One status of the list. Its commit is the step's own if it has no SHA. */
export type Entry = {
  context: string
  state: State
  /** Empty if it is to be derived from `word`. */
  description: string
  word: string
  targetUrl: string
  sha: string | undefined
}

/** What an entry falls back to. @property word the step's state, empty if it has none of its own */
type Defaults = {
  choices: Choices
  contexts: readonly string[]
  commit: Commit
  description: string
  isGitea: boolean
  word: string
}

const FIELDS = ['context', 'state', 'description', 'target_url', 'sha'] as const

/** What the API's own statuses have besides; ignored, so that what `combined` puts out can be given as it is. */
const IGNORED = [
  'id',
  'node_id',
  'url',
  'avatar_url',
  'created_at',
  'updated_at',
  'creator',
  'required',
]

type Field = (typeof FIELDS)[number]

const EXPECTED = 'a JSON list of statuses, such as `[{"context": "a", "state": "success"}]`'

/** Reads the input `statuses`. Every wrong entry is a problem of its own, such as of `statuses[3].state`. */
export function readStatuses(inputs: Inputs, defaults: Defaults): Entry[] {
  const list = json(inputs, 'statuses', EXPECTED)
  if (list === undefined) return []
  if (!Array.isArray(list)) {
    inputs.problems.push(problemWith('statuses', text(inputs, 'statuses'), EXPECTED))
    return []
  }
  const entries = list.map((value, index) => readEntry(inputs, value, index, defaults))
  checkRepeats(inputs, entries, defaults)
  return entries
}

function readEntry(inputs: Inputs, value: unknown, index: number, defaults: Defaults): Entry {
  const name = `statuses[${index}]`
  const problem = (field: string, found: unknown, expected: string) => {
    const shown = typeof found === 'string' ? found : JSON.stringify(found)
    inputs.problems.push(problemWith(field === '' ? name : `${name}.${field}`, shown, expected))
  }
  if (!isRecord(value) || Array.isArray(value)) problem('', value, 'an object')
  const fields = isRecord(value) ? value : {}

  for (const key of Object.keys(fields).filter((key) => !isKnown(key))) {
    problem(key, fields[key], `one of the fields ${FIELDS.join(', ')}`)
  }
  const given = (field: Field): string | undefined => {
    const found = fields[field] ?? undefined
    if (found === undefined || typeof found === 'string') return found?.trim()
    problem(field, found, 'a text')
    return undefined
  }
  return checkEntry(given, problem, inputs, defaults)
}

function isKnown(key: string): boolean {
  return [...FIELDS, ...IGNORED].includes(key)
}

type Given = (field: Field) => string | undefined
type Report = (field: string, found: string, expected: string) => void

function checkEntry(given: Given, problem: Report, inputs: Inputs, defaults: Defaults): Entry {
  const context = given('context')
  const word = (given('state') ?? defaults.word).toLowerCase()
  const state = stateOf(word, defaults.choices)
  const targetUrl = targetUrlOf(given('target_url') ?? '')
  const sha = given('sha')?.toLowerCase()
  const name = noted(inputs, fitContext(context ?? defaults.contexts[0] ?? ''))

  if (name === '') problem('context', context ?? '', 'a name')
  if (context === undefined && defaults.contexts.length > 1) {
    problem('context', '', 'a name, since `context` of the step has several lines')
  }
  if (state === undefined) problem('state', word, `one of ${WORDS.join(', ')}`)
  if (targetUrl === undefined) problem('target_url', given('target_url') ?? '', ADDRESS)
  if (sha !== undefined && !isSha(sha)) problem('sha', sha, 'the 40 hexadecimal digits of a commit')
  return {
    context: name,
    state: state ?? 'error',
    word,
    description: noted(inputs, fitDescription(given('description') ?? '')) || defaults.description,
    targetUrl: targetUrl ?? '',
    sha,
  }
}

function noted(inputs: Inputs, { text, notes }: Fitted): string {
  inputs.notes.push(...notes)
  return text
}

/** Two entries of one name on one commit: one would replace the other. */
function checkRepeats(
  inputs: Inputs,
  entries: readonly Entry[],
  { commit, isGitea }: Defaults,
): void {
  const own = 'sha' in commit ? commit.sha : ''
  const seen = new Map<string, number>()
  for (const [index, { context, sha }] of entries.entries()) {
    const key = `${sha ?? own} ${nameKey(context, isGitea)}`
    const first = seen.get(key)
    if (first === undefined) seen.set(key, index)
    else {
      const expected = `a name of its own: \`statuses[${first}]\` has it on the same commit`
      inputs.problems.push(problemWith(`statuses[${index}].context`, context, expected))
    }
  }
}
