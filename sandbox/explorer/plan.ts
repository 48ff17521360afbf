import type { State } from '../../src/status/state.ts'

export type StageName = 'pre' | 'main' | 'post' | 'combined' | 'sweep'

/**
 * How a job publishes: it is followed (`local`: without pre), or a step publishes once, or reads,
 * or sweeps.
 */
export type Kind = 'idle' | 'follow' | 'local' | 'once' | 'roll-up' | 'list' | 'gate' | 'sweep'

export type Result = 'success' | 'failure' | 'cancelled'

/** A job as it goes if nothing fails. Times are in milliseconds. */
export type Plan = {
  kind: Kind
  run: number
  attempt: number
  /** The attempt of another run that it links to, and whose result it publishes. */
  speaksFor?: { run: number; attempt: number }
  /** Its id, and when it was created, if not in the order of events. */
  id?: number
  createdAt?: number
  /**
   * The jobs that end before this one is created: those that it needs, or those of the attempt
   * before.
   */
  after: readonly Plan[]
  /** Jobs that begin before this one is created. */
  beside?: readonly Plan[]
  /** When it is created, since the world's beginning or since the last of `after` ended. */
  delay: number
  /** How long it waits for a runner. */
  queued: number
  /** How long the steps before and after ours take. */
  lasts: readonly [number, number]
  result: Result
  /** Whether the step's `if` lets main run. */
  runsMain: boolean
  /** When its machine is lost, since its start: nothing that it does later counts. */
  lostAt: number | undefined
  /** When it is cancelled, since its start: main is stopped, post still runs. */
  cancelledAt: number | undefined
  event: { name: string; payload: object }
  with: Readonly<Record<string, string>>
  /** Inputs that are others in one stage, since the steps before it have changed them. */
  changes: Partial<Record<StageName, Readonly<Record<string, string>>>>
  /** Whether a step empties the event's file. */
  losesEvent?: boolean
  /** What a step has put into GITHUB_ENV. */
  env: Readonly<Record<string, string>>
  token: string
  /** Whether the server gives the job's id. */
  hasId: boolean
  /** Used by reference and directly, so that main can take what pre has left unchecked. */
  isDirect: boolean
  /** What is published once; a roll-up shows what its jobs have come to. */
  shows: State | undefined
  /** Skipped jobs beside those of a roll-up. */
  skips: number
  /** The commits on which anything of it is allowed to be. */
  commits: readonly string[]
  /** Of an attempt in which not all jobs are run again: the job that this one repeats. */
  repeats: Plan | undefined
}

export type Level = 'info' | 'warning' | 'fail' | 'summary'

export type Line = { level: Level; text: string }

/**
 * What a stage did. `ended` is missing if it was stopped in the middle. Times are since the world's
 * beginning.
 */
export type StageRecord = {
  name: StageName
  began: number
  ended: number | undefined
  lines: Line[]
  outputs: Record<string, string>
  saved: string[]
  /** Everything that it wrote anywhere, as it was written, if it was a process. */
  raw: string[]
  crash: string | undefined
}

/** What became of a plan. Times are since the world's beginning. */
export type JobRecord = {
  plan: Plan
  /** Its own name, by which its requests are known. */
  name: string
  id: number
  createdAt: number
  startedAt: number
  /** As the runner knows it when post begins. */
  result: Result
  /** What it has to show if it publishes once. */
  shows: State | undefined
  stages: StageRecord[]
}

/** A moment of a job, which is given since its start, since the world's beginning. */
export function momentOf({ startedAt }: JobRecord, at: number | undefined): number {
  return at === undefined ? Number.POSITIVE_INFINITY : startedAt + at
}

/** Whether its machine was lost before it was done. */
export function isLost({ plan, stages }: JobRecord): boolean {
  const isDone = stages.some(({ name, ended }) => name === 'post' && ended !== undefined)
  return plan.lostAt !== undefined && !isDone
}

export function isOnce({ kind }: Plan): boolean {
  return kind === 'once' || kind === 'roll-up' || kind === 'list'
}

export function isFollowed({ kind }: Plan): boolean {
  return kind === 'follow' || kind === 'local'
}

/** An execution is one attempt of one run: the one that a job speaks for. */
export function executionOf({ speaksFor, ...own }: Plan): string {
  const { run, attempt } = speaksFor ?? own
  return `run ${run}#${attempt}`
}

export type Entry = { context: string; state: State }

/** What a list publishes. */
export function entriesOf(plan: Plan): Entry[] {
  return plan.kind === 'list' ? JSON.parse(plan.with.statuses ?? '[]') : []
}
