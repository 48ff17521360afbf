import { isHopeless } from '../github/cause.ts'
import type { GitHub } from '../github/connect.ts'
import { createStatus, type NewStatus } from '../github/create-status.ts'
import type { Status } from '../github/status.ts'
import { targetUrlOf } from '../status/url.ts'
import { type History, type Look, ofName } from './last-word/history.ts'
import type { Decision } from './last-word/last-word.ts'
import type { Written } from './written.ts'

/** What decides whether a status is written, by the history of its name. */
export type Rule = {
  /** Whether to look before the first attempt, and not only before another one. */
  looksFirst: boolean
  /** Whether an earlier stage may have stored the same status already. */
  isRetry?: boolean
  decide(history: readonly Status[]): Decision
}

/** What a look shows: what to do, or that it is done, because the newest status is ours. */
type Step = Decision | { does: 'stop'; id: string }

type WriteStep = Extract<Step, { does: 'publish' | 'repeat' }>

const PUBLISH: Decision = { does: 'publish' }

/**
 * Writes one status by a rule. A failed write is tried again only after a look, since it may have
 * been stored: if the newest status is ours, it is done, otherwise the rule decides anew. No look is
 * needed after a limit's refusal, if the rule did not look first; one that fails keeps nothing back.
 */
export async function write(
  github: GitHub,
  history: History,
  own: NewStatus,
  rule: Rule,
): Promise<Written> {
  const stepBy: StepBy = (look, sent) =>
    stepOf(ofName(look, own.context, github.access.platform), sent, rule)

  const look = rule.looksFirst ? await history.fresh() : undefined
  let step: Step = look === undefined ? PUBLISH : stepBy(look, rule.isRetry ? own : undefined)
  let status = own
  while (isWrite(step)) {
    status = statusBy(step, own)
    const { result, next } = await attempt(github, history, { step, status }, rule, stepBy)
    if ('value' in result) return { status, id: result.value.id, ...keptBy(step) }
    if (next === undefined) return { status, id: '', failure: result.failure }
    step = next
  }
  return step.does === 'stop' ? { status, id: step.id } : { status: own, id: '', kept: step.why }
}

function isWrite(step: Step): step is WriteStep {
  return step.does === 'publish' || step.does === 'repeat'
}

function keptBy({ does }: WriteStep): Pick<Written, 'kept'> {
  return does === 'repeat' ? { kept: 'failure' } : {}
}

type StepBy = (look: Look, sent: NewStatus | undefined) => Step

/** @param sent what was, or may have been, sent before */
function stepOf(seen: readonly Status[], sent: NewStatus | undefined, rule: Rule): Step {
  const [newest] = seen
  const isStored = newest !== undefined && sent !== undefined && isEqual(newest, sent)
  return isStored ? { does: 'stop', id: String(newest.id) } : rule.decide(seen)
}

/** Sends a status until that succeeds or fails, or a look before another attempt says `next`. */
async function attempt(
  github: GitHub,
  history: History,
  { step, status }: { step: Step; status: NewStatus },
  rule: Rule,
  stepBy: StepBy,
): Promise<{ result: Awaited<ReturnType<typeof createStatus>>; next?: Step }> {
  let next: Step = step
  const result = await createStatus(github, status, async (wasRefused) => {
    // Nothing was stored: only a result has to know what has come meanwhile.
    if (wasRefused && !rule.looksFirst) return true
    const look = await (wasRefused ? history.fresh() : history.again())
    next = look === undefined ? step : stepBy(look, status)
    return isSame(next, step)
  })
  return isSame(next, step) ? { result } : { result, next }
}

/** What a decision says to write: our own status, or a failure that our success must not hide. */
function statusBy(decision: Step, own: NewStatus): NewStatus {
  if (decision.does !== 'repeat') return own
  const { state, description, target_url } = decision.status
  return { ...own, state, description, target_url: targetUrlOf(target_url) || undefined }
}

function isEqual(seen: Status, { state, description, target_url = '' }: NewStatus): boolean {
  return seen.state === state && seen.description === description && seen.target_url === target_url
}

function isSame(one: Step, other: Step): boolean {
  if (one.does === 'repeat' && other.does === 'repeat') return one.status.id === other.status.id
  return one.does === other.does
}

/**
 * Writes several statuses one after the other. The rest are still tried if one is refused, but not
 * once a failure shows that no other can succeed, or the step is stopped.
 * @param write writes one
 * @param isStopped asked before each
 */
export async function writeInTurn(
  statuses: readonly NewStatus[],
  write: (status: NewStatus) => Promise<Written>,
  isStopped: () => boolean = () => false,
): Promise<Written[]> {
  const all: Written[] = []
  for (const status of statuses) {
    const isOver = all.some(({ failure }) => failure !== undefined && isHopeless(failure.cause))
    const one = isOver || isStopped() ? { status, id: '' } : await write(status)
    all.push(one)
  }
  return all
}
