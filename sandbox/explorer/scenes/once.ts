import type { Plan } from '../plan.ts'
import type { Random } from '../random.ts'
import { again, follow, once, rollUp, SECOND } from './jobs.ts'
import type { Made } from './scene.ts'

const END = ['success', 'failure', 'error'] as const

/**
 * A first job publishes pending, a last one the result; of one run or two, and run again at times.
 */
export function pairs(random: Random): Made {
  const hasId = random.chance(0.85)
  const older = pair(random, 100, { hasId })
  const newer = random.chance(0.7)
    ? pair(random, 101, { hasId, delay: random.between(0, 120 * SECOND) })
    : []
  if (random.chance(0.6)) return { plans: [...older, ...newer] }

  const [start, end] = older
  if (start === undefined || end === undefined) return { plans: older }
  const startAgain = again(random, start, older)
  const endAgain = { ...again(random, end, [startAgain]), shows: end.shows }
  return { plans: [...older, ...newer, startAgain, endAgain] }
}

function pair(random: Random, run: number, more: Partial<Plan>): Plan[] {
  const start = once(random, run, 'pending', more)
  const end = once(random, run, random.pick(END), { ...more, delay: 0, after: [start] })
  return [start, end]
}

/**
 * A state once, of one run or two; a word that must not be green; or a roll-up of nothing that ran.
 */
export function singles(random: Random): Made {
  if (random.chance(0.2)) {
    return { plans: [rollUp(random, 100, { skips: random.between(1, 3) })] }
  }
  if (random.chance(0.2)) {
    const plan = once(random, 100, 'error')
    return { plans: [{ ...plan, with: { ...plan.with, state: 'skipped' } }] }
  }
  const states = ['pending', ...END] as const
  const first = once(random, 100, random.pick(states))
  if (random.chance(0.5)) return { plans: [first] }
  return {
    plans: [first, once(random, 101, random.pick(states), { delay: random.between(0, 60_000) })],
  }
}

/** One run is followed, the other publishes its end once. */
export function endings(random: Random): Made {
  const context = 'CI / build'
  const delay = random.between(0, 60 * SECOND)
  const isFollowedFirst = random.chance(0.5)
  const followed = (run: number, delay: number) => follow(random, run, { delay, with: { context } })
  const single = (run: number, delay: number) =>
    once(random, run, random.pick(END), { delay, with: { context } })
  const plans = isFollowedFirst
    ? [followed(100, 0), single(101, delay)]
    : [single(100, 0), followed(101, delay)]
  const [first] = plans
  if (first === undefined || random.chance(0.7)) return { plans }
  return { plans: [...plans, { ...again(random, first, [first]), shows: first.shows }] }
}
