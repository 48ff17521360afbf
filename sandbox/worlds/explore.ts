import { eventsAfter } from './events.ts'
import type { Game } from './look.ts'
import { beginningOf, type Event, keyOf, type Moment } from './moment.ts'
import { type Wrong, wrongAtEnd, wrongMeanwhile } from './oracle.ts'
import type { Rule, World } from './world.ts'

/** A moment that is wrong, and the shortest way there. */
export type Finding = Pick<Moment, 'isLate'> & {
  wrong: Wrong
  /** Right for someone to whom the last run is the one created last. */
  isDisputable: boolean
  way: () => string[]
}

/** `races`: in how many ways it came to a race, which is not played on. */
export type Played = { findings: Finding[]; moments: number; ends: number; races: number }

const MOST_MOMENTS = 3_000_000

/** Plays every order of events of a world. */
export function explore(world: World, rule: Rule): Played {
  const game: Game = { world, rule, decisions: new Map() }
  const beginning = beginningOf(world)
  const from: Ways = new Map([[keyOf(beginning), undefined]])

  const played: Played = { findings: [], moments: 0, ends: 0, races: 0 }
  let moments: Moment[] = [beginning]
  while (moments.length > 0) {
    moments = moments.flatMap((moment) => {
      if (moment.race !== 'none') {
        played.races++
        return []
      }
      const events = eventsAfter(game, moment)
      if (events.length === 0) played.ends++
      const finding = findingIn(world, moment, events.length === 0)
      const key = keyOf(moment)
      if (finding) played.findings.push({ ...finding, way: () => wayTo(key, from) })
      return newIn(events, key, from)
    })
    if (from.size > MOST_MOMENTS) throw new Error(`No end: ${world.structure}, ${world.mode}`)
  }
  return { ...played, moments: from.size }
}

type Ways = Map<string, [before: string, what: string] | undefined>

/** The moments that no other order of events has led to. */
function newIn(events: readonly Event[], before: string, from: Ways): Moment[] {
  const found: Moment[] = []
  for (const [what, next] of events) {
    const key = keyOf(next)
    if (from.has(key)) continue
    from.set(key, [before, what])
    found.push(next)
  }
  return found
}

/** At the end everything has to be right; before, nothing may be green too early. */
function findingIn(world: World, moment: Moment, isEnd: boolean): Omit<Finding, 'way'> | undefined {
  const judge = isEnd ? wrongAtEnd : wrongMeanwhile
  const wrong = judge(world, moment, 'beginning')
  if (wrong === undefined) return undefined

  const isDisputable = judge(world, moment, 'creation') === undefined
  return { wrong, isDisputable, isLate: moment.isLate }
}

function wayTo(end: string, from: Ways): string[] {
  const way: string[] = []
  for (let at = from.get(end); at !== undefined; at = from.get(at[0])) way.unshift(at[1])
  return way
}
