import { type Env, inputText } from '../../runner/env.ts'
import { type Inputs, json, problemWith, text } from '../../runner/inputs.ts'
import { nameKey } from '../../status/context.ts'
import { at } from '../../status/json.ts'
import type { Platform } from '../../status/platform.ts'
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
  const ownSha = 'sha' in defaults.commit ? defaults.commit.sha : ''
  inputs.problems.push(...repeatsIn(entries, ownSha, defaults.platform))
  return entries
}

/** Whether a list names the commit of every entry, as far as it can be read. */
export function namesEveryCommit(env: Env): boolean {
  try {
    const list: unknown = JSON.parse(inputText(env, 'statuses'))
    return Array.isArray(list) && list.every((entry) => at(entry, 'sha') !== undefined)
  } catch {
    return false
  }
}

/**
 * A sentence for each entry that has the name of another on the same commit: it would replace it.
 */
export function repeatsIn(entries: readonly Entry[], ownSha: string, platform: Platform): string[] {
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
