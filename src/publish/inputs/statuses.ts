import { type Inputs, json, problemWith, text } from '../../runner/inputs.ts'
import { nameKey } from '../../status/context.ts'
import { type Defaults, type Entry, readEntry } from './entry.ts'

const EXPECTED = 'a JSON list of statuses, such as `[{"context": "a", "state": "success"}]`'

/**
 * Reads the input `statuses`. Every wrong entry is a problem of its own, such as of
 * `statuses[3].state`.
 */
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
