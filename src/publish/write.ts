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
  decide(history: readonly Status[]): Decision
}

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
  const { isGitea } = github.access
  const seenIn = (look: Look) => ofName(look, own.context, isGitea)
  const decideBy = (look: Look | undefined) =>
    look === undefined ? PUBLISH : rule.decide(seenIn(look))

  let decision = rule.looksFirst ? decideBy(await history.fresh()) : PUBLISH
  for (;;) {
    if (decision.does === 'leave') return { status: own, id: '', kept: decision.why }

    const status = statusBy(decision, own)
    let stored: Status | undefined
    let next: Decision | undefined
    const mayRetry = async () => {
      const look = await history.again()
      if (look === undefined) return true
      const seen = seenIn(look)
      if (seen[0] !== undefined && isEqual(seen[0], status)) stored = seen[0]
      else next = changeOf(decision, rule.decide(seen))
      return stored === undefined && next === undefined
    }
    const result = await createStatus(github, status, mayRetry)

    const kept = decision.does === 'repeat' ? { kept: 'failure' as const } : {}
    if (stored !== undefined) return { status, id: String((stored as Status).id), ...kept }
    if ('value' in result) return { status, id: result.value.id, ...kept }
    if (next === undefined) return { status, id: '', failure: result.failure }
    decision = next
  }
}

const PUBLISH: Decision = { does: 'publish' }

/** What a decision says to write: our own status, or a failure that our success must not hide. */
function statusBy(decision: Decision, own: NewStatus): NewStatus {
  if (decision.does !== 'repeat') return own
  const { state, description, target_url } = decision.status
  return { ...own, state, description, target_url: targetUrlOf(target_url) || undefined }
}

function isEqual(seen: Status, { state, description, target_url = '' }: NewStatus): boolean {
  return seen.state === state && seen.description === description && seen.target_url === target_url
}

/** The new decision, if it is another one. */
function changeOf(before: Decision, now: Decision): Decision | undefined {
  const isSame =
    before.does === 'repeat' && now.does === 'repeat'
      ? before.status.id === now.status.id
      : before.does === now.does
  return isSame ? undefined : now
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
