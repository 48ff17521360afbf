import type { State } from '../../../src/status/state.ts'
import { entriesOf, isFollowed, isLost, type JobRecord } from '../plan.ts'
import type { Execution, Name } from './name.ts'

/**
 * The states that a name can show in the end, for someone who knows nothing of the rule: those of
 * the execution that began last, and if that has lost a job, what it has written before, what a
 * sweep makes of it, and those of the one before.
 * @param executions the first is the one that began first
 */
export function rightStates(name: Name, executions: readonly Execution[]): Set<State> {
  const right = new Set<State>()
  for (const execution of executions.toReversed()) {
    for (const state of statesOf(name, execution)) right.add(state)
    if (!execution.jobs.some(isLost)) break
    const ofLost = execution.jobs.filter(isLost).map(resultOf)
    for (const state of [...ofLost, 'pending', 'error', 'failure'] as const) right.add(state)
  }
  return right
}

/** Followed jobs count together, and any failure wins; of what is published once the last wins. */
function statesOf(name: Name, execution: Execution): State[] {
  const live = jobsOf(name, execution).filter((job) => !isLost(job))
  const followed = live.filter(({ plan }) => isFollowed(plan)).map(resultOf)
  const once = live.filter(({ plan }) => !isFollowed(plan))
  const isLast = ({ plan }: JobRecord) => once.every((other) => !other.plan.after.includes(plan))
  const states = once.filter(isLast).flatMap((job) => shownBy(job, name.context) ?? [])
  const failures = followed.filter((state) => state !== 'success')
  return [...(failures.length > 0 ? failures : followed), ...states]
}

/**
 * The jobs of an execution; beside a re-run of some of them, the results of the others still stand.
 */
function jobsOf({ executions }: Name, { key, jobs }: Execution): JobRecord[] {
  const repeated = jobs.flatMap(({ plan }) => plan.repeats ?? [])
  const before = executions.find((one) =>
    one.jobs.some(({ plan }) => one.key !== key && repeated.includes(plan)),
  )
  const others = before === undefined ? [] : before.jobs
  return [...jobs, ...others.filter(({ plan }) => !repeated.includes(plan))]
}

function resultOf({ result }: JobRecord): State {
  return result === 'cancelled' ? 'error' : result
}

function shownBy({ plan, shows }: JobRecord, context: string): State | undefined {
  return entriesOf(plan).find((entry) => entry.context === context)?.state ?? shows
}
