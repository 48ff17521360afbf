import { eventsAfter } from './events.ts'
import type { Game } from './look.ts'
import { beginningOf, keyOf, type Moment } from './moment.ts'
import { type Wrong, wrongByCreation, wrongIn } from './oracle.ts'
import type { Rule, World } from './world.ts'

/** An end that is wrong, and the shortest way there. */
export type Finding = {
  wrong: Wrong
  /** Right for someone to whom the last run is the one created last. */
  isDisputable: boolean
  isOvertaken: boolean
  isHaunted: boolean
  way: () => string[]
}

export type Played = { findings: Finding[]; moments: number; ends: number }

const MOST_MOMENTS = 500_000

/** Plays every order of events of a world. */
export function explore(world: World, rule: Rule): Played {
  const game: Game = { world, rule, decisions: new Map() }
  const beginning = beginningOf(world)
  const from: Ways = new Map([[keyOf(beginning), undefined]])

  const played: Played = { findings: [], moments: 0, ends: 0 }
  let moments: Moment[] = [beginning]
  while (moments.length > 0) {
    moments = moments.flatMap((moment) => {
      const events = eventsAfter(game, moment)
      if (events.length === 0) end(played, world, moment, from)
      return newIn(events, keyOf(moment), from)
    })
    if (from.size > MOST_MOMENTS) throw new Error(`No end: ${world.structure}, ${world.mode}`)
  }
  return { ...played, moments: from.size }
}

type Ways = Map<string, [before: string, what: string] | undefined>

/** The moments that no other order of events has led to. */
function newIn(events: ReturnType<typeof eventsAfter>, before: string, from: Ways): Moment[] {
  const found: Moment[] = []
  for (const [what, next] of events) {
    const key = keyOf(next)
    if (from.has(key)) continue
    from.set(key, [before, what])
    found.push(next)
  }
  return found
}

function end(played: Played, world: World, moment: Moment, from: Ways): void {
  played.ends++
  const finding = findingIn(world, moment)
  if (finding === undefined) return
  const key = keyOf(moment)
  played.findings.push({ ...finding, way: () => wayTo(key, from) })
}

function findingIn(world: World, moment: Moment): Omit<Finding, 'way'> | undefined {
  const wrong = wrongIn(world, moment)
  if (wrong === undefined) return undefined

  const { isOvertaken, isHaunted } = moment
  const isDisputable = wrongByCreation(world, moment) === undefined
  return { wrong, isDisputable, isOvertaken, isHaunted }
}

function wayTo(end: string, from: Ways): string[] {
  const way: string[] = []
  for (let at = from.get(end); at !== undefined; at = from.get(at[0])) way.unshift(at[1])
  return way
}
