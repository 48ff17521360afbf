import { type Inputs, noted, problemWith } from '../../runner/inputs.ts'
import { expectedSha, isSha } from '../../status/event-commit.ts'
import { isRecord } from '../../status/json.ts'
import { nearWord } from '../../status/near.ts'
import { type State, stateOf, WORDS, type WordStates } from '../../status/state.ts'
import { fitContext, fitDescription } from '../../status/text.ts'
import { ADDRESS, targetUrlOf } from '../../status/url.ts'

/** One status of the list. Its commit is the step's own if it has no SHA. */
export type ListEntry = {
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
  choices: WordStates
  contexts: readonly string[]
  description: string
  word: string
  /** The server whose own statuses can be given, with links on it and `warning`: Gitea. */
  gitea: string | undefined
  /** Undefined if the step has no state of its own. */
  state: State | undefined
}

const FIELDS = ['context', 'state', 'description', 'target_url', 'sha'] as const

/** Other fields of the API's own statuses, so that the output of `combined` can be an input. */
const IGNORED = 'id node_id url avatar_url created_at updated_at creator required'.split(' ')

type Field = (typeof FIELDS)[number]

/** The fields of one entry; `report` adds a problem of one of them. */
type Fields = {
  field(name: Field): string | undefined
  report(field: string, found: unknown, expected: string): void
}

export function readEntry(
  inputs: Inputs,
  value: unknown,
  index: number,
  step: StepInputs,
): ListEntry {
  const fields = fieldsOf(inputs, value, `statuses[${index}]`)
  return {
    context: readContext(inputs, fields, step),
    ...readState(fields, step),
    description:
      noted(inputs, fitDescription(fields.field('description') ?? '')) || step.description,
    targetUrl: readTargetUrl(fields, step),
    sha: readSha(fields),
  }
}

function fieldsOf({ problems }: Inputs, value: unknown, name: string): Fields {
  const report: Fields['report'] = (field, found, expected) => {
    const text = typeof found === 'string' ? found : JSON.stringify(found)
    problems.push(problemWith(field === '' ? name : `${name}.${field}`, text, expected))
  }
  if (!isRecord(value) || Array.isArray(value)) {
    report('', value, 'an object')
    return { field: () => undefined, report: () => {} }
  }
  const fields = value
  for (const [key, found] of Object.entries(fields)) {
    if (!isKnown(key)) report(key, found, `one of the fields ${FIELDS.join(', ')}`)
  }
  for (const key of FIELDS) {
    if (typeof (fields[key] ?? '') !== 'string') report(key, fields[key], 'a text')
  }
  const field: Fields['field'] = (key) => {
    const found = fields[key]
    return typeof found === 'string' ? found.trim() : undefined
  }
  return { field, report }
}

function isKnown(key: string): boolean {
  return [...FIELDS, ...IGNORED].includes(key)
}

function readContext(inputs: Inputs, { field, report }: Fields, { contexts }: StepInputs): string {
  const given = field('context')
  if (given === undefined && contexts.length > 1) {
    report('context', '', 'a name, since `context` of the step has several lines')
  }
  const name = noted(inputs, fitContext(given ?? contexts[0] ?? ''))
  if (name === '') report('context', given ?? '', 'a name')
  return name
}

function readState({ field, report }: Fields, step: StepInputs): Pick<ListEntry, 'state' | 'word'> {
  const given = field('state')?.toLowerCase()
  if (given === undefined && step.state !== undefined) return { state: step.state, word: step.word }

  const isWarning = given === 'warning' && step.gitea !== undefined
  const word = isWarning ? 'failure' : (given ?? '')
  const state = stateOf(word, step.choices)
  if (state === undefined) report('state', word, `one of ${WORDS.join(', ')}${nearWord(word)}`)
  return { state: state ?? 'error', word }
}

function readTargetUrl({ field, report }: Fields, { gitea = '' }: StepInputs): string {
  const given = field('target_url') ?? ''
  const url = targetUrlOf(/^\/[^/]/.test(given) ? gitea + given : given)
  if (url === undefined) report('target_url', given, ADDRESS)
  return url ?? ''
}

function readSha({ field, report }: Fields): string | undefined {
  const given = field('sha')?.toLowerCase()
  if (given === undefined || isSha(given)) return given
  report('sha', given, expectedSha(given))
  return undefined
}
