import type { Moment, Written } from './moment.ts'
import { executionOf, type Job, type Result, type World } from './world.ts'

export type Wrong = 'stuck' | 'empty' | 'green over red' | 'red over green' | 'green over pending'

/**
 * What a commit wrongly shows at the end, or undefined if it is right. Knows nothing of the rule, of links or of ids: it
 * asks which execution began last, what its jobs have come to, and which of that counts.
 */
export function wrongIn(world: World, moment: Moment): Wrong | undefined {
  return judge(world, moment, moment.begun.toReversed())
}

/** The same, for someone to whom the last run is the one that was created last. */
export function wrongByCreation(world: World, moment: Moment): Wrong | undefined {
  const createdAt = (execution: number) =>
    Math.min(...world.jobs.filter((job) => executionOf(job) === execution).map(creationOf))
  const executions = moment.begun.toSorted((a, b) => createdAt(b) - createdAt(a))
  return judge(world, moment, executions)
}

/** On the scale of job ids: run 100 was created before job 1000, and each later run a little before its first job. */
function creationOf({ run, attempt, id }: Job): number {
  return attempt > 1 ? id : 1000 + (run - 100) * 15
}

function judge(world: World, moment: Moment, executions: readonly number[]): Wrong | undefined {
  const top = moment.history.findLast((one) => one !== 'flood')
  const right = rightStates(world, moment, executions)
  if (top === undefined) return 'empty'
  if (right.has(top.state) || isForTheSweep(world, top)) return undefined

  if (top.state === 'pending') return 'stuck'
  if (top.state === 'failure') return 'red over green'
  return right.has('failure') ? 'green over red' : 'green over pending'
}

/** A pending that waits for a lost runner is not for the jobs of other runs to close. */
function isForTheSweep({ jobs }: World, { state, by }: Written): boolean {
  const writer = jobs[by]
  const isOfExecution = (job: Job) => writer && executionOf(job) === executionOf(writer)
  return state === 'pending' && jobs.some((job) => isLost(job) && isOfExecution(job))
}

/** The states that the name can show: those of the execution that began last, and of those before it if it lost a job. */
function rightStates(world: World, moment: Moment, executions: readonly number[]): Set<Result> {
  const right = new Set<Result>()
  for (const execution of executions) {
    const jobs = jobsOf(world, execution)
    for (const state of statesOf(jobs, moment)) right.add(state)
    if (!jobs.some(([, job]) => isLost(job))) break
    right.add('pending')
  }
  return right
}

type Indexed = [index: number, job: Job]

/** The jobs of an execution; beside a re-run of some jobs, the results of the others still stand. */
function jobsOf({ jobs }: World, execution: number): Indexed[] {
  const indexed: Indexed[] = [...jobs.entries()]
  const own = indexed.filter(([, job]) => executionOf(job) === execution)
  if (own.every(([, { repeats }]) => repeats === undefined)) return own

  const isRepeated = (index: number) => own.some(([, { repeats }]) => repeats === index)
  const before = indexed.filter(
    ([index, job]) => executionOf(job) === execution - 1 && !isRepeated(index),
  )
  return [...own, ...before]
}

/** Followed jobs count together, and the worst wins; of what is published once the last wins. */
function statesOf(jobs: readonly Indexed[], { history }: Moment): Result[] {
  const live = jobs.filter(([, job]) => !isLost(job))
  const followed = live.filter(([, { publishes }]) => publishes === 'follow')
  const once = live.filter(([, { publishes }]) => publishes === 'once')

  const states = followed.length > 0 ? [worst(followed.map(([, { result }]) => result))] : []
  if (once.length === 0) return states

  const isStored = (index: number) =>
    history.some((one) => one !== 'flood' && one.by === index && one.of === index)
  const unstored = once.filter(([index]) => !isStored(index))
  // A later job that has left its status to another run counts as the last.
  const last = unstored.filter(([, job]) =>
    once.every(([index, other]) => other === job || job.after.includes(index)),
  )
  if (last.length > 0) return [...states, ...last.map(([, { result }]) => result)]

  const stored = history.findLast(
    (one) => one !== 'flood' && one.by === one.of && once.some(([index]) => index === one.by),
  )
  if (stored !== undefined && stored !== 'flood') return [...states, stored.state]
  return [...states, ...once.map(([, { result }]) => result)]
}

function worst(results: readonly Result[]): Result {
  const order = ['failure', 'pending', 'success'] as const
  return order.find((result) => results.includes(result)) ?? 'success'
}

function isLost({ trouble }: Job): boolean {
  return trouble === 'runner lost'
}
