import { isHopeless } from '../github/cause.ts'
import { type GitHub, paced, pause } from '../github/connect.ts'
import { type History, historyOf } from '../github/history.ts'
import { sleep } from '../github/retry.ts'
import type { NewStatus } from '../github/status.ts'
import { type Written, write } from '../github/write.ts'
import type { Runner } from '../runner/toolkit.ts'
import type { Job } from '../status/link.ts'
import { quote } from '../status/text.ts'
import { logWritten } from './outcome.ts'
import type { Plan, Planned } from './plan.ts'

/** Milliseconds for a write under way when cancelled: after 10 s the runner kills the step. */
const GRACE = 5_000

/**
 * Writes the statuses of a plan one after the other. The rest are still tried if one is refused,
 * but not once a failure shows that every other write would fail too, or a list is cancelled.
 */
export async function writeInTurn(
  runner: Runner,
  connection: GitHub,
  plan: Plan,
  job: Job,
): Promise<Written[]> {
  const sentAt: number[] = []
  const github = plan.isList ? paced(connection, sentAt) : connection
  const historyAt = historiesOf(github, plan)
  const stop = plan.isList ? stopOnCancel(runner) : undefined
  const all: Written[] = []

  for (const planned of plan.statuses) {
    const { status } = planned
    if (stop) await Promise.race([pause(github, sentAt), stop.stopped])
    const isOver = all.some(({ failure }) => failure !== undefined && isHopeless(failure.cause))
    const isUntried = isOver || stop?.isStopped() || status.sha === ''
    const written = writeOne(github, historyAt(status.sha), planned, job, isUntried)
    all.push(await (stop ? Promise.race([written, stop.cut(status)]) : written))
  }
  return all
}

/** One history serves all names of a commit. */
function historiesOf(github: GitHub, { isFound, stored }: Plan): (sha: string) => History {
  const histories = new Map<string, History>()
  return (sha) => {
    const history = histories.get(sha) ?? historyOf(github, sha, isFound, stored)
    histories.set(sha, history)
    return history
  }
}

async function writeOne(
  github: GitHub,
  history: History,
  { status, rule, id, describe }: Planned,
  job: Job,
  isUntried: boolean,
): Promise<Written> {
  if (id !== undefined || isUntried) return { status, id: id ?? '' }

  const description = status.description || describe?.(await history.fresh()) || ''
  const written = await write(github, history, { ...status, description }, rule)
  logWritten(github, job, written)
  return written
}

function stopOnCancel(runner: Runner) {
  let isStopped = false
  const stopped = runner.cancelled().then(() => {
    isStopped = true
    runner.info('Cancelled: the rest of the list is not published.')
  })
  const cut = (status: NewStatus) =>
    stopped.then(() => sleep(GRACE)).then((): Written => cutOff(status))
  return { stopped, isStopped: () => isStopped, cut }
}

/** The write that was on its way when the step was cancelled: it may or may not be stored. */
function cutOff(status: NewStatus): Written {
  const name = quote(status.context, 255)
  const message = `Could not publish ${name}: the step was cancelled before the server confirmed it.`
  return { status, id: '', failure: { cause: 'unreachable', message, topic: '' } }
}
