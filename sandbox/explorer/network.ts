import type { Call, Fetch } from '../../src/runner/transport.ts'
import { answerOf, requestOf } from '../api/fetch.ts'
import type { ApiResponse } from '../api/github.ts'
import type { Exchange } from './exchange.ts'
import { askedWait, broken, FAULTS, type Fate, NEVER, OUTAGE } from './faults.ts'
import type { World } from './world.ts'

/** The network as one stage of one job sees it; nothing that it does counts once `isOver`. */
export function networkOf(world: World, by: string, stage: string, isOver: () => boolean): Fetch {
  const lost = () => new Promise<never>(() => {})

  return async (url, call, milliseconds) => {
    if (isOver()) return lost()
    if (milliseconds <= 0) throw broken('ETIMEDOUT', 'no time is left in this stage')

    const exchange = newExchange(world, by, stage, url, call)
    world.exchanges.push(exchange)
    const isGivenUp = () => isOver() || world.since() > exchange.sent + milliseconds
    const tooLate = world.clock.sleep(milliseconds).then(() => {
      throw broken('ETIMEDOUT', `no answer within ${Math.ceil(milliseconds / 1000)} s`)
    })
    const end = await Promise.race([send(world, { exchange, url, call, isGivenUp }), tooLate]).then(
      (value) => ({ value }),
      (error: Error) => ({ error }),
    )
    if (isOver()) return lost()
    if ('error' in end) throw end.error
    return end.value
  }
}

function newExchange(world: World, by: string, stage: string, url: string, call: Call): Exchange {
  const { method, headers, body } = call
  return {
    by,
    stage,
    method,
    host: new URL(url).host,
    token: /(\S+)$/.exec(headers.authorization ?? '')?.[1] ?? '',
    context: method === 'POST' ? String(JSON.parse(body ?? '{}').context).toLowerCase() : '',
    sent: world.since(),
    handled: NEVER,
    fault: '',
    told: undefined,
    answered: NEVER,
    asked: undefined,
    isLimit: false,
    newest: 0,
    stored: undefined,
    isGivenUp: false,
  }
}

type Sent = { exchange: Exchange; url: string; call: Call; isGivenUp: () => boolean }

async function send(world: World, sent: Sent) {
  const { clock } = world
  const { exchange, url } = sent
  const fate = fateOf(world, exchange, url)
  const handling = handle(world, sent, fate.handled)
  if (fate.answered === NEVER) return new Promise<never>(() => {})
  if (world.turns === undefined) await clock.sleep(fate.answered)
  const answer = await handling
  const given = fate.falsify(answer, world.serverNow())
  exchange.answered = world.since()
  if (given instanceof Error) throw given

  exchange.told = given.status
  Object.assign(exchange, askedWait(given, world.serverNow()))
  const date = new Date(world.serverNow()).toUTCString()
  return answerOf(url, { ...given, headers: { date, ...given.headers } })
}

/** What becomes of a request, by the weather and by chance. Only our own server is there. */
function fateOf(world: World, exchange: Exchange, url: string): Fate {
  const { random, weather } = world
  const outage = weather.outage ?? [NEVER, NEVER]
  const isOut = world.since() >= outage[0] && world.since() < outage[1]
  if (exchange.host !== world.host) exchange.fault = 'nobody listens'
  else if (isOut) exchange.fault = random.pick(OUTAGE)
  else if (random.chance(weather.faults)) exchange.fault = random.pick(KINDS)

  const handled = random.between(20, 400)
  const answered = handled + random.between(10, 200)
  const calm: Fate = { handled, answered, falsify: (answer) => answer }
  const request = { method: exchange.method, url, token: exchange.token }
  return { ...calm, ...FAULTS[exchange.fault]?.(calm, random, request) }
}

async function handle(
  world: World,
  { exchange, url, call, isGivenUp }: Sent,
  handled: number,
): Promise<ApiResponse> {
  if (handled === NEVER) return { status: 0, headers: {}, body: '' }
  // A job that is followed begins with its pending.
  const isBeginning = exchange.stage === 'pre' && exchange.method === 'POST'
  if (world.turns === undefined) await world.clock.sleep(handled)
  else if (!isBeginning) await world.turns.take(exchange.by)

  exchange.handled = world.since()
  exchange.newest = world.newest()
  exchange.isGivenUp = isGivenUp()
  const { method } = call
  const answer = world.limits?.(method) ?? world.github.handle(requestOf(url, call))
  if (method === 'POST' && answer.status === 201) exchange.stored = JSON.parse(answer.body).id
  return answer
}

const KINDS = Object.keys(FAULTS) as [string, ...string[]]
