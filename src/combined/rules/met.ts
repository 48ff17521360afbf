import type { CheckRun } from '../../github/check-runs.ts'
import type { Status } from '../../github/status.ts'
import { matches } from '../../status/context.ts'
import type { Platform } from '../../status/platform.ts'
import { type Choice, isIgnored } from '../names.ts'
import type { Requirement } from './required.ts'

/** A requirement and what became of it. */
export type Met = Requirement & {
  became: 'success' | 'failure' | 'pending' | 'missing' | 'ignored' | 'this job'
}

/**
 * Why a requirement is not asked for, if so: the job that asks cannot wait for itself, and two runs
 * of it would wait for each other. What another app has to report under its name is asked for.
 * @param own the check runs of the job that asks
 */
export function leftOutAs(
  { context, app }: Requirement,
  own: readonly CheckRun[],
  choice: Choice,
): 'ignored' | 'this job' | undefined {
  if (isIgnored(context, choice)) return 'ignored'
  const isOwn = own.some((run) => run.name === context && (app === null || app === run.app))
  return isOwn ? 'this job' : undefined
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
function isStatusName({ context }: Requirement, name: string, platform: Platform): boolean {
  if (!platform.hasCheckRuns) return matches(context, name, platform)
  return name.toLowerCase() === context.toLowerCase()
}

/** The requirements for which nothing is there, at least from their app. */
export function unmetOf(
  requirements: readonly Requirement[],
  { statuses, checkRuns }: { statuses: readonly Status[]; checkRuns: readonly CheckRun[] },
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
  own: readonly CheckRun[],
  verdict: { unmet: readonly Requirement[]; failing: string[]; pending: string[] },
  choice: Choice,
): Met[] {
  const isIn = (names: readonly string[], one: Requirement) =>
    names.some((name) => isStatusName(one, name, choice.platform))
  const outcomeOf = (one: Requirement): Met['became'] => {
    if (isIn(verdict.failing, one)) return 'failure'
    if (verdict.unmet.includes(one)) return 'missing'
    return isIn(verdict.pending, one) ? 'pending' : 'success'
  }
  return requirements.map((one) => ({
    ...one,
    became: leftOutAs(one, own, choice) ?? outcomeOf(one),
  }))
}
