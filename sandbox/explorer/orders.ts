import { type Played, play } from './play.ts'
import { seeded } from './random.ts'
import type { Scene } from './scenes/scene.ts'

/** How many orders of a world's events are played, if not all. */
const MOST = 6

/**
 * Plays a scene in orders of its events, in every one if the seed is `all`: once from each situation on, however it came
 * about.
 */
export async function* orders(seed: string, index: number, scene: Scene): AsyncGenerator<Played> {
  const random = seeded(`${seed}.${index}`)
  const known = new Set<string>()
  const left: number[][] = [[]]
  for (let count = 0; left.length > 0 && (seed === 'all' || count < MOST); count++) {
    const [schedule = []] = left.splice(seed === 'all' ? -1 : random.between(0, left.length - 1), 1)
    const played = await play(`${seed}.${index}`, scene, schedule)
    left.push(...othersIn(played, schedule.length, known))
    yield played
  }
}

/** The schedules that go on otherwise from the choices that are new, from one on, in situations that are new. */
function othersIn({ choices }: Played, from: number, known: Set<string>): number[][] {
  const schedules: number[][] = []
  for (let at = from; at < choices.length; at++) {
    const { situation = '', options = 0 } = choices[at] ?? {}
    if (known.has(situation)) break
    known.add(situation)
    const before = choices.slice(0, at).map(({ taken }) => taken)
    for (let other = 1; other < options; other++) schedules.push([...before, other])
  }
  return schedules
}
