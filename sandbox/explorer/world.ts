import { createGitHub, type GitHub, type StatusRecord } from '../api/github.ts'
import { type Clock, startClock } from './clock.ts'
import type { Exchange } from './exchange.ts'
import { NEVER } from './faults.ts'
import { createLimits, type Limits } from './limits.ts'
import type { Plan } from './plan.ts'
import { type Random, seeded } from './random.ts'
import { createTurns, type Turns } from './turns.ts'

export const REPOSITORY = 'octo-org/octo-repo'
export const SHA = '6dcb09b5b57875f334f61aebed695e2e4193db5e'
/** A commit that only some jobs are asked to publish on. */
export const OTHER_SHA = '7fd1a60b01f91b314f59955a4e4d4e80d8edf11d'
/** A commit that the server knows late. */
export const LATE_SHA = '9fe7a81c42f20a6d6b9bd31f8dcd9bb0a6b0a1c3'
/** All commits that anything can be on. */
export const COMMITS = [SHA, OTHER_SHA, LATE_SHA]
export const API = 'https://api.github.com'
export const SERVER = 'https://github.com'

/** What goes wrong in a world, and how much of it. */
export type Weather = {
  /** The share of requests that a fault meets. */
  faults: number
  /**
   * From when to when the server answers nothing but errors, in milliseconds since the world's
   * beginning.
   */
  outage: readonly [number, number] | undefined
  /** How far the server's clock is ahead of the runners', in milliseconds. */
  skew: number
  /** Requests an hour. */
  limit: number
  /** Whether GitHub's secondary limit, which holds then, says when to come again. */
  secondary?: { saysWhen: boolean }
}

export const NO_WEATHER: Weather = { faults: 0, outage: undefined, skew: 0, limit: 1_000 }

export type World = {
  clock: Clock
  /** Chance for everything that happens in it. */
  random: Random
  weather: Weather
  github: GitHub
  host: string
  exchanges: Exchange[]
  /** The jobs that have started, in that order. */
  started: string[]
  /** The beginning of a job, as a promise. */
  beginning(plan: Plan): PromiseWithResolvers<void>
  /** Who goes on next, if that is chosen. */
  turns: Turns | undefined
  limits: Limits | undefined
  /** Milliseconds since its beginning. */
  since(): number
  serverNow(): number
  /** The id of the newest status of all. */
  newest(): number
  /** The statuses of a commit in the order in which they were stored. */
  statuses(sha: string): StatusRecord[]
  nextJobId(): number
  end(): void
}

export const START = Date.parse('2026-11-21T10:00:00Z')

/**
 * A GitHub, a network with its weather, and a clock of their own; all chance in it comes from the
 * seed.
 */
export function createWorld(seed: string, weather: Weather, schedule?: readonly number[]): World {
  const clock = startClock(START)
  const { random: mathRandom } = Math
  Math.random = seeded(`${seed} jitter`).number

  const serverNow = () => clock.now() + weather.skew
  const github = createGitHub({ now: serverNow, rateLimit: { limit: weather.limit } })
  github.repository(REPOSITORY, {
    commits: [SHA, OTHER_SHA],
    branches: { main: SHA },
    pulls: { 7: { head: SHA } },
  })
  const newestOn = (sha: string) => github.statuses(REPOSITORY, sha)[0]?.id ?? 0
  let jobId = 1_000
  const beginnings = new Map<Plan, PromiseWithResolvers<void>>()
  const world: World = {
    clock,
    random: seeded(`${seed} network`),
    weather,
    github,
    host: new URL(API).host,
    exchanges: [],
    started: [],
    beginning(plan) {
      const known = beginnings.get(plan) ?? Promise.withResolvers()
      beginnings.set(plan, known)
      return known
    },
    turns: schedule && createTurns(schedule, () => situationOf(world)),
    limits: weather.secondary && createLimits(clock.now, weather.secondary.saysWhen),
    since: () => clock.now() - START,
    serverNow,
    newest: () => Math.max(...COMMITS.map(newestOn)),
    statuses: (sha) => github.statuses(REPOSITORY, sha).toReversed(),
    nextJobId: () => jobId++,
    end() {
      clock.stop()
      Math.random = mathRandom
    },
  }
  return world
}

/** What decides how everything goes on: the history, and what each job has seen of it. */
function situationOf({ started, exchanges, statuses }: World): string {
  const handled = exchanges.filter((one) => one.handled !== NEVER)
  const seen = handled.map(({ by, stage, method, newest }) => `${by} ${stage} ${method} ${newest}`)
  const written = statuses(SHA).map(({ id, state, target_url }) => `${id} ${state} ${target_url}`)
  return [...started, ...seen.sort(), ...written].join('\n')
}
