import type { Exchange } from './exchange.ts'
import { NEVER } from './faults.ts'
import type { JobRecord, StageRecord } from './plan.ts'
import type { Played } from './play.ts'

type Line = { at: number; text: string }

const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(3)

/** Everything that happened in a world, line by line as it happened. */
export function transcript({ scene, jobs, exchanges, statuses }: Played): string {
  const lines = [
    ...jobs.flatMap((job) => job.stages.flatMap((stage) => stageLines(job, stage))),
    ...exchanges.map(exchangeLine),
  ].sort((a, b) => a.at - b.at)
  return [
    `${scene.title}: ${JSON.stringify(scene.weather)}`,
    ...lines.map(({ at, text }) => `${seconds(at).padStart(9)} ${text}`),
    'The statuses, as they were stored:',
    ...statuses.map(
      ({ id, state, context, description, target_url }) =>
        `  ${id} ${state} ${context}: ${description} ${target_url}`,
    ),
  ].join('\n')
}

function exchangeLine(exchange: Exchange): Line {
  const { by, stage, method, context, sent, handled, fault, told, stored } = exchange
  const words = [
    handled === NEVER ? 'never arrived' : `arrived ${seconds(handled)}`,
    stored && `stored as ${stored}`,
    fault && `(${fault})`,
    `answered ${told ?? 'nothing'}`,
  ]
  const text = `    ${method} ${context} by ${stage} of ${by}: ${words.filter(Boolean).join(', ')}`
  return { at: sent, text }
}

function stageLines({ plan, name }: JobRecord, stage: StageRecord): Line[] {
  const { began, ended, lines } = stage
  const who = `${stage.name} of ${name}`
  return [
    { at: began, text: `${who} (${plan.kind}) begins` },
    { at: ended ?? began, text: `${who} ${ended ? 'ends' : 'is stopped before its end'}` },
    ...lines.map(({ level, text }) => ({ at: ended ?? began, text: `      ${level}: ${text}` })),
  ]
}
