import type { Exchange } from '../exchange.ts'
import { NEVER } from '../faults.ts'

/** The last look of a stage that was answered before it sent a write. */
export function lookBefore(exchanges: readonly Exchange[], write: Exchange): Exchange | undefined {
  return exchanges.findLast(
    (one) =>
      one.by === write.by &&
      one.stage === write.stage &&
      one.method === 'GET' &&
      one.told === 200 &&
      one.handled !== NEVER &&
      one.sent < write.sent,
  )
}
