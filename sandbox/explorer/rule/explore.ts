import { worlds } from './catalogue.ts'
import { classOf, UNEXPLAINED } from './classes.ts'
import type { Game } from './look.ts'
import { type Wrong, wrongAtEnd, wrongMeanwhile } from './oracle.ts'
import { type Event, eventsAfter } from './steps.ts'
import { type Moment, textOf, type World } from './world.ts'

/** A moment that is wrong, and the shortest way there. */
export type Finding = {
  wrong: Wrong
  /** Right for someone to whom the last run is the one created last. */
  isDisputable: boolean
  isLate: boolean
  way: string[]
}

/**
 * Plays small worlds by the rule of the last word alone, in every order of events, but not on after a race.
 * @param isChosen by the place of a world in the catalogue
 * @returns what was played, and whether all that is wrong belongs to a class
 */
export function playRule(isChosen: (world: World, index: number) => boolean) {
  const chosen = [...worlds()].filter(isChosen)
  const counts: Record<string, number> = {}
  const examples: Record<string, string> = {}
  let moments = 0
  for (const world of chosen) {
    const played = explore(world)
    moments += played.moments
    for (const finding of played.findings) {
      const name = `${classOf(world, finding)}: ${finding.wrong}`
      counts[name] = (counts[name] ?? 0) + 1
      examples[name] ??= exampleOf(world, finding)
    }
  }
  const lines = Object.entries(counts).map(([name, count]) => `${count} ${name}\n${examples[name]}`)
  const text = [`${chosen.length} worlds, ${moments} moments`, ...lines].join('\n\n')
  return { text, isRight: !Object.keys(counts).some((name) => name.startsWith(UNEXPLAINED)) }
}

function exampleOf({ structure, mode, link, trouble, jobs }: World, { way }: Finding): string {
  const results = jobs.map(({ result }) => result).join(', ')
  const title = `  ${structure} (${mode}; link: ${link}; trouble: ${trouble}) ${results}`
  return [title, ...way].join('\n    ')
}

type Ways = Map<string, [before: string, what: string] | undefined>

function explore(world: World): { findings: Finding[]; moments: number } {
  const game: Game = { ...world, decisions: new Map() }
  const jobs = world.jobs.map(() => ({ next: 'begin' }))
  const beginning = { history: [], jobs, begun: [], onTheWay: [], isRaced: false, isLate: false }
  const from: Ways = new Map([[keyOf(beginning), undefined]])
  const findings: Finding[] = []
  let moments: Moment[] = [beginning]
  while (moments.length > 0) {
    moments = moments.flatMap((moment) => {
      if (moment.isRaced) return []
      const events = eventsAfter(game, moment)
      const key = keyOf(moment)
      findings.push(...findingsIn(world, moment, events.length === 0, key, from))
      return events.flatMap((event) => newIn(event, key, from))
    })
  }
  return { findings, moments: from.size }
}

/** At the end everything has to be right; before, nothing may be green too early. */
function findingsIn(
  world: World,
  moment: Moment,
  isEnd: boolean,
  key: string,
  from: Ways,
): Finding[] {
  const judge = isEnd ? wrongAtEnd : wrongMeanwhile
  const wrong = judge(world, moment, 'beginning')
  if (wrong === undefined) return []
  const way: string[] = []
  for (let at = from.get(key); at !== undefined; at = from.get(at[0])) way.unshift(at[1])
  const isDisputable = judge(world, moment, 'creation') === undefined
  return [{ wrong, isDisputable, isLate: moment.isLate, way }]
}

/** The moment after an event, unless another order of events has led to it. */
function newIn([what, next]: Event, before: string, from: Ways): Moment[] {
  const key = keyOf(next)
  if (from.has(key)) return []
  from.set(key, [before, what])
  return [next]
}

/** The same text for the same moment, however it came about. */
function keyOf({ history, jobs, begun, onTheWay, isRaced, isLate }: Moment): string {
  const progress = jobs.map((one) => `${one.next},${one.opened},${one.marked},${textOf(one.plan)}`)
  const parts = [history.map(textOf), progress, begun, onTheWay.map(textOf), [isRaced, isLate]]
  return parts.map((part) => part.join(';')).join('|')
}
