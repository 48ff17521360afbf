import type { GitHub } from '../github/connect.ts'
import { createStatus, type NewStatus } from '../github/create-status.ts'
import type { Failure } from '../github/errors.ts'
import type { Status } from '../github/status.ts'
import { quote } from '../status/text.ts'
import { targetUrlOf } from '../status/url.ts'
import { type History, type Look, ofName } from './history.ts'
import type { Decision } from './last-word.ts'

/**
 * What came of a status: it was published, left to another, or failed. `status` is what was, or was
 * to be, written.
 */
export type Written = {
  status: NewStatus
  /** Empty if it was not published. */
  id: string
  /** Who kept the last word instead, or what was repeated in place of our success. */
  kept?: 'newer' | 'failure'
  failure?: Failure
}

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
 * been stored: if the newest status is ours, it is done, otherwise the rule decides anew.
 */
export async function write(
  github: GitHub,
  history: History,
  own: NewStatus,
  rule: Rule,
): Promise<Written> {
  const stepBy: StepBy = (look, sent) =>
    stepOf(ofName(look, own.context, github.access.isGitea), sent, rule)

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
 * The line for the log about one status. @param server of our own job's pages, empty for another
 * server's API
 */
export function lineOf({ status, id, kept }: Written, repository: string, server: string): string {
  const { context, state, description, sha } = status
  const name = `${quote(context, 255)} on ${commitLabel(repository, sha, server)}`
  if (kept === 'newer') return `Left ${name}: a newer run has published it.`
  if (kept === 'failure' && id === '') {
    return `Left ${name} at its failure, which this job's success must not hide.`
  }
  return `Published ${state} as ${name}: ${description}`
}

/** `owner/name@abc1234`, with the commit's page. */
export function commitLabel(repository: string, sha: string, server: string): string {
  const label = `${repository}@${sha.slice(0, 7)}`
  return server === '' ? label : `${label} (${server}/${repository}/commit/${sha})`
}
