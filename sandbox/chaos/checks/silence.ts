import { isFollowed, isOnce, type JobRecord, type StageRecord } from '../plan.ts'
import { annotationsOf, isAnnotation, leftBy, publishedBy } from './lines.ts'

const REASON =
  /^(Could not |No commit status is published|Cancelled|The combined status|\d+ problems:|Input |The input|There is no commit|The state saved|Nothing is published|The result is not published|No status is published|Several jobs publish)/m

/** A stage that had to publish and did not says why: in an annotation, or in a line if an earlier stage has warned. */
export function checkSilence(record: JobRecord): string[] {
  const { name, stages } = record
  return stages.flatMap((stage, index) => {
    const vague = annotationsOf(stage).filter((text) => !REASON.test(text))
    if (vague.length > 0) return [`${stage.name} of ${name} says only: ${vague[0]}`]

    const before = stages.slice(0, index)
    const isSaid = stage.lines.some(({ text }) => REASON.test(text))
    const isRepeated = before.some((one) => one.lines.some(isAnnotation))
    const isReasoned = annotationsOf(stage).length > 0 || (isSaid && isRepeated)
    if (stage.ended === undefined || isReasoned || !hadToPublish(stage, record)) return []

    const done = publishedBy(stage).length + leftBy(stage).length
    const expected = namesIn(record)
    return done >= expected || isReadOnly(before)
      ? []
      : [`${stage.name} of ${name} published ${done} of ${expected} names and did not say why`]
  })
}

function hadToPublish({ name }: StageRecord, { plan, stages }: JobRecord): boolean {
  if (plan.kind === 'list') return false
  if (name === 'pre') return plan.kind === 'follow' && plan.with.sha !== ''
  if (name === 'main') return isOnce(plan) || plan.kind === 'local'
  const hasMemory = stages.some(({ saved }) => saved.some((text) => text.includes('"contexts"')))
  return name === 'post' && isFollowed(plan) && hasMemory
}

function namesIn({ plan }: JobRecord): number {
  return (plan.with.context || 'derived').split('\n').length
}

/** A read-only token is said once, in a job summary too. */
function isReadOnly(before: readonly StageRecord[]): boolean {
  return before.some(({ lines }) => lines.some(({ level }) => level === 'summary'))
}
