import type { Random } from '../random.ts'
import { contextsOf, follow, once, rollUp } from './jobs.ts'
import type { Made } from './scene.ts'

export function one(random: Random): Made {
  const context = contextsOf(random)
  const isRenamed = context !== 'job' && random.chance(0.06)
  const renamed = { context: `${context}\nanother name` }
  const changes = isRenamed ? { main: renamed, post: renamed } : {}
  return { plans: [follow(random, 100, { with: { context }, changes })] }
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
  const states = ['pending', 'success', 'failure', 'error'] as const
  const first = once(random, 100, random.pick(states))
  if (random.chance(0.5)) return { plans: [first] }
  return {
    plans: [first, once(random, 101, random.pick(states), { delay: random.between(0, 60_000) })],
  }
}
