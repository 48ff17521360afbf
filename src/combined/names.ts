import type { CheckRun } from '../github/check-runs.ts'
import type { Status } from '../github/status.ts'
import { isSameName, matches, nameKey } from '../status/context.ts'
import type { Platform } from '../status/platform.ts'
import type { Requirement } from './rules/required.ts'

export type Item = { name: string; status?: Status | undefined; run?: CheckRun | undefined }

export function itemsOf(statuses: readonly Status[], runs: readonly CheckRun[]): Item[] {
  return [
    ...statuses.map((status) => ({ name: status.context, status })),
    ...runs.map((run) => ({ name: run.name, run })),
  ]
}

export function namesIn(items: readonly { name: string }[]): string[] {
  return [...new Set(items.map(({ name }) => name))]
}

export function foundIn(items: readonly Item[]): { statuses: Status[]; checkRuns: CheckRun[] } {
  return {
    statuses: items.flatMap(({ status = [] }) => status),
    checkRuns: items.flatMap(({ run = [] }) => run),
  }
}

/**
 * Which names count: those that `contexts` finds (all if it is empty and nothing is required) and
 * those that the rules of a branch require, without those that `ignore` finds.
 */
export type Choice = {
  contexts: readonly string[]
  ignore: readonly string[]
  /** Jobs that pass if they are skipped, whatever failed beside them. */
  allowedSkips?: readonly string[]
  withCheckRuns?: boolean
  platform: Platform
  /** Undefined without `required_by`. */
  required?: readonly Requirement[] | undefined
}

export function isIgnored(name: string, { ignore, platform }: Choice): boolean {
  return matchesAny(ignore, name, platform)
}

/** Whether `contexts` finds a name: every name if it is empty, unless names are required. */
export function isChosen(name: string, { contexts, platform, required }: Choice): boolean {
  if (contexts.length === 0) return required === undefined
  return matchesAny(contexts, name, platform)
}

/** Whether names are chosen that nobody has written out. */
export function hasGlob({ contexts, required }: Choice): boolean {
  if (contexts.length === 0) return required === undefined
  return contexts.some((line) => line.includes('*'))
}

/** The lines of `contexts` that `ignore` leaves out, with whatever they could find. */
export function ignoredLines(choice: Choice): string[] {
  return choice.contexts.filter((glob) => isIgnored(glob, choice))
}

export function matchesAny(lines: readonly string[], name: string, platform: Platform): boolean {
  return lines.some((glob) => matches(glob, name, platform))
}

/** What is missing and why, if that is known: it can never come, or was there before. */
export type Missing = { line: string; why?: string; isHopeless?: boolean }

/**
 * The lines of `contexts` that find nothing that counts, without those that `ignore` leaves out.
 * @param counting what is there and counts
 * @param own what is there and is the job's own
 */
export function missingFrom(
  counting: readonly Item[],
  own: readonly Item[],
  choice: Choice,
): Missing[] {
  const { contexts, platform } = choice
  const ignored = ignoredLines(choice)
  return contexts
    .filter((line) => line !== '*' && !ignored.includes(line))
    .filter((line) => !counting.some(({ name }) => matches(line, name, platform)))
    .map((line) => ({ line, ...whyMissing(line, counting, own, choice) }))
}

function whyMissing(
  line: string,
  counting: readonly Item[],
  own: readonly Item[],
  { platform }: Choice,
): Omit<Missing, 'line'> {
  const ours = own.filter(({ name }) => matches(line, name, platform))
  if (ours.length > 0) {
    const isHopeless = !line.includes('*') && ours.every(({ run }) => run !== undefined)
    return { why: 'only this job itself has that name', isHopeless }
  }
  // A matrix that is skipped has one check run, under the name of the job.
  const [job = '', leg] = line.split(' (')
  const isMatrix = ({ name, run }: Item) =>
    run?.conclusion === 'skipped' && isSameName(job, name, platform)
  return leg !== undefined && counting.some(isMatrix)
    ? { why: `the matrix was skipped as a whole, under the name "${job}"` }
    : {}
}

/** Names that were there when the commit was read, by what they are compared by. */
export type NamesSeen = ReadonlyMap<string, { name: string; ids: readonly string[] }>

/** What was there before, and what is there now. */
export function seenAfter(
  before: NamesSeen,
  found: readonly Item[],
  platform: Platform,
): NamesSeen {
  const seen = new Map(before)
  for (const item of found) {
    const key = keyOf(item, platform)
    const ids = new Set([idOf(item), ...(seen.get(key)?.ids ?? [])])
    seen.set(key, { name: item.name, ids: [...ids] })
  }
  return seen
}

const WAS_THERE = 'it was there before; perhaps its run was deleted'

/** Names that were there and are gone, unless what had them has another name now. */
export function goneFrom(before: NamesSeen, found: readonly Item[], platform: Platform): Missing[] {
  const keys = new Set(found.map((item) => keyOf(item, platform)))
  const ids = new Set(found.map(idOf))
  return [...before]
    .filter(([key, was]) => !keys.has(key) && !was.ids.some((id) => ids.has(id)))
    .map(([, { name }]) => ({ line: name, why: WAS_THERE }))
}

/** A check run that is gone is missed although another workflow has a job of that name. */
function keyOf({ name, run }: Item, platform: Platform): string {
  return `${run?.suite ?? ''} ${nameKey(name, platform)}`
}

function idOf({ status, run }: Item): string {
  return run === undefined ? `status ${status?.id}` : `check run ${run.id}`
}
