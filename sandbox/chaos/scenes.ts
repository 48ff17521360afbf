import type { Plan } from './jobs.ts'
import { type Random, seeded } from './random.ts'
import { SHA, START, type Weather } from './world.ts'

/** The jobs of one commit, and what they meet. Times are milliseconds since the world's begin. */
export type Scene = {
  title: string
  weather: Weather
  plans: Plan[]
  /** When every token stops being one that may write. */
  losesPermission: number | undefined
}

const SECOND = 1_000
const PUSH = { name: 'push', payload: { ref: 'refs/heads/main', after: SHA } }
const COMMENT = { name: 'issue_comment', payload: { issue: { number: 7, pull_request: {} } } }
const PULL_REQUEST = {
  name: 'pull_request',
  payload: { pull_request: { head: { sha: SHA, repo: { id: 1 } }, base: { repo: { id: 2 } } } },
}

/** The scene of a seed. */
export function sceneOf(seed: string): Scene {
  const random = seeded(`${seed} scene`)
  const { title, make } = pickScene(random)
  const weather = weatherOf(random)
  return { title, weather, losesPermission: undefined, ...make(random, weather) }
}

type Made = Pick<Scene, 'plans'> & Partial<Scene>

const SCENES: readonly {
  title: string
  share: number
  make: (random: Random, weather: Weather) => Made
}[] = [
  { title: 'one job', share: 30, make: (random) => ({ plans: [follow(random, 100, 1000)] }) },
  { title: 'a runner is lost, and swept after', share: 10, make: lost },
  { title: 'runs that race', share: 25, make: race },
  { title: 'a re-run begins while the first ends', share: 10, make: rerun },
  { title: 'a workflow with a roll-up and a gate', share: 10, make: workflow },
  {
    title: 'published once',
    share: 8,
    make: (random) => ({ plans: [once(random, 100, 1000, random.between(0, 60_000))] }),
  },
  { title: 'the token loses its permission', share: 4, make: losing },
  { title: 'a fork', share: 3, make: fork },
]

function pickScene(random: Random) {
  let left = random.between(0, SCENES.reduce((sum, { share }) => sum + share, 0) - 1)
  for (const scene of SCENES) {
    if (left < scene.share) return scene
    left -= scene.share
  }
  throw new Error('no scene')
}

function weatherOf(random: Random): Weather {
  const begin = random.between(0, 120 * SECOND)
  return {
    faults: random.pick([0, 0.05, 0.15, 0.3, 0.6]),
    outage: random.chance(0.15) ? [begin, begin + random.between(5, 180) * SECOND] : undefined,
    skew: random.chance(0.3) ? random.between(-1_800, 1_800) * SECOND : 0,
    limit: random.chance(0.05) ? random.between(1, 12) : 1_000,
  }
}

function job(random: Random, run: number, id: number, startsAt: number): Plan {
  const length = () =>
    random.pick([0, random.between(0, 5 * SECOND), random.between(0, 90 * SECOND)])
  return {
    kind: 'follow',
    run,
    id,
    token: `ghs_${String(id).padStart(6, '0')}${'T0ken'.repeat(6)}`,
    startsAt,
    lasts: [length(), length()],
    result: random.pick(['success', 'failure']),
    runsMain: true,
    lostAt: undefined,
    cancelledAt: undefined,
    event: random.chance(0.1) ? COMMENT : PUSH,
    with: random.chance(0.2) ? { fail_on_error: 'false' } : {},
    renamed: undefined,
    shows: '',
  }
}

/** A job whose status follows it, in any of the ways in which it can go. */
export function follow(
  random: Random,
  run: number,
  id: number,
  startsAt = 0,
  contexts = contextsOf(random),
): Plan {
  const plan = job(random, run, id, startsAt)
  const during = startsAt + random.between(0, plan.lasts[0] + plan.lasts[1] + 2 * SECOND)
  return {
    ...plan,
    kind: random.chance(0.15) ? 'local' : 'follow',
    with: { ...plan.with, context: contexts },
    runsMain: random.chance(0.85),
    cancelledAt: random.chance(0.15) ? during : undefined,
    renamed: random.chance(0.05) ? `${contexts}\nanother name` : undefined,
  }
}

