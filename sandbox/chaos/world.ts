import type { Call, Fetch } from '../../src/runner/transport.ts'
import { type ApiResponse, createGitHub, type GitHub } from '../api/github.ts'
import { type Clock, startClock } from './clock.ts'
import { broken, FAULTS, type Fate, NEVER } from './faults.ts'
import { createLimits, type Limits, type Strictness } from './limits.ts'
import { type Random, seeded } from './random.ts'

export const REPOSITORY = 'octo-org/octo-repo'
export const SHA = '6dcb09b5b57875f334f61aebed695e2e4193db5e'
export const API = 'https://api.github.com'
export const SERVER = 'https://github.com'

/** What goes wrong in a world, and how much of it. */
export type Weather = {
  /** The share of requests that a fault meets. */
  faults: number
  /** From when to when the server answers nothing but errors, in milliseconds since the world's begin. */
  outage: readonly [number, number] | undefined
  /** How far the server's clock is ahead of the runners', in milliseconds. */
  skew: number
  /** Requests an hour. */
  limit: number
  /** GitHub's secondary limits hold; without them a world may write as fast as it likes. */
  secondary?: Strictness
}

export const NO_WEATHER: Weather = { faults: 0, outage: undefined, skew: 0, limit: 1_000 }

/** A request in the order in which the server handled it; those that never got there are at the time of their end. */
export type Exchange = {
  by: string
  stage: string
  method: string
  /** Milliseconds since the world's begin. */
  sent: number
  handled: number
  fault: string
  /** What the client was answered, in the end. */
  told: number | undefined
  /** How many statuses the commit had when the server handled it, without its own. */
  before: number
  /** Whether this request stored one. */
  stored: boolean
  /** Whether the client no longer waited for it when the server handled it. */
  isGivenUp: boolean
}

export type World = {
  clock: Clock
  random: Random
  github: GitHub
  start: number
  exchanges: Exchange[]
  limits: Limits | undefined
  /** The network as one stage of one job sees it; nothing it does counts after `isLost`. */
  network(by: string, stage: string, isLost: () => boolean): Fetch
  end(): void
}

export const START = Date.parse('2026-11-21T10:00:00Z')

/** A GitHub, a network with its weather, and a clock of their own; all chance in it comes from the seed. */
export function createWorld(seed: string, weather: Weather): World {
  const random = seeded(`${seed} network`)
  const ours = seeded(`${seed} jitter`)
  const { random: mathRandom } = Math
  const clock = startClock(START)
  Math.random = ours.number
  const serverNow = () => clock.now() + weather.skew
  const github = createGitHub({ now: serverNow, rateLimit: { limit: weather.limit } })
  github.repository(REPOSITORY, {
    commits: [SHA],
    branches: { main: SHA },
    pulls: { 7: { head: SHA } },
  })
  const { secondary } = weather
  const limits = secondary && createLimits(clock.now, secondary)
  const exchanges: Exchange[] = []
  const since = () => clock.now() - START

  function faultNow(): string {
    const { outage } = weather
    if (outage !== undefined && since() >= outage[0] && since() < outage[1])
      return random.pick(OUTAGE)
    return random.chance(weather.faults) ? random.pick(KINDS) : ''
  }

  function network(by: string, stage: string, isLost: () => boolean): Fetch {
    return async (url: string, call: Call, milliseconds: number) => {
      const lost = () => new Promise<never>(() => {})
      if (isLost()) return lost()
      if (milliseconds <= 0) throw broken('ETIMEDOUT', 'no time is left in this stage')
      const token = /(\S+)$/.exec(call.headers.authorization ?? '')?.[1] ?? ''
      const fault = faultNow()
      const handled = random.between(20, 400)
      const calm: Fate = {
        handled,
        answered: handled + random.between(10, 200),
        falsify: (answer) => answer,
      }
      const request = { method: call.method, url, token }
      const fate: Fate = { ...calm, ...FAULTS[fault]?.(calm, random, request) }
      const { pathname, search, host } = new URL(url)
      const exchange: Exchange = {
        by,
        stage,
        method: call.method,
        sent: since(),
        handled: NEVER,
        fault,
        told: undefined,
        before: 0,
        stored: false,
        isGivenUp: false,
      }
      const statuses = () => github.statuses(REPOSITORY, SHA).length

      async function handle(): Promise<ApiResponse> {
        if (fate.handled === NEVER) {
          exchanges.push(exchange)
          return { status: 0, headers: {}, body: '' }
        }
        await clock.sleep(fate.handled)
        const before = statuses()
        const refusal = limits?.refuse(call.method)
        const request = {
          method: call.method,
          url: pathname + search,
          headers: { ...call.headers, host },
          body: call.body ?? '',
        }
        const answer = refusal ?? github.handle(request)
        exchanges.push(
          Object.assign(exchange, {
            handled: since(),
            before,
            stored: statuses() > before,
            isGivenUp: fate.handled > milliseconds || isLost(),
          }),
        )
        return answer
      }

      async function answer() {
        limits?.begin()
        const handling = handle()
        if (fate.answered === NEVER) return new Promise<never>(() => {})
        await clock.sleep(fate.answered)
        limits?.end()
        const given = fate.falsify(await handling, serverNow())
        if (given instanceof Error) throw given
        exchange.told = given.status
        return answerOf(url, {
          ...given,
          headers: { date: new Date(serverNow()).toUTCString(), ...given.headers },
        })
      }

      const tooLate = clock.sleep(milliseconds).then(() => {
        throw broken('ETIMEDOUT', `no answer within ${Math.ceil(milliseconds / 1000)} s`)
      })
      const end = await Promise.race([answer(), tooLate]).then(
        (value) => ({ value }),
        (error: Error) => ({ error }),
      )
      if (isLost()) return lost()
      if ('error' in end) throw end.error
      return end.value
    }
  }

  return {
    clock,
    random: seeded(`${seed} plan`),
    github,
    start: START,
    exchanges,
    limits,
    network,
    end() {
      clock.stop()
      Math.random = mathRandom
    },
  }
}

const KINDS = Object.keys(FAULTS) as [string, ...string[]]
const OUTAGE = [
  'reset before it was stored',
  'nobody listens',
  '5xx with a web page',
  'never arrives, never answered',
] as const

function answerOf(url: string, { status, headers, body }: ApiResponse) {
  return {
    status,
    url,
    headers: new Map(Object.entries(headers)),
    text: async () => body,
    arrayBuffer: async () => new TextEncoder().encode(body).buffer,
  }
}
