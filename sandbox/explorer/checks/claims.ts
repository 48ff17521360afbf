import type { StatusRecord } from '../../api/github.ts'
import type { StageRecord } from '../plan.ts'
import { type CheckStage, publishedBy } from './lines.ts'

/** Whoever says "published" has a status there, and outputs that name it. */
export const checkClaims: CheckStage = (stage, _, { statuses }) => [
  ...falseLines(stage, statuses),
  ...falseOutputs(stage, statuses),
]

function falseLines(stage: StageRecord, statuses: readonly StatusRecord[]): string[] {
  const lies = publishedBy(stage).filter(
    (claim) =>
      !statuses.some(
        ({ state, context, description }) =>
          state === claim.state && context === claim.context && description === claim.description,
      ),
  )
  return lies.map(({ state, context }) => `did not publish ${state} as ${context}`)
}

function falseOutputs({ outputs }: StageRecord, statuses: readonly StatusRecord[]): string[] {
  const { id: ids = '', published, statuses: listed = '[]' } = outputs
  const isThere = (id: unknown) => statuses.some((status) => String(status.id) === String(id))
  const lines = ids.split('\n')
  const unknown = lines.filter((id) => id !== '' && !isThere(id))
  const entries: { id: number; state: string }[] = JSON.parse(listed || '[]')
  const wrong = entries.filter(
    ({ id, state }) => statuses.find((status) => status.id === id)?.state !== state,
  )
  const isFalse = published === 'true' && outputs.state !== '' && lines.includes('')
  return [
    ...unknown.map((id) => `names a status ${id} that is not there`),
    ...wrong.map(({ id }) => `lists a status ${id} that is not there`),
    ...(isFalse ? ['says that all is published, and has no id for one'] : []),
  ]
}
