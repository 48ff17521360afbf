import type { StatusRecord } from '../api/github.ts'
import { type JobRecord, runJob } from './jobs.ts'
import { type Scene, sceneOf } from './scenes.ts'
import { createWorld, type Exchange, REPOSITORY, SHA } from './world.ts'

/** All that happened in a world, for the checks. */
export type Played = {
  seed: string
  scene: Scene
  jobs: JobRecord[]
  exchanges: Exchange[]
  /** The commit's statuses in the order in which they were stored. */
  statuses: StatusRecord[]
  /** Milliseconds that a stage may take beyond its budget, where time is true. */
  slack: number
}

/** Plays the scene of a seed, from its first job to its last, in simulated time. */
export async function play(seed: string): Promise<Played> {
  const scene = sceneOf(seed)
  const world = createWorld(seed, scene.weather)
  const declare = (statuses: 'read' | 'write') => {
    for (const { token } of scene.plans) world.github.token(token, { statuses })
  }
  try {
    const { losesPermission } = scene
    declare(losesPermission !== undefined && losesPermission < 0 ? 'read' : 'write')
    if (losesPermission !== undefined && losesPermission >= 0) {
      void world.clock.sleep(losesPermission).then(() => declare('read'))
    }
    const jobs = await world.clock.run(Promise.all(scene.plans.map((plan) => runJob(world, plan))))
    const statuses = world.github.statuses(REPOSITORY, SHA).toReversed()
    return { seed, scene, jobs, exchanges: world.exchanges, statuses, slack: 1 }
  } finally {
    world.end()
  }
}
