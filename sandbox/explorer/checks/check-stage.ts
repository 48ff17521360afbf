import type { Exchange } from '../exchange.ts'
import type { JobRecord, StageRecord } from '../plan.ts'
import type { Played } from '../play.ts'

/** What is wrong with a stage, as the rest of a sentence that begins with it; `own` are its requests. */
export type CheckStage = (
  stage: StageRecord,
  job: JobRecord,
  played: Played,
  own: readonly Exchange[],
) => string[]
