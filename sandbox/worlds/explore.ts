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
  const from = new Map<string, [before: string, what: string] | undefined>()
  from.set(keyOf(beginning), undefined)

  const findings: Finding[] = []
  let ends = 0
  let moments: Moment[] = [beginning]
  while (moments.length > 0) {
    const later: Moment[] = []
    for (const moment of moments) {
      const key = keyOf(moment)
      const events = eventsAfter(game, moment)
      for (const [what, next] of events) {
        const nextKey = keyOf(next)
        if (from.has(nextKey)) continue
        from.set(nextKey, [key, what])
        later.push(next)
      }
      if (events.length > 0) continue
      ends++
      const finding = findingIn(world, moment)
      if (finding) findings.push({ ...finding, way: () => wayTo(key, from) })
    }
    if (from.size > MOST_MOMENTS) throw new Error(`No end: ${world.structure}, ${world.mode}`)
    moments = later
  }
  return { findings, moments: from.size, ends }
}

function findingIn(world: World, moment: Moment): Omit<Finding, 'way'> | undefined {
  const wrong = wrongIn(world, moment)
  if (wrong === undefined) return undefined

  const { isOvertaken, isHaunted } = moment
  const isDisputable = wrongByCreation(world, moment) === undefined
  return { wrong, isDisputable, isOvertaken, isHaunted }
}

function wayTo(end: string, from: ReadonlyMap<string, [string, string] | undefined>): string[] {
  const way: string[] = []
  for (let at = from.get(end); at !== undefined; at = from.get(at[0])) way.unshift(at[1])
  return way
}
