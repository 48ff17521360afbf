import type { Exchange } from '../exchange.ts'
import { NEVER } from '../faults.ts'
import { entriesOf, isOnce, type JobRecord, type StageRecord } from '../plan.ts'
import { annotationsOf, type CheckStage } from './lines.ts'

/**
 * How long a stage can take in milliseconds, and how long if the server says when to come again.
 */
function budgetOf({ name }: StageRecord, { plan, result }: JobRecord): [number, number] {
  const entries = entriesOf(plan).length
  if (name === 'pre') return [20_000, 20_000]
  if (name === 'main' && !isOnce(plan)) return [50_000, 50_000]
  if (name === 'main') return [50_000 + 2_000 * entries, 150_000 + 2_000 * entries]
  if (name === 'combined') return [250_000, 250_000]
  if (result !== 'cancelled') return [240_000, 240_000]
  const usual = Math.min(60_000 + 2_000 * (plan.with.context ?? '').split('\n').length, 240_000)
  return [usual, Math.max(usual, 150_000)]
}

export const checkTime: CheckStage = (stage, job, { slack }, own) => {
  const { began, ended } = stage
  if (ended === undefined) return []

  const [usual, latest] = budgetOf(stage, job)
  const isAsked = own.some(({ asked, isLimit }) => asked !== undefined || isLimit)
  const budget = isAsked ? latest : usual
  const took = ended - began
  return [
    ...(took > budget + slack ? [`took ${Math.round(took)} ms of ${budget}`] : []),
    ...impatient(stage, own, usual - took),
    ...hasty(stage, own, latest - took),
    ...early(own),
  ]
}

const PASSING = /did not send a complete response|kept failing until this stage ran out of time/

/**
 * What can pass is tried again until the next wait does not fit: as asked, or from a second to half
 * a minute.
 */
function impatient(stage: StageRecord, exchanges: readonly Exchange[], left: number): string[] {
  // A gate looks again by itself, until its own time is up.
  const isPassing = annotationsOf(stage).some((text) => PASSING.test(text))
  if (stage.name === 'combined' || !isPassing || exchanges.length === 0) return []

  const backoff = Math.min(2 ** exchanges.length, 30) * 1_000
  const asked = Math.max(0, ...exchanges.map((one) => one.asked ?? 0)) * 1.25
  return left > Math.max(asked, backoff) + 3_000 ? [`gave up ${left} ms too early`] : []
}

const LIMITED = /too many statuses were created|the rate limit of the token is used up/

/** A limit is waited for if the stage has the time: of a secondary one a minute, which doubles. */
function hasty(stage: StageRecord, exchanges: readonly Exchange[], left: number): string[] {
  const refused = exchanges.findLast(({ isLimit }) => isLimit)
  const isLimited = annotationsOf(stage).some((text) => LIMITED.test(text))
  if (stage.name === 'combined' || !isLimited || refused === undefined) return []

  const attempts = exchanges.filter((one) => isSame(one, refused)).length
  const asked = refused.asked ?? 60_000 * 2 ** (attempts - 1)
  const longest = asked + Math.max(asked / 4, 1_000) + 3_000
  return longest < left ? [`did not wait ${asked} ms for a limit, with ${left} ms left`] : []
}

/**
 * No write is sent again before the time that its refusal names, or a minute after a secondary
 * limit that names none.
 */
function early(exchanges: readonly Exchange[]): string[] {
  return exchanges.flatMap((refused, index) => {
    const isOfWrite = refused.method === 'POST' && refused.answered !== NEVER
    if (!refused.isLimit || !isOfWrite) return []

    const next = exchanges.slice(index + 1).find((one) => isSame(one, refused))
    const asked = refused.asked ?? 60_000
    const waited = (next?.sent ?? NEVER) - refused.answered
    return waited < asked ? [`waited only ${waited} of ${asked} ms for a limit`] : []
  })
}

function isSame(one: Exchange, other: Exchange): boolean {
  return one.method === other.method && one.context === other.context
}
