import type { StatusRecord } from '../../api/github.ts'
import type { Exchange } from '../exchange.ts'
import { NEVER } from '../faults.ts'
import { entriesOf, executionOf, isFollowed, isOnce, type JobRecord } from '../plan.ts'
import type { Played } from '../play.ts'
import { REPOSITORY, SERVER } from '../world.ts'

export type Written = { status: StatusRecord; exchange: Exchange; by: JobRecord | undefined }

/**
 * What the jobs of one execution have to do with a name. Times are in milliseconds since the
 * world's beginning.
 */
export type Execution = {
  key: string
  jobs: JobRecord[]
  createdAt: number
  beganAt: number
  /** When its first status was stored. */
  shownAt: number
}

/**
 * One name on one commit: its history, oldest first, and the executions that publish there, in the
 * order in which they began.
 */
export type Name = { context: string; sha: string; history: Written[]; executions: Execution[] }

const runOf = (key: string) => key.split('#', 1).join()

/** Whether a status names the run that it is from. */
export function isOfRun({ status }: Written): boolean {
  return status.target_url?.startsWith(`${SERVER}/${REPOSITORY}/actions/runs/`) ?? false
}

export function namesIn(played: Played): Name[] {
  const keyOf = ({ sha, context }: StatusRecord) => `${sha} ${context.toLowerCase()}`
  const byKey = Map.groupBy(played.statuses, keyOf)
  return [...byKey.values()].flatMap((statuses) => {
    const [first] = statuses
    return first === undefined ? [] : [nameOf(played, first, statuses)]
  })
}

function nameOf(played: Played, { context, sha }: StatusRecord, statuses: StatusRecord[]): Name {
  const history = statuses.flatMap((status): Written[] => {
    const exchange = played.exchanges.find(({ stored }) => stored === status.id)
    const by = played.jobs.find(({ name }) => name === exchange?.by)
    return exchange === undefined ? [] : [{ status, exchange, by }]
  })
  const jobs = played.jobs.filter((job) => isPublishing(job, context, sha, history))
  const byExecution = Map.groupBy(jobs, ({ plan }) => executionOf(plan))
  const executions = [...byExecution].map(([key, jobs]) => executionIn(played, key, jobs, history))
  // Of one run the greater attempt is the later one, even if the one before comes back.
  const beganAt = (one: Execution) => {
    const attempts = executions.filter(({ key }) => runOf(key) === runOf(one.key) && key >= one.key)
    return Math.min(...attempts.map((attempt) => attempt.beganAt))
  }
  const order = (a: Execution, b: Execution) =>
    beganAt(a) - beganAt(b) || a.key.localeCompare(b.key)
  return { context, sha, history, executions: executions.sort(order) }
}

/**
 * Whether a job publishes under a name: it has, or it was given what another that has was given.
 */
function isPublishing(job: JobRecord, context: string, sha: string, history: readonly Written[]) {
  if (job.stages.length === 0 || !job.plan.commits.includes(sha)) return false
  if (job.plan.kind === 'list') return entriesOf(job.plan).some((one) => one.context === context)
  if (!isFollowed(job.plan) && !isOnce(job.plan)) return false
  return history.some(
    ({ by }) =>
      by === job || (by?.plan.kind !== 'list' && by?.plan.with.context === job.plan.with.context),
  )
}

/**
 * An execution begins with the first job that is followed under the name, or else with its first
 * job.
 */
function executionIn(
  { jobs: all }: Played,
  key: string,
  jobs: JobRecord[],
  history: readonly Written[],
): Execution {
  const followed = jobs.filter(({ plan }) => isFollowed(plan))
  const ofRun = all.filter(({ plan }) => executionOf(plan) === key && plan.kind !== 'gate')
  const first = history.find(({ by }) => by !== undefined && jobs.includes(by))
  const beginning = followed.length > 0 ? followed.map(openedAt) : ofRun.map((job) => job.startedAt)
  return {
    key,
    jobs,
    createdAt: Math.min(...ofRun.map((job) => job.createdAt)),
    beganAt: Math.min(...beginning),
    shownAt: first?.exchange.handled ?? Number.POSITIVE_INFINITY,
  }
}

/** When a job's status is opened: at its start, or at its step. */
function openedAt({ startedAt, stages }: JobRecord): number {
  return stages[0]?.began ?? startedAt
}

/** The last look of a stage that was answered before it sent a write. */
export function lookBefore(exchanges: readonly Exchange[], write: Exchange): Exchange | undefined {
  return exchanges.findLast(
    (one) =>
      one.by === write.by &&
      one.stage === write.stage &&
      one.method === 'GET' &&
      one.told === 200 &&
      one.handled !== NEVER &&
      one.sent < write.sent,
  )
}
