import { quote } from '../status/text.ts'
import { type Failure, mayBeStored } from './cause.ts'
import type { GitHub } from './connect.ts'
import { type History, type Look, ofName } from './history.ts'
import { waitToRetry } from './retry.ts'
import { createStatus, type NewStatus, type Status } from './status.ts'

/**
 * What a rule makes of the history of a name. `why`: whose status is kept, or repeated; `next`: the
 * rule by which another look decides after the write.
 */
export type Step =
  | { does: 'write'; status: NewStatus; why?: Why; next?: Rule }
  | { does: 'leave'; why: Why }

type Why = 'newer' | 'failure' | 'sibling'

/** What decides whether a status is written, by the history of its name. */
export type Rule = {
  /** Whether to look before the first attempt, and not only before another one. */
  looksFirst: boolean
  /** Whether an earlier stage may have stored the same status already. */
  mayBeStored?: boolean
  /** @param seen the statuses of the name, newest first */
  decide(seen: readonly Status[], own: NewStatus): Step
}

/** What came of a status; `status` is what was, or was to be, written. */
export type Written = {
  status: NewStatus
  /** Empty if it was not published. */
  id: string
  /** Who kept the last word instead, or what was repeated in place of our success. */
  kept?: Why
  failure?: Failure
  /** Whether it may have been stored although it failed, since an answer was lost. */
  mayBeStored?: boolean
}

type Send = Extract<Step, { does: 'write' }>

/** What came of a status, and the rule that decides what is written after it. */
type Ended = { written: Written; next?: Rule | undefined }

/**
 * Writes one status by a rule: look, decide, send once; if that failed in a way that passes, wait
 * and begin again. A failed write may have been stored all the same: if the newest status equals
 * what was sent, it is done. After a refusal only a rule that looks first looks again. If a
 * look fails, the last decision stands.
 */
export async function write(
  github: GitHub,
  history: History,
  own: NewStatus,
  rule: Rule,
): Promise<Written> {
  const look = rule.looksFirst || rule.mayBeStored ? await history.fresh() : undefined
  const { written, next } = await send(github, history, own, rule, look)
  if (next === undefined) return written

  github.log(`${quote(own.context, 255)} is pending: ${written.status.description}. Looking again.`)
  const read = await history.insist(written.id)
  if ('failure' in read) return { status: written.status, id: '', failure: read.failure }
  const { written: last } = await send(github, history, own, next, read.value)
  return last.failure === undefined ? { kept: 'sibling', ...last } : last
}

async function send(
  github: GitHub,
  history: History,
  own: NewStatus,
  rule: Rule,
  first: Look | undefined,
): Promise<Ended> {
  let look = first
  let step: Send = { does: 'write', status: own }
  let sent = rule.mayBeStored ? step : undefined
  let isLost = false

  for (let retries = 0; ; retries++) {
    if (look !== undefined) {
      const turn = turnBy(ofName(look, own.context, github.access.platform), own, sent, rule)
      if ('written' in turn) return turn
      step = turn
    }
    sent = step
    const created = await createStatus(github, step.status)
    if ('value' in created) return endedBy(step, created.value.id)

    const { failure } = created
    isLost ||= mayBeStored(failure)
    const isRetried = await waitToRetry(github, failure, retries)
    if (!isRetried) {
      return { written: { status: step.status, id: '', failure, mayBeStored: isLost } }
    }
    look = await lookAgain(history, rule, failure)
  }
}

function endedBy({ status, why, next }: Send, id: string): Ended {
  return { written: { status, id, ...(why && { kept: why }) }, next }
}

/** What to send next, or what has come of it. */
function turnBy(
  seen: readonly Status[],
  own: NewStatus,
  sent: Send | undefined,
  rule: Rule,
): Send | Ended {
  const [newest] = seen
  if (newest && sent && isEqual(newest, sent.status)) return endedBy(sent, String(newest.id))

  const step = rule.decide(seen, own)
  if (step.does === 'write') return step
  return { written: { status: own, id: '', kept: step.why } }
}

function isEqual(seen: Status, { state, description, target_url = '' }: NewStatus): boolean {
  return seen.state === state && seen.description === description && seen.target_url === target_url
}

/** Nothing is stored when the server refuses: only a result has to know what has come meanwhile. */
async function lookAgain(
  history: History,
  { looksFirst }: Rule,
  failure: Failure,
): Promise<Look | undefined> {
  if (mayBeStored(failure)) return history.again()
  return looksFirst ? history.fresh() : undefined
}
