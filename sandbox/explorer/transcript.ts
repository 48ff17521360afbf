import type { Exchange } from './exchange.ts'
import { NEVER } from './faults.ts'
import type { JobRecord, StageRecord } from './plan.ts'
import type { Played } from './play.ts'

type Line = { at: number; text: string }

/** Everything that happened in a world, line by line as it happened. */
export function transcript({ scene, jobs, exchanges, statuses }: Played): string {
  const lines = [
    ...jobs.flatMap((job) => job.stages.flatMap((stage) => stageLines(job, stage))),
    ...exchanges.map(exchangeLine),
  ]
  return [
    `${scene.title}: ${weatherOf(scene.weather)}`,
    ...lines
      .sort((a, b) => a.at - b.at)
      .map(({ at, text }) => `${seconds(at).padStart(9)} ${text}`),
    'The statuses, as they were stored:',
    ...statuses.map(
      ({ id, state, context, description, target_url }) =>
        `  ${id} ${state} ${context}: ${description} ${target_url}`,
    ),
  ].join('\n')
}

function weatherOf({ faults, outage, skew, limit }: Played['scene']['weather']): string {
  return [
    `faults ${faults}`,
    outage === undefined ? 'no outage' : `outage ${outage.map(seconds).join(' to ')}`,
    `the server's clock ahead by ${skew / 1000} s`,
    `${limit} requests an hour`,
  ].join(', ')
}

function exchangeLine(exchange: Exchange): Line {
  const { by, stage, method, context, sent, handled, fault, told, stored } = exchange
  const words = [
    handled === NEVER ? 'never arrived' : `arrived ${seconds(handled)}`,
    stored === undefined ? '' : `stored as ${stored}`,
    fault && `(${fault})`,
    `answered ${told ?? 'nothing'}`,
  ]
  const what = [method, context && `"${context}"`].filter(Boolean).join(' ')
  return { at: sent, text: `    ${what} by ${stage} of ${by}: ${words.filter(Boolean).join(', ')}` }
}

function stageLines({ plan, name }: JobRecord, stage: StageRecord): Line[] {
  const { began, ended, lines } = stage
  const who = `${stage.name} of ${name}`
  const end = ended === undefined ? [began, 'is stopped before its end'] : [ended, 'ends']
  return [
    { at: began, text: `${who} (${plan.kind}) begins` },
    { at: Number(end[0]), text: `${who} ${end[1]}` },
    ...lines.map(({ level, text }) => ({ at: ended ?? began, text: `      ${level}: ${text}` })),
  ]
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3)
}
