import { combinedState } from '../../api/rules.ts'
import type { JobRecord } from '../plan.ts'
import type { Played } from '../play.ts'

/** A gate says what the statuses were when it last looked. */
export function checkGate({ plan, name, stages }: JobRecord, played: Played): string[] {
  const state = stages[0]?.outputs.state
  if (plan.kind !== 'gate' || state === undefined) return []

  const look = played.exchanges.findLast(
    ({ by, told }) => by === name && (told === 200 || told === 304),
  )
  const seen = played.statuses.filter(
    ({ id, context }) => id <= (look?.newest ?? 0) && context.startsWith('CI / leg '),
  )
  const states = [...new Map(seen.map((status) => [status.context, status.state])).values()]
  const expected = combinedState(states)
  return state === expected ? [] : [`the gate ${name} says ${state}, and it was ${expected}`]
}
