import { isFollowed, isOnce, type JobRecord, type StageRecord } from '../plan.ts'
import {
  annotationsOf,
  type CheckStage,
  hasFailed,
  isAnnotation,
  leftBy,
  publishedBy,
} from './lines.ts'
import { canWrite } from './tokens.ts'

const REASON =
  /^(Could not |No commit status is published|Cancelled|The combined status|\d+ problems:|Input |The input|There is no commit|The commit was not found|Skipped: |The state of |The saved state|Nothing is published|The result is not published|No status is published|Several jobs publish)/m

/**
 * A stage that had to publish and did not says why: in an annotation, or in a line if an earlier
 * stage has warned.
 */
export const checkSilence: CheckStage = (stage, job, played) => {
  const vague = annotationsOf(stage).filter((text) => !REASON.test(text))
  if (vague.length > 0) return [`says only: ${vague[0]}`]

  const before = job.stages.slice(0, job.stages.indexOf(stage))
  const isSaid = stage.lines.some(({ text }) => REASON.test(text))
  const isRepeated = before.some((one) => one.lines.some(isAnnotation))
  // Who once had a read-only token may have another by now.
  const isReadOnly = hasSummary(before) && !canWrite(job, stage, played)
  const isAsBefore = isSaid && isRepeated && (!hasSummary(before) || before.some(hasFailed))
  // The token can come from a step, and main tries again.
  const isEarly = isSaid && stage.name === 'pre' && job.plan.with.token === ''
  const isReasoned = annotationsOf(stage).length > 0 || isAsBefore || isReadOnly || isEarly
  if (stage.ended === undefined || isReasoned || !hadToPublish(stage, job)) return []

  const done = publishedBy(stage).length + leftBy(stage).length
  const expected = namesIn(job)
  return done >= expected ? [] : [`published ${done} of ${expected} names and did not say why`]
}

function hadToPublish({ name }: StageRecord, { plan, stages }: JobRecord): boolean {
  if (plan.kind === 'list') return false
  if (name === 'pre') return plan.kind === 'follow' && plan.with.sha !== ''
  if (name === 'main') return isOnce(plan) || stages.every((one) => publishedBy(one).length === 0)
  const hasMemory = stages.some(({ saved }) => saved.some((text) => text.includes('"context"')))
  return name === 'post' && isFollowed(plan) && hasMemory
}

function namesIn({ plan }: JobRecord): number {
  return (plan.with.context ?? 'job').split('\n').length
}

/** A read-only token is said once, in a job summary too. */
function hasSummary(before: readonly StageRecord[]): boolean {
  return before.some(({ lines }) => lines.some(({ level }) => level === 'summary'))
}
