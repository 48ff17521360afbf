import type { Exchange } from '../exchange.ts'
import type { JobRecord, Level, StageRecord } from '../plan.ts'
import type { Played } from '../play.ts'

export type Claim = { state: string; context: string; description: string }

const PUBLISHED = /^Published (\w+) as "(.*)" on \S+(?: \(\S+\))?: (.*)$/s
const LEFT = /^Left "(.*)" (?:on|at) /

/** What a stage says it published. */
export function publishedBy({ lines }: StageRecord): Claim[] {
  return lines.flatMap(({ text }) => {
    const [, state = '', context = '', description = ''] = PUBLISHED.exec(text) ?? []
    return state === '' ? [] : [{ state, context, description }]
  })
}

/** The names that a stage says it left to others. */
export function leftBy({ lines }: StageRecord): string[] {
  return lines.flatMap(({ text }) => LEFT.exec(text)?.[1] ?? [])
}

export function isAnnotation({ level }: { level: Level }): boolean {
  return level === 'warning' || level === 'fail'
}

export function annotationsOf({ lines }: StageRecord): string[] {
  return lines.filter(isAnnotation).map(({ text }) => text)
}

/** Whether a stage says in an annotation that something could not be done. */
export function hasFailed(stage: StageRecord): boolean {
  return annotationsOf(stage).some((text) => text.includes('Could not '))
}

/** Whether a stage says that it could not publish for a reason that an earlier one has given. */
export function isAsBefore({ lines }: StageRecord): boolean {
  return lines.some(({ text }) => text.startsWith('The result is not published, for the same'))
}

/** Whether a stage says that it has decided without the whole history. */
export function isBlind({ lines }: StageRecord): boolean {
  return lines.some(({ text }) => BLIND.test(text))
}

const BLIND = /(Publishing without checking for newer runs|Deciding by the statuses read so far)\.$/

/** What is wrong with a stage, as the rest of a sentence that begins with it; `own` are its requests. */
export type CheckStage = (
  stage: StageRecord,
  job: JobRecord,
  played: Played,
  own: readonly Exchange[],
) => string[]
