import type { Exchange } from '../exchange.ts'
import { NEVER, STALE } from '../faults.ts'
import { isOnce, type JobRecord, type StageRecord } from '../plan.ts'
import type { Played } from '../play.ts'
import { type CheckStage, isBlind } from './lines.ts'

/** Milliseconds for which a look counts. */
const FRESH = 2_000

/** A result is written by a look that is fresh, and a write that was stored is not repeated. */
export const checkWrites: CheckStage = (stage, job, { statuses }, own) => [
  ...(isOfResult(stage, job) ? stale(own, isBlind(stage)) : []),
  ...(isBlind(stage) ? [] : repeated(own, statuses)),
]

function isOfResult({ name }: StageRecord, { plan }: JobRecord): boolean {
  const isState = isOnce(plan) && plan.kind !== 'list'
  return name === 'post' || (name === 'main' && isState)
}

/** When the last look before a write ended, whatever came of it. */
function lookBefore(own: readonly Exchange[], write: Exchange): Exchange | undefined {
  return own
    .slice(0, own.indexOf(write))
    .findLast(({ method, context }) => method === 'GET' && context === '')
}

/** Once a look has failed, which the log says, no other is made for the names that follow. */
function stale(own: readonly Exchange[], isBlind: boolean): string[] {
  const writes = own.filter(({ method }) => method === 'POST')
  return writes.flatMap((write) => {
    const look = lookBefore(own, write)
    if (look === undefined) return [`writes "${write.context}" without a look`]
    // A look that nobody answers ends by its own time limit.
    const ended = look.answered === NEVER ? look.sent + 10_000 : look.answered
    const age = write.sent - ended
    return age > FRESH + 1 && !isBlind
      ? [`writes "${write.context}" by a look of ${age} ms before`]
      : []
  })
}

/** What was stored before the look that led to another write was to be seen there. */
function repeated(own: readonly Exchange[], statuses: Played['statuses']): string[] {
  const byId = new Map(statuses.map((status) => [status.id, status]))
  const writes = own.filter(({ stored }) => stored !== undefined)
  return writes.flatMap((write) => {
    const status = byId.get(write.stored ?? 0)
    const before = status && statusBefore(status, statuses)
    const first = writes.find(({ stored }) => stored === before?.id)
    if (status === undefined || before === undefined || first === undefined) return []
    // Nobody waits for what was given up, nor looks for it.
    if (first.isGivenUp) return []

    const isSeen = first.handled < lookedAt(own, first, write)
    return isSeen && textOf(status) === textOf(before)
      ? [`has written "${status.context}" twice`]
      : []
  })
}

type Status = Played['statuses'][number]

/** The status that was the newest of its name before. */
function statusBefore({ id, sha, context }: Status, statuses: readonly Status[]) {
  const isBefore = (other: Status) =>
    other.id < id && other.sha === sha && other.context === context
  return statuses.findLast(isBefore)
}

function textOf({ state, description, target_url }: Status): string {
  return [state, description, target_url].join('\n')
}

/**
 * When the last look between two writes began, or when the second was sent. A look that failed, or
 * that something else answered in the server's place, shows nothing.
 */
function lookedAt(own: readonly Exchange[], first: Exchange, write: Exchange): number {
  const between = own.slice(own.indexOf(first) + 1, own.indexOf(write))
  const last = between.findLastIndex(({ method }) => method === 'GET')
  const before = between.slice(0, last + 1).findLastIndex(({ method }) => method === 'POST')
  const pages = between.slice(before + 1, last + 1)
  const showsNothing = ({ told, handled, fault }: Exchange) =>
    told !== 200 || handled === NEVER || fault === STALE
  if (pages.some(showsNothing)) return 0
  return pages[0]?.sent ?? write.sent
}
