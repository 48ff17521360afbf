import type { CheckRun } from '../../github/check-runs.ts'
import type { Status } from '../../github/status.ts'
import { matches } from '../../status/context.ts'
import type { Platform } from '../../status/platform.ts'
import { type Choice, isIgnored } from '../names.ts'
import type { Requirement } from './required.ts'

/** The statuses and check runs of a commit, or some of them. */
type Found = { statuses: readonly Status[]; checkRuns: readonly CheckRun[] }

/** A requirement and what became of it. */
export type Met = Requirement & {
  became: 'success' | 'failure' | 'pending' | 'missing' | 'ignored' | 'this job'
}

/**
 * What is left to ask for. What `ignore` names is not, nor is the job that asks: it cannot wait for
 * itself, and two runs of it would wait for each other.
 * @param own the check runs of the job that asks
 */
export function leftOf(
  requirements: readonly Requirement[],
  own: readonly CheckRun[],
  choice: Choice,
): Requirement[] {
  return requirements.filter((one) => !isLeftOut(one, own, choice))
}

function isLeftOut(one: Requirement, own: readonly CheckRun[], choice: Choice): boolean {
  return isIgnored(one.context, choice) || isOwn(one, own)
}

/** Another app's requirement of that name is not the job's own: the job cannot meet it. */
function isOwn({ context, app }: Requirement, own: readonly CheckRun[]): boolean {
  return own.some((run) => run.name === context && (app === null || app === run.app))
}

/** Whether a status has a name that is asked for, whoever published it: its failure counts. */
export function isStatusAsked(
  { context: name }: Status,
  requirements: readonly Requirement[],
  platform: Platform,
): boolean {
  return requirements.some((one) => isStatusName(one, name, platform))
}

/** Whether a check run has a name that is asked for, see {@link isStatusAsked}. */
export function isRunAsked({ name }: CheckRun, requirements: readonly Requirement[]): boolean {
  return requirements.some(({ context }) => context === name)
}

/** GitHub ignores the case of statuses, but not of check runs. */
function isStatusName({ context, isGlob }: Requirement, name: string, platform: Platform): boolean {
  if (isGlob) return matches(context, name, platform)
  return platform.ignoresCase ? name.toLowerCase() === context.toLowerCase() : name === context
}

/** The requirements for which nothing is there, at least from their app. */
export function unmetOf(
  requirements: readonly Requirement[],
  { statuses, checkRuns }: Found,
  platform: Platform,
): Requirement[] {
  return requirements.filter((one) => {
    const found = [
      ...statuses.filter((status) => isStatusAsked(status, [one], platform)),
      ...checkRuns.filter((run) => isRunAsked(run, [one])),
    ]
    return !found.some(({ app }) => one.app === null || app === one.app)
  })
}

/** What became of each requirement, as a verdict says it. */
export function outcomesOf(
  requirements: readonly Requirement[],
  left: readonly Requirement[],
  verdict: { unmet: readonly Requirement[]; failing: string[]; pending: string[] },
  choice: Choice,
): Met[] {
  const isIn = (names: readonly string[], one: Requirement) =>
    names.some((name) => isStatusName(one, name, choice.platform))
  return requirements.map((one) => {
    if (isIgnored(one.context, choice)) return { ...one, became: 'ignored' }
    if (!left.includes(one)) return { ...one, became: 'this job' }
    if (isIn(verdict.failing, one)) return { ...one, became: 'failure' }
    if (verdict.unmet.includes(one)) return { ...one, became: 'missing' }
    return { ...one, became: isIn(verdict.pending, one) ? 'pending' : 'success' }
  })
}
