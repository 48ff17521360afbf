import { NEVER } from '../faults.ts'
import type { Exchange } from '../network.ts'
import { isOnce, type JobRecord, type StageRecord } from '../plan.ts'
import type { Played } from '../play.ts'
import { isBlind } from './lines.ts'

/** Milliseconds for which a look counts. */
const FRESH = 2_000

/** A result is written by a look that is fresh, and a write that was stored is not repeated. */
export function checkWrites(record: JobRecord, { exchanges, statuses }: Played): string[] {
  return record.stages.flatMap((stage) => {
    const own = exchanges.filter(({ by, stage: name }) => by === record.name && name === stage.name)
    const found = [
      ...(isOfResult(stage, record) ? stale(own, isBlind(stage)) : []),
      ...(isBlind(stage) ? [] : repeated(own, statuses)),
    ]
    return found.map((what) => `${stage.name} of ${record.name} ${what}`)
  })
}

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

function repeated(own: readonly Exchange[], statuses: Played['statuses']): string[] {
  const byId = new Map(statuses.map((status) => [status.id, status]))
  const writes = own.filter(({ stored }) => stored !== undefined)
  return writes.flatMap((write) => {
    const status = byId.get(write.stored ?? 0)
    const before = statuses.findLast(
      ({ id, sha, context }) =>
        status !== undefined && id < status.id && sha === status.sha && context === status.context,
    )
    const first = writes.find(({ stored }) => stored === before?.id)
    if (status === undefined || before === undefined || first === undefined) return []

    const texts = ({ state, description, target_url }: typeof status) =>
      [state, description, target_url].join('\n')
    const isSeen = first.handled < seenUntil(own, first, write)
    return isSeen && texts(status) === texts(before)
      ? [`has written "${status.context}" twice`]
      : []
  })
}

/**
 * Until when a write can have seen what an earlier one stored: the first page of the look between
 * them, never if that look failed, and the write itself without any look.
 */
function seenUntil(own: readonly Exchange[], first: Exchange, write: Exchange): number {
  const between = own.slice(own.indexOf(first) + 1, own.indexOf(write))
  const last = between.findLastIndex(({ method }) => method !== 'GET')
  const look = between.slice(last + 1)
  if (look.length === 0) return write.sent
  return look.find(({ told, handled }) => told === 200 && handled !== NEVER)?.sent ?? 0
}
