import type { CheckRun } from '../github/check-runs.ts'
import type { Status } from '../github/status.ts'
import { matches } from '../status/context.ts'
import type { Platform } from '../status/platform.ts'
import type { Requirement } from './rules/required.ts'

/** The statuses and check runs of a commit, or some of them. */
export type Found = { statuses: readonly Status[]; checkRuns: readonly CheckRun[] }

/** Those statuses and check runs for which something holds. */
export function only(
  { statuses, checkRuns }: Found,
  isStatus: (status: Status) => boolean,
  isCheckRun: (run: CheckRun) => boolean,
): Found {
  return { statuses: statuses.filter(isStatus), checkRuns: checkRuns.filter(isCheckRun) }
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
  /** Whether check runs were read, too. */
  withCheckRuns?: boolean
  platform: Platform
  /** Undefined without `required_by`. */
  required?: readonly Requirement[] | undefined
}

/** Whether a line of `ignore` matches the name. */
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

/** Whether one of some lines matches the name. */
export function matchesAny(lines: readonly string[], name: string, platform: Platform): boolean {
  return lines.some((glob) => matches(glob, name, platform))
}
