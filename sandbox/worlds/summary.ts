import { CLASSES, classOf } from './classes.ts'
import { explore } from './explore.ts'
import type { Wrong } from './oracle.ts'
import type { Rule, World } from './world.ts'

/** In how many worlds something is wrong, and how often it ends in which way. */
export type Count = { worlds: number } & Partial<Record<Wrong, number>>

export type Summary = {
  worlds: number
  moments: number
  ends: number
  races: number
  wrong: Record<string, Count>
  /** For each class a world, and the shortest way to a wrong end of it. */
  examples: Record<string, { world: World; way: string[] }>
}

/** Plays worlds and counts what ends wrong, by class. */
export function summarize(worlds: Iterable<World>, rule: Rule): Summary {
  const summary: Summary = { worlds: 0, moments: 0, ends: 0, races: 0, wrong: {}, examples: {} }
  for (const world of worlds) {
    const { findings, moments, ends, races } = explore(world, rule)
    summary.worlds++
    summary.moments += moments
    summary.ends += ends
    summary.races += races

    const byClass = Map.groupBy(findings, (finding) => classOf(world, finding))
    for (const [name, ofClass] of byClass) {
      const count = summary.wrong[name] ?? { worlds: 0 }
      count.worlds++
      for (const { wrong } of ofClass) count[wrong] = (count[wrong] ?? 0) + 1
      summary.wrong[name] = count
      summary.examples[name] ??= { world, way: ofClass[0]?.way() ?? [] }
    }
  }
  return summary
}

/** A summary as text: each class with its reason and an example. */
export function report(summary: Summary): string {
  const { wrong, examples } = summary
  const lines = [
    `${summary.worlds} worlds, ${summary.moments} moments, ${summary.ends} ends, ${summary.races} races`,
  ]
  for (const { name, reason } of [...CLASSES, { name: 'not explained', reason: '' }]) {
    const count = wrong[name]
    const example = examples[name]
    if (count === undefined || example === undefined) continue

    const { worlds, ...ends } = count
    const numbers = Object.entries(ends).map(([wrong, times]) => `${times} ${wrong}`)
    const { structure, mode, link, trouble, jobs } = example.world
    const results = jobs.map(({ result }) => result).join(', ')
    lines.push(
      '',
      `${name}: ${numbers.join(', ')}, in ${worlds} worlds. ${reason}`,
      `  ${structure} (${mode}; link: ${link}; trouble: ${trouble}; ${results})`,
      ...example.way.map((what) => `    ${what}`),
    )
  }
  return lines.join('\n')
}
