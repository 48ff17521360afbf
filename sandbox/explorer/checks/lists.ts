import { quote } from '../../../src/status/text.ts'
import { combinedState } from '../../api/rules.ts'
import { entriesOf, isLost, type JobRecord } from '../plan.ts'
import type { Played } from '../play.ts'
import { annotationsOf, publishedBy } from './lines.ts'

const MOST = 80
const WINDOW = 60_000

/**
 * Of a list nothing is lost unsaid, the pace is kept, and a cancelled step still says what it has
 * done.
 */
export function checkList(record: JobRecord, { exchanges }: Played): string[] {
  const stage = record.stages.find(({ name }) => name === 'main')
  if (record.plan.kind !== 'list' || stage === undefined) return []

  const writes = exchanges.filter(({ by, method }) => by === record.name && method === 'POST')
  const isFast = writes.some(({ sent }, index) => {
    const later = writes[index + MOST]
    return later !== undefined && later.sent - sent < WINDOW
  })
  const fast = isFast ? [`the list of ${record.name} writes more than ${MOST} a minute`] : []
  if (stage.ended === undefined) {
    const isCut = writes.length > 0 && !isLost(record)
    return isCut ? [...fast, `the list of ${record.name} is cut off, and has not said why`] : fast
  }

  const isBeforeAny = writes.length === 0 && annotationsOf(stage).length > 0
  if (isBeforeAny) return []

  const published = new Set(publishedBy(stage).map(({ context }) => context))
  const isNamed = (context: string) =>
    stage.lines.some(({ text }) => text.includes(quote(context, 255)))
  const unsaid = entriesOf(record.plan).filter(
    ({ context }) => !published.has(context) && !isNamed(context),
  )
  const more = stage.lines.map(({ text }) => Number(/ and (\d+) more\.$/m.exec(text)?.[1] ?? 0))
  if (unsaid.length <= Math.max(...more)) return fast
  return [...fast, ...unsaid.map(({ context }) => `nothing is said of "${context}" of a list`)]
}

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
