import {
  executionOf,
  isLost,
  type Job,
  type Moment,
  newestIn,
  type Result,
  type World,
  type Written,
} from './world.ts'

export type Wrong =
  | 'stuck'
  | 'empty'
  | 'green over red'
  | 'red over green'
  | 'green over pending'
  | 'green too early'

/** Whether the last run is the one that began last, or, to someone who counts so, the one that was created last. */
type By = 'beginning' | 'creation'

/**
 * What a commit wrongly shows at the end, or undefined if it is right. Knows nothing of the rule, of links or of ids: it
 * asks which execution is the last, what its jobs have come to, and which of that counts.
 */
export function wrongAtEnd(world: World, moment: Moment, by: By): Wrong | undefined {
  const top = newestIn(moment)
  if (top === undefined) return world.jobs.every(isLost) ? undefined : 'empty'
  const right = rightStates(world, moment, executionsOf(world, moment, by))
  if (right.has(top.state) || isForTheSweep(world, top)) return undefined

  if (top.state === 'pending') return 'stuck'
  if (top.state === 'failure') return 'red over green'
  return right.has('failure') ? 'green over red' : 'green over pending'
}

/**
 * What a commit wrongly shows meanwhile: the success of a followed job, while another one of the last execution has opened
 * and runs, or has failed. What is published once, by a step of that one too, is what somebody asked for.
 */
export function wrongMeanwhile(world: World, moment: Moment, by: By): Wrong | undefined {
  const top = newestIn(moment)
  const isResult = top?.state === 'success' && top.kind === 'result'
  if (!isResult || world.jobs[top.of]?.publishes !== 'follow') return undefined

  const [last] = executionsOf(world, moment, by)
  const isWaitedFor = (job: Job, index: number) => {
    const own = newestIn(moment, index)
    if (own === undefined || index === top.by) return false
    const hasEnded = moment.jobs[index]?.next === 'end' && !isLost(job)
    const hasPassed = own.kind === 'mark' || (hasEnded && job.result === 'success')
    const isOfLast = job.publishes === 'follow' && executionOf(job) === last
    return isOfLast && own.state !== 'success' && !hasPassed
  }
  return world.jobs.some(isWaitedFor) ? 'green too early' : undefined
}

/** The executions that have begun, the last one first. */
function executionsOf({ jobs }: World, { begun }: Moment, by: By): number[] {
  const createdAt = (execution: number) =>
    Math.min(...jobs.filter((job) => executionOf(job) === execution).map(creationOf))
  return by === 'beginning'
    ? begun.toReversed()
    : begun.toSorted((a, b) => createdAt(b) - createdAt(a))
}

/** On the scale of job ids: run 100 was created before job 1000, and each later run a little before its first job. */
function creationOf({ run, attempt, id }: Job): number {
  return attempt > 1 ? id : 1000 + (run - 100) * 15
}

/** A pending that waits for a lost runner is not for the jobs of other runs to close. */
function isForTheSweep({ jobs }: World, { state, by }: Written): boolean {
  const writer = jobs[by]
  const isOfExecution = (job: Job) => writer && executionOf(job) === executionOf(writer)
  return state === 'pending' && jobs.some((job) => isLost(job) && isOfExecution(job))
}

/** The states that the name can show: those of the last execution, and of those before it if it lost a job. */
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
  const publishing = [...jobs.entries()].filter(([, { publishes }]) => publishes !== 'nothing')
  const own = publishing.filter(([, job]) => executionOf(job) === execution)
  if (own.every(([, { repeats }]) => repeats === undefined)) return own

  const isRepeated = (index: number) => own.some(([, { repeats }]) => repeats === index)
  const before = publishing.filter(
    ([index, job]) => executionOf(job) === execution - 1 && !isRepeated(index),
  )
  return [...own, ...before]
}

/**
 * Of jobs one after the other, one of which publishes once, the last one counts. Of the rest followed jobs count together,
 * and the worst wins; of what is published once the last wins, and the result of a relayed run.
 */
function statesOf(jobs: readonly Indexed[], { history }: Moment): Result[] {
  const live = jobs.filter(([, job]) => !isLost(job))
  const last = jobs.filter(
    ([index, { publishes }]) =>
      !live.some(([, other]) => {
        const isOnce = publishes === 'once' || other.publishes === 'once'
        return isOnce && other.after.includes(index)
      }),
  )
  const followed = last.filter(([, { publishes }]) => publishes === 'follow')
  const states = followed.map(([, job]) => (isLost(job) ? 'pending' : job.result))
  const worst = (['failure', 'pending', 'success'] as const).find((one) => states.includes(one))

  const once = last.filter(([, job]) => job.publishes === 'once' && !isLost(job))
  const relayed = once.filter(([, { relays, result }]) => relays && result !== 'pending')
  if (relayed.length > 0) return relayed.map(([, { result }]) => result)
  const stored = history
    .filter((one) => one !== 'flood')
    .findLast(({ by, of }) => by === of && once.some(([index]) => index === by))
  const single = stored ? [stored.state] : once.map(([, job]) => job.result)
  return worst === undefined ? single : [worst, ...single]
}
