import type { CheckRun } from '../github/check-runs.ts'
import { isSameName, matches, nameKey } from '../status/context.ts'
import type { Platform } from '../status/platform.ts'
import { type Choice, type Found, ignoredLines } from './names.ts'

/** What is missing and why, if that is known: it can never come, or was there before. */
export type Missing = { line: string; why?: string; isHopeless?: boolean }

/**
 * The lines of `contexts` that find nothing that counts, without those that `ignore` leaves out.
 * @param counting what is there and counts
 * @param own what is there and is the job's own
 */
export function missingFrom(counting: Found, own: Found, choice: Choice): Missing[] {
  const { contexts, platform } = choice
  const names = [
    ...counting.statuses.map(({ context }) => context),
    ...counting.checkRuns.map(({ name }) => name),
  ]
  const ignored = ignoredLines(choice)
  return contexts
    .filter((line) => line !== '*' && !ignored.includes(line))
    .filter((line) => !names.some((name) => matches(line, name, platform)))
    .map((line) => ({ line, ...whyMissing(line, counting, own, choice) }))
}

function whyMissing(line: string, { checkRuns }: Found, own: Found, { platform }: Choice) {
  const isMatch = (name: string) => matches(line, name, platform)
  if (own.statuses.some(({ context }) => isMatch(context))) {
    return { why: 'only this job itself has published it' }
  }
  if (own.checkRuns.some(({ name }) => isMatch(name))) {
    return { why: 'only this job itself is called that', isHopeless: !line.includes('*') }
  }
  // A matrix that is skipped has one check run, under the name of the job.
  const [job = '', leg] = line.split(' (')
  const isMatrix = ({ name, conclusion }: CheckRun) =>
    conclusion === 'skipped' && isSameName(job, name, platform)
  return leg !== undefined && checkRuns.some(isMatrix)
    ? { why: `the matrix was skipped as a whole, under the name "${job}"` }
    : {}
}

/** Names that were there when the commit was read, by what they are compared by. */
export type Seen = ReadonlyMap<string, { name: string; ids: readonly string[] }>

/** What was there before, and what is there now. */
export function remember(before: Seen, found: Found, platform: Platform): Seen {
  const seen = new Map(before)
  for (const { key, name, id } of namedIn(found, platform)) {
    seen.set(key, { name, ids: [...new Set([id, ...(seen.get(key)?.ids ?? [])])] })
  }
  return seen
}

const WAS_THERE = 'it was there before; perhaps its run was deleted'

/** Names that were there and are gone, unless what had them has another name now. */
export function goneFrom(before: Seen, found: Found, platform: Platform): Missing[] {
  const named = namedIn(found, platform)
  const keys = new Set(named.map(({ key }) => key))
  const ids = new Set(named.map(({ id }) => id))
  return [...before]
    .filter(([key, was]) => !keys.has(key) && !was.ids.some((id) => ids.has(id)))
    .map(([, { name }]) => ({ line: name, why: WAS_THERE }))
}

function namedIn({ statuses, checkRuns }: Found, platform: Platform) {
  return [
    ...statuses.map(({ context, id }) => ({ name: context, id: `status ${id}` })),
    ...checkRuns.map(({ name, id }) => ({ name, id: `check run ${id}` })),
  ].map((one) => ({ ...one, key: nameKey(one.name, platform) }))
}