export function once(random: Random, run: number, id: number, startsAt: number): Plan {
  const plan = job(random, run, id, startsAt)
  const state = random.pick(['pending', 'success', 'failure', 'error'])
  return {
    ...plan,
    kind: 'once',
    with: { ...plan.with, state, context: 'CI / once' },
    shows: state,
  }
}

export function rollUp(
  random: Random,
  run: number,
  id: number,
  startsAt: number,
  results: readonly string[],
): Plan {
  const plan = job(random, run, id, startsAt)
  const needs = JSON.stringify(
    Object.fromEntries(results.map((result, index) => [`job ${index}`, { result }])),
  )
  const shows = results.includes('failure') ? 'failure' : 'success'
  return { ...plan, kind: 'roll-up', with: { ...plan.with, needs, context: 'CI / all' }, shows }
}

const contextsOf = (random: Random): string =>
  random.pick(['', 'CI / build', 'CI / build\nCI / lint\nDeploy', `CI / 🚀 ${'long '.repeat(80)}`])

function race(random: Random): Made {
  const contexts = contextsOf(random)
  const runs = random.between(2, 3)
  const apart = random.pick([2, 20, 120]) * SECOND
  const plans = Array.from({ length: runs }, (_, index) =>
    follow(random, 100 + index, 1000 + index, random.between(0, apart), contexts),
  )
  return { plans }
}

function rerun(random: Random): Made {
  const contexts = contextsOf(random)
  const first = follow(random, 100, 1000, 0, contexts)
  const end = first.lasts[0] + first.lasts[1]
  const starts = Math.max(end + random.between(-5 * SECOND, 20 * SECOND), 0)
  return { plans: [first, follow(random, 100, 1001, starts, contexts)] }
}

function lost(random: Random, { skew }: Weather): Made {
  const plan = follow(random, 100, 1000)
  const lostAt = random.between(0, plan.lasts[0] + plan.lasts[1] + 5 * SECOND)
  return {
    plans: [
      { ...plan, lostAt },
      sweepOf(random, plan.run, lostAt + random.between(15, 60) * SECOND, skew),
    ],
  }
}

function sweepOf(random: Random, run: number, startsAt: number, skew: number): Plan {
  const conclusion = random.pick(['failure', 'cancelled'])
  const updated_at = new Date(START + startsAt + skew).toISOString()
  const workflow_run = { id: run, head_sha: SHA, conclusion, updated_at }
  return {
    ...job(random, run + 50, 5000, startsAt),
    kind: 'sweep',
    with: {},
    event: { name: 'workflow_run', payload: { action: 'completed', workflow_run } },
  }
}

function workflow(random: Random): Made {
  const legs = Array.from({ length: random.between(2, 6) }, (_, index) =>
    follow(random, 100, 1000 + index, random.between(0, 10 * SECOND), `CI / leg ${index}`),
  )
  const results = legs.map(({ result }) => result)
  const end = Math.max(...legs.map(({ startsAt, lasts }) => startsAt + lasts[0] + lasts[1]))
  const gate: Plan = {
    ...job(random, 100, 2000, random.between(0, end)),
    kind: 'gate',
    with: { contexts: 'CI / leg *', timeout_minutes: '4', require_success: 'true' },
  }
  return {
    plans: [
      ...legs,
      gate,
      rollUp(random, 100, 2001, end + random.between(0, 10 * SECOND), results),
    ],
  }
}

function losing(random: Random): Made {
  const plan = follow(random, 100, 1000)
  return { plans: [plan], losesPermission: random.between(0, plan.lasts[0] + plan.lasts[1]) }
}

function fork(random: Random): Made {
  return { plans: [{ ...follow(random, 100, 1000), event: PULL_REQUEST }], losesPermission: -1 }
}
