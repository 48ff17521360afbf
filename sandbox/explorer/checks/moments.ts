import { NEVER, STALE } from '../faults.ts'
import { isFollowed, isLost, type JobRecord } from '../plan.ts'
import type { Played } from '../play.ts'
import { isBlind } from './lines.ts'
import { type Execution, isOfRun, lookBefore, type Name, type Written } from './name.ts'

/**
 * At no moment a name is green by a followed job while another of its execution runs that it could see: one that began
 * before its last look, on a server with job ids, unless it could not look or a newer execution has begun.
 */
export function checkMoments(name: Name, played: Played): string[] {
  return name.history.flatMap((written) => {
    const execution = name.executions.find(({ jobs }) => written.by && jobs.includes(written.by))
    if (execution === undefined || !isOwnSuccess(written)) return []
    const running = execution.jobs.filter((job) => isRunning(job, name, written, played))
    if (running.length === 0 || isLate(execution, name) || isVague(name)) return []
    if (followsRace(written, name, played)) return []
    return [
      `"${name.context}" is green by ${written.by?.name} while ${running.map((job) => job.name).join(', ')} still runs`,
    ]
  })
}

function isOwnSuccess({ status, by }: Written): boolean {
  if (by === undefined || !isFollowed(by.plan) || by.stages.some(isBlind)) return false
  return status.state === 'success' && by.plan.hasId
}

/** Whether a job had opened the name before another looked for the last time, and had not ended when that wrote. */
function isRunning(job: JobRecord, name: Name, { by, exchange }: Written, played: Played): boolean {
  if (job === by || !isFollowed(job.plan) || isLost(job)) return false
  const own = name.history.filter((one) => one.by === job)
  const look = lookBefore(played.exchanges, exchange)
  const [first] = own
  // Unless its pending was never stored.
  const opened = first && first.exchange.stage !== 'post' ? first.exchange.handled : NEVER
  const ended = own[1]?.exchange.handled ?? job.stages.at(-1)?.ended ?? NEVER
  return opened < (look?.handled ?? 0) && ended > exchange.handled && look?.fault !== STALE
}

/** Whether a result of another run, with a link of the user's, can be taken for one of its own. */
function isVague({ executions, history }: Name): boolean {
  return executions.length > 1 && !history.every(isOfRun)
}

/**
 * Whether an earlier success, with a link of the user's, was written after a look that could not see that a job had just
 * begun: it is then taken for the end of that job.
 */
function followsRace(written: Written, { history }: Name, { exchanges }: Played): boolean {
  return history.slice(0, history.indexOf(written)).some((one) => {
    const looked = lookBefore(exchanges, one.exchange)?.handled ?? 0
    const isBetween = ({ status, exchange }: Written) =>
      status.state === 'pending' &&
      exchange.handled > looked &&
      exchange.handled < one.exchange.handled
    return isOwnSuccess(one) && !isOfRun(one) && history.some(isBetween)
  })
}

/** Whether another execution has begun since this one has. */
function isLate({ beganAt }: Execution, { executions }: Name): boolean {
  return executions.some((other) => other.beganAt > beganAt)
}
