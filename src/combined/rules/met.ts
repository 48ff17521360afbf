import { matches } from '../../status/context.ts'
import { type Choice, type Item, isIgnored } from '../names.ts'
import type { Finding } from '../outcome.ts'
import type { Requirement } from './required.ts'

export type Met = Requirement & {
  became: 'success' | 'failure' | 'pending' | 'missing' | 'ignored' | 'this job'
}

/**
 * Why a requirement is not asked for, if so: the job that asks cannot wait for itself, and two runs
 * of it would wait for each other. What another app has to report under its name is asked for.
 * @param own what is the job's own
 */
export function leftOutAs(
  { context, app }: Requirement,
  own: readonly Item[],
  choice: Choice,
): 'ignored' | 'this job' | undefined {
  if (isIgnored(context, choice)) return 'ignored'
  const isOwn = own.some(({ run }) => run?.name === context && (app === null || app === run.app))
  return isOwn ? 'this job' : undefined
}

/**
 * Whether something has the name that is asked for, whoever reported it: its failure counts. GitHub
 * ignores the case of statuses, but not of check runs.
 */
export function isNamed({ context }: Requirement, { name, run }: Item, choice: Choice): boolean {
  if (run !== undefined) return name === context
  if (!choice.platform.hasCheckRuns) return matches(context, name, choice.platform)
  return name.toLowerCase() === context.toLowerCase()
}

/**
 * What became of each requirement. It is missing if nothing is there, at least from its app.
 * @param own what is the job's own
 * @param others what else is there
 * @param findings what counts of it
 */
export function meet(
  requirements: readonly Requirement[],
  own: readonly Item[],
  others: readonly Item[],
  findings: readonly Finding[],
  choice: Choice,
): Met[] {
  const outcomeOf = (one: Requirement): Met['became'] => {
    const isOfName = (item: Item) => isNamed(one, item, choice)
    const outcomes = findings.filter(isOfName).map(({ outcome }) => outcome)
    if (outcomes.includes('failing')) return 'failure'
    const apps = others.filter(isOfName).map(({ status, run }) => (run ?? status)?.app)
    if (one.app === null ? apps.length === 0 : !apps.includes(one.app)) return 'missing'
    return outcomes.includes('pending') ? 'pending' : 'success'
  }
  return requirements.map((one) => ({
    ...one,
    became: leftOutAs(one, own, choice) ?? outcomeOf(one),
  }))
}
