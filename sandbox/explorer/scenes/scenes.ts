import { type Random, seeded } from '../random.ts'
import type { Weather } from '../world.ts'
import { SECOND } from './jobs.ts'
import { lists } from './lists.ts'
import { one, singles } from './one.ts'
import { oneName } from './one-name.ts'
import type { Made, Scene } from './scene.ts'
import { forged, fork, lagging, late, losing, lost, otherApi, ownToken, pushed } from './trouble.ts'
import { workflow } from './workflow.ts'

type Maker = { title: string; share: number; make: (random: Random, weather: Weather) => Made }

/** How often each is played. */
const SCENES: readonly Maker[] = [
  { title: 'one job', share: 12, make: one },
  { title: 'jobs under one name', share: 54, make: oneName },
  { title: 'a workflow with a roll-up and a gate', share: 10, make: workflow },
  { title: 'published once', share: 4, make: singles },
  { title: 'lists', share: 5, make: lists },
  { title: 'a runner is lost, and swept after', share: 5, make: lost },
  { title: 'the token loses its permission', share: 2, make: losing },
  { title: 'a token of a step', share: 3, make: ownToken },
  { title: 'a commit that is known late', share: 2, make: late },
  { title: 'a commit that the server knows late', share: 2, make: lagging },
  { title: 'a commit is pushed meanwhile', share: 3, make: pushed },
  { title: 'a fork', share: 1, make: fork },
  { title: 'a forged memory', share: 1, make: forged },
  { title: 'the API of another server', share: 1, make: otherApi },
]

/** The scene of a seed. */
export function sceneOf(seed: string): Scene {
  const random = seeded(`${seed} scene`)
  const { title, make } = pickScene(random)
  const weather = weatherOf(random)
  return { title, weather, tokens: [], ...make(random, weather) }
}

function pickScene(random: Random): Maker {
  let left = random.between(0, SCENES.reduce((sum, { share }) => sum + share, 0) - 1)
  for (const scene of SCENES) {
    if (left < scene.share) return scene
    left -= scene.share
  }
  throw new Error('no scene')
}

function weatherOf(random: Random): Weather {
  const begin = random.between(0, 120 * SECOND)
  const end = begin + random.between(5, 180) * SECOND
  return {
    faults: random.pick([0, 0, 0.05, 0.15, 0.3, 0.6]),
    outage: random.chance(0.1) ? [begin, end] : undefined,
    skew: random.chance(0.3) ? random.between(-1_800, 1_800) * SECOND : 0,
    limit: random.chance(0.05) ? random.between(1, 12) : 1_000,
  }
}
