import type { StatusRecord } from '../api/github.ts'
import type { Exchange } from './exchange.ts'
import { runJob } from './jobs.ts'
import type { JobRecord, Plan } from './plan.ts'
import type { Scene } from './scenes/scene.ts'
import { sceneOf } from './scenes/scenes.ts'
import type { Choice } from './turns.ts'
import { COMMITS, createWorld, LATE_SHA, OTHER_SHA, REPOSITORY, type World } from './world.ts'

/** Everything that happened in a world, for the checks. */
export type Played = {
  seed: string
  scene: Scene
  jobs: JobRecord[]
  exchanges: Exchange[]
  /** The statuses of all commits in the order in which they were stored. */
  statuses: StatusRecord[]
  /** The order in which things happened, if it was chosen. */
  choices: Choice[]
  /** Milliseconds that a stage can take beyond its budget, if time is true. */
  slack: number
}

/**
 * Plays a scene, from its first job to its last, in simulated time.
 * @param schedule in which order things happen; if it is not given, chance decides
 */
export async function play(
  seed: string,
  scene: Scene = sceneOf(seed),
  schedule?: readonly number[],
): Promise<Played> {
  const world = createWorld(seed, scene.weather, schedule)
  try {
    declareTokens(world, scene)
    pushMeanwhile(world, scene)
    const jobs = await world.clock.run(runAll(world, scene.plans), world.turns)
    const statuses = COMMITS.flatMap(world.statuses)
    return {
      seed,
      scene,
      jobs,
      exchanges: world.exchanges,
      statuses: statuses.sort((one, other) => one.id - other.id),
      choices: world.turns?.choices ?? [],
      slack: 1,
    }
  } finally {
    world.end()
  }
}

function declareTokens({ github, clock }: World, { plans, tokens }: Scene): void {
  for (const { token } of plans) github.token(token)
  for (const { token, at, statuses } of tokens) {
    const declare = () => {
      if (statuses === 'none') github.revoke(token)
      else if (statuses === 'hidden') github.token(token, { repositories: ['octo-org/another'] })
      else github.token(token, { statuses, repositories: [REPOSITORY] })
    }
    if (at <= 0) declare()
    else void clock.sleep(at).then(declare)
  }
}

function pushMeanwhile({ github, clock }: World, { pushedAt, knownAt }: Scene): void {
  const know = () => github.repository(REPOSITORY, { commits: [LATE_SHA] })
  if (knownAt !== undefined) void clock.sleep(knownAt).then(know)
  if (pushedAt === undefined) return
  const push = () => github.repository(REPOSITORY, { pulls: { 7: { head: OTHER_SHA } } })
  void clock.sleep(pushedAt).then(push)
}

function runAll(world: World, plans: readonly Plan[]): Promise<JobRecord[]> {
  const running = new Map<Plan, Promise<JobRecord>>()
  for (const plan of plans) {
    const before = plan.after.map((one) => running.get(one)).filter((one) => one !== undefined)
    running.set(plan, runJob(world, plan, before))
  }
  return Promise.all(running.values())
}
