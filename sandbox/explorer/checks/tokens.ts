import type { Exchange } from '../exchange.ts'
import type { JobRecord, StageRecord } from '../plan.ts'
import type { Played } from '../play.ts'

/**
 * Whether one of the tokens that a stage has can write all the time: the job's own, or one that is
 * given.
 */
export function canWrite({ plan }: JobRecord, stage: StageRecord, { scene }: Played): boolean {
  const { began, ended = began } = stage
  const inputs = { ...plan.with, ...plan.changes[stage.name] }
  const statesOf = (token: string) => {
    const all = scene.tokens.filter((one) => one.token === token && one.at <= ended)
    const before = all.findLast(({ at }) => at <= began)?.statuses ?? 'write'
    return [before, ...all.filter(({ at }) => at > began).map(({ statuses }) => statuses)]
  }
  const tokens = [plan.token, inputs.token].filter((token) => token !== undefined && token !== '')
  return tokens.some((token) => statesOf(token ?? '').every((state) => state === 'write'))
}

/** What pre could not find, nobody looks for later. */
function ofStage(one: Exchange, { name }: StageRecord): boolean {
  return one.stage === name || (one.stage === 'pre' && one.method === 'GET')
}

/** Whether nothing kept a stage from publishing: no fault, no limit, and a token that can write. */
export function isCalm(record: JobRecord, stage: StageRecord, played: Played): boolean {
  const own = played.exchanges.filter((one) => one.by === record.name && ofStage(one, stage))
  return own.every((one) => one.fault === '' && !one.isLimit) && canWrite(record, stage, played)
}
