import { STALE } from '../faults.ts'
import { isFollowed, isOnce, type JobRecord } from '../plan.ts'
import type { Played } from '../play.ts'
import { hasFailed, isAsBefore, isBlind } from './lines.ts'
import { type Execution, isOfRun, lookBefore, type Name, type Written } from './name.ts'
import { rightStates } from './right.ts'
import { isCalm } from './tokens.ts'

/** What explains that a name ends otherwise than it should, if no client of the API can make it right. */
type Excuse = (name: Name, played: Played) => boolean

/** Why what a job has opened can stay pending. */
const OF_PENDING: Readonly<Record<string, Excuse>> = {
  'a job could not publish, and said so': (name, played) =>
    [...lastOnes(name).flatMap(({ jobs }) => jobs), name.history.at(-1)?.by].some(
      (job) => job && saidWhy(job, played),
    ),
  'a request arrives late': ({ history }) => history.some(isLate),
  'someone writes between a look and its write': (name, played) =>
    name.history.some((one) => isOvertaken(one, name, played)),
  'the history could not be read, and the log says so': (name) =>
    jobsOf(name).length > 1 && jobsOf(name).some(({ stages }) => stages.some(isBlind)),
}

/** Why anything else can be there. */
const OTHERS: Readonly<Record<string, Excuse>> = {
  [STALE]: (name, { exchanges }) => {
    const names = jobsOf(name).map((job) => job.name)
    return exchanges.some(({ by, fault }) => fault === STALE && names.includes(by))
  },
  'runs begin in another order than they were created in': (name) =>
    !showsBeginnings(name) && isRightIn(name, byCreation(name)),
  'runs begin at the same time': (name) => isRightIn(name, byShowing(name)),
  'a pending was never stored': (name) =>
    jobsOf(name).length > 1 && jobsOf(name).some((job) => isUnopened(job, name.history)),
  'hundreds of other statuses come between': ({ history }, { statuses }) => {
    const [before = 0, last = 0] = history.slice(-2).map(({ status }) => status.id)
    return statuses.filter(({ id }) => id > before && id < last).length >= 300
  },
  'a single state has a link of its own': (name) =>
    jobsOf(name).some(({ plan }) => isOnce(plan) && plan.with.target_url !== undefined),
  'one of the jobs that share a name is re-run': ({ executions }) =>
    executions.some((one) => isPartial(one, executions)),
  'a re-run on a server without job ids': (name) =>
    jobsOf(name).some(({ plan }) => plan.attempt > 1 && !plan.hasId),
  'jobs that share a name link elsewhere, on a server without job ids': ({ executions, history }) =>
    executions.some((one) => isShared(one) && one.jobs.every(({ plan }) => !plan.hasId)) &&
    !history.every(isOfRun),
  'a job that shares a name begins after a newer run has begun': ({ executions }) =>
    executions.length > 1 && executions.some(isShared),
  "a re-run's roll-up meets one whose job is created later": (name) =>
    jobsOf(name).some(({ plan }) => plan.attempt > 1 && isOnce(plan)),
}

/** The first class that explains an end. */
export function excuseOf(name: Name, played: Played, isPending: boolean): string | undefined {
  const all = Object.entries(isPending ? OF_PENDING : { ...OF_PENDING, ...OTHERS })
  return all.find(([, explains]) => explains(name, played))?.[0]
}

function jobsOf({ executions }: Name): JobRecord[] {
  return executions.flatMap(({ jobs }) => jobs)
}

function byCreation({ executions }: Name): Execution[] {
  return executions.toSorted((one, other) => one.createdAt - other.createdAt)
}

function byShowing({ executions }: Name): Execution[] {
  return executions.toSorted((one, other) => one.shownAt - other.shownAt)
}

/** Whether every execution shows when it has begun: by a pending of a followed job. */
function showsBeginnings({ executions, history }: Name): boolean {
  return executions.every(({ jobs }) => {
    const first = history.find(({ by }) => by !== undefined && jobs.includes(by))
    return first?.status.state === 'pending'
  })
}

/** The executions that someone can take for the last one. */
function lastOnes(name: Name): Execution[] {
  const orders = [name.executions, byCreation(name), byShowing(name)]
  return orders.flatMap((executions) => executions.at(-1) ?? [])
}

function isRightIn(name: Name, executions: readonly Execution[]): boolean {
  const state = name.history.at(-1)?.status.state
  return [...rightStates(name, executions)].some((right) => right === state)
}

/**
 * Whether something kept the stage that publishes a job's result from it, which it says, or main
 * has said.
 */
function saidWhy(job: JobRecord, played: Played): boolean {
  const name = isFollowed(job.plan) ? 'post' : 'main'
  const stage = job.stages.find((one) => one.name === name)
  if (stage === undefined || isCalm(job, stage, played)) return false
  return hasFailed(stage) || isAsBefore(stage)
}

/** Whether the server stored a status that its sender had given up. */
function isLate({ exchange }: Written): boolean {
  return exchange.isGivenUp
}

/** Whether something came between a write and the look that it was decided by. */
function isOvertaken(
  { status, exchange, by }: Written,
  name: Name,
  { exchanges }: Played,
): boolean {
  const look = lookBefore(exchanges, exchange)
  if (look === undefined) return false
  return name.history.some(
    (other) => other.by !== by && other.status.id > look.newest && other.status.id < status.id,
  )
}

/** Whether nothing shows when a followed job has begun. */
function isUnopened(job: JobRecord, history: readonly Written[]): boolean {
  const first = history.find(({ by }) => by === job)
  return isFollowed(job.plan) && first?.status.state !== 'pending'
}

function isPartial({ key, jobs }: Execution, executions: readonly Execution[]): boolean {
  const repeated = jobs.flatMap(({ plan }) => plan.repeats ?? [])
  return executions.some(
    (one) =>
      one.key !== key &&
      one.jobs.some(({ plan }) => repeated.includes(plan)) &&
      one.jobs.some(({ plan }) => !repeated.includes(plan)),
  )
}

function isShared({ jobs }: Execution): boolean {
  return jobs.filter(({ plan }) => isFollowed(plan)).length > 1
}
