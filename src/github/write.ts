import { type Failure, mayBeStored } from './cause.ts'
import type { GitHub } from './connect.ts'
import { createStatus, type NewStatus } from './create-status.ts'
import { type History, type Look, ofName } from './history.ts'
import { waitToRetry } from './retry.ts'
import type { Status } from './status.ts'

/** What a rule makes of the history of a name. `why`: whose status is kept, or repeated. */
export type Step = { does: 'write'; status: NewStatus; why?: Why } | { does: 'leave'; why: Why }

export type Why = 'newer' | 'failure'

/** What decides whether a status is written, by the history of its name. */
export type Rule = {
  /** Whether to look before the first attempt, and not only before another one. */
  looksFirst: boolean
  /** Whether an earlier stage may have stored the same status already. */
  mayBeStored?: boolean
  /** @param seen the statuses of the name, newest first */
  decide(seen: readonly Status[], own: NewStatus): Step
}

/**
 * What came of a status: it was published, left to another, or failed. `status` is what was, or was
 * to be, written.
 */
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

/** What to send, or what has come of it. */
type Turn = Extract<Step, { does: 'write' }> | { does: 'end'; written: Written }

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
  const { platform } = github.access
  let turn: Turn = { does: 'write', status: own }
  let sent = rule.mayBeStored ? own : undefined
  let look = isLookNeeded(rule) ? await history.fresh() : undefined
  let isLost = false

  for (let retries = 0; ; retries++) {
    if (look !== undefined) turn = turnBy(ofName(look, own.context, platform), own, sent, rule)
    if (turn.does === 'end') return turn.written

    sent = turn.status
    const created = await createStatus(github, sent)
    if ('value' in created) return { status: sent, id: created.value.id, ...keptBy(turn) }

    const { failure } = created
    isLost ||= mayBeStored(failure)
    const isRetried = await waitToRetry(github, failure, retries)
    if (!isRetried) return { status: sent, id: '', failure, mayBeStored: isLost }
    look = await lookAgain(history, rule, failure)
  }
}

const isLookNeeded = ({ looksFirst, mayBeStored }: Rule) => looksFirst || mayBeStored

const keptBy = ({ why }: { why?: Why }) => (why === undefined ? {} : { kept: why })

function turnBy(
  seen: readonly Status[],
  own: NewStatus,
  sent: NewStatus | undefined,
  rule: Rule,
): Turn {
  const [newest] = seen
  const isStored = newest !== undefined && sent !== undefined && isEqual(newest, sent)
  if (isStored) return { does: 'end', written: { status: sent, id: String(newest.id) } }

  const step = rule.decide(seen, own)
  if (step.does === 'write') return step
  return { does: 'end', written: { status: own, id: '', kept: step.why } }
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
