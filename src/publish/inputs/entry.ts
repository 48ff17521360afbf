import { type Inputs, problemWith } from '../../runner/inputs.ts'
import { type Commit, isSha } from '../../status/event-commit.ts'
import { isRecord } from '../../status/json.ts'
import type { Platform } from '../../status/platform.ts'
import { type Choices, type State, stateOf, WORDS } from '../../status/state.ts'
import { type Fitted, fitContext, fitDescription } from '../../status/text.ts'
import { ADDRESS, targetUrlOf } from '../../status/url.ts'

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

/** The step's own inputs, to which the entries of a list fall back. */
export type StepInputs = {
  choices: Choices
  contexts: readonly string[]
  commit: Commit
  description: string
  platform: Platform
}

export type Defaults = StepInputs & {
  word: string
  /** Undefined if the step has no state of its own. */
  state: State | undefined
}

const FIELDS = ['context', 'state', 'description', 'target_url', 'sha'] as const

/**
 * What the API's own statuses have besides; ignored, so that what `combined` puts out can be given
 * as it is.
 */
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

/** One entry of the list while it is read; `report` adds a problem of one of its fields. */
type Given = {
  field(name: Field): string | undefined
  report(field: string, found: unknown, expected: string): void
}

/** Reads one entry. Every wrong field is a problem of its own. */
export function readEntry(
  inputs: Inputs,
  value: unknown,
  index: number,
  defaults: Defaults,
): Entry {
  const given = givenBy(inputs, value, `statuses[${index}]`)
  return {
    context: readContext(inputs, given, defaults),
    ...readState(given, defaults),
    description:
      noted(inputs, fitDescription(given.field('description') ?? '')) || defaults.description,
    targetUrl: readTargetUrl(given),
    sha: readSha(given),
  }
}

function givenBy(inputs: Inputs, value: unknown, name: string): Given {
  const report: Given['report'] = (field, found, expected) => {
    const text = typeof found === 'string' ? found : JSON.stringify(found)
    inputs.problems.push(problemWith(field === '' ? name : `${name}.${field}`, text, expected))
  }
  const isObject = isRecord(value) && !Array.isArray(value)
  if (!isObject) report('', value, 'an object')
  const fields = isObject ? value : {}

  for (const key of Object.keys(fields)) {
    if (!isKnown(key)) report(key, fields[key], `one of the fields ${FIELDS.join(', ')}`)
  }
  for (const key of FIELDS) {
    if (typeof (fields[key] ?? '') !== 'string') report(key, fields[key], 'a text')
  }
  const field: Given['field'] = (key) => {
    const found = fields[key]
    return typeof found === 'string' ? found.trim() : undefined
  }
  return { field, report }
}

function isKnown(key: string): boolean {
  return [...FIELDS, ...IGNORED].includes(key)
}

function readContext(inputs: Inputs, { field, report }: Given, { contexts }: Defaults): string {
  const given = field('context')
  if (given === undefined && contexts.length > 1) {
    report('context', '', 'a name, since `context` of the step has several lines')
  }
  const name = noted(inputs, fitContext(given ?? contexts[0] ?? ''))
  if (name === '') report('context', given ?? '', 'a name')
  return name
}

function readState({ field, report }: Given, defaults: Defaults): Pick<Entry, 'state' | 'word'> {
  const given = field('state')?.toLowerCase()
  if (given === undefined && defaults.state !== undefined) {
    return { state: defaults.state, word: defaults.word }
  }
  const state = stateOf(given ?? '', defaults.choices)
  if (state === undefined) report('state', given ?? '', `one of ${WORDS.join(', ')}`)
  return { state: state ?? 'error', word: given ?? '' }
}

function readTargetUrl({ field, report }: Given): string {
  const given = field('target_url') ?? ''
  const url = targetUrlOf(given)
  if (url === undefined) report('target_url', given, ADDRESS)
  return url ?? ''
}

function readSha({ field, report }: Given): string | undefined {
  const given = field('sha')?.toLowerCase()
  if (given === undefined || isSha(given)) return given
  report('sha', given, 'the 40 hexadecimal digits of a commit')
  return undefined
}

function noted(inputs: Inputs, { text, notes }: Fitted): string {
  inputs.notes.push(...notes)
  return text
}
