import { EOL } from 'node:os'
import { type State, worstOf } from '../status/state.ts'

/** What came of one status: `id` is empty if it was not published. */
export type Published = {
  context: string
  sha: string
  id: string
  state: State
  description: string
  target_url: string
}

/** The value of every output of the root action. */
export type Outputs = Record<keyof typeof NONE, string>

const NONE = {
  state: '',
  context: '',
  description: '',
  target_url: '',
  sha: '',
  id: '',
  published: 'false',
  statuses: '[]',
}

/**
 * The outputs if there was nothing to publish.
 * @param isDone whether that is what was asked for: an empty list
 */
export function noOutputs(isDone = false): Outputs {
  return { ...NONE, published: String(isDone) }
}

/**
 * The outputs of the root action. Of several statuses, `context`, `sha` and `id` hold a line each,
 * empty for one that was not published. A list has the worst state, and no description and link of
 * its own.
 */
export function outputsOf(all: readonly Published[], isList = false): Outputs {
  const [first] = all
  if (first === undefined) return noOutputs()

  const lines = (key: 'context' | 'sha' | 'id') =>
    all.map((one) => (one.id === '' ? '' : one[key])).join('\n')
  return {
    state: worstOf(all.map(({ state }) => state)),
    context: lines('context'),
    description: isList ? '' : first.description,
    target_url: isList ? '' : first.target_url,
    sha: lines('sha'),
    id: lines('id'),
    published: String(all.every(({ id }) => id !== '')),
    statuses: JSON.stringify(all.filter(({ id }) => id !== '').map(entryOf)),
  }
}

/** In the form that the input `statuses` takes. */
function entryOf({ id, ...entry }: Published): object {
  return { ...entry, id: Number(id) }
}

/**
 * The outputs as the file named by GITHUB_OUTPUT holds them.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#multiline-strings
 */
export function formatOutputs(outputs: Outputs): string {
  const values = Object.values(outputs).join('\n')
  let end = 'end'
  while (values.includes(end)) end += '_'
  return Object.entries(outputs)
    .map(([name, value]) => `${name}<<${end}${EOL}${value}${EOL}${end}${EOL}`)
    .join('')
}
