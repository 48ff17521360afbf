import type { Random } from '../random.ts'
import { again, contextsOf, follow, SECOND } from './jobs.ts'
import type { Made } from './scene.ts'

export function one(random: Random): Made {
  const context = contextsOf(random)
  const isRenamed = context !== 'job' && random.chance(0.06)
  const renamed = { context: `${context}\nanother name` }
  const changes = isRenamed ? { main: renamed, post: renamed } : {}
  return { plans: [follow(random, 100, { with: { context }, changes })] }
}

/** Two or three runs of one workflow; a server either gives job ids or it does not. */
export function race(random: Random): Made {
  const context = contextsOf(random)
  const hasId = random.chance(0.85)
  const apart = random.pick([2, 20, 120]) * SECOND
  let delay = 0
  const plans = Array.from({ length: random.between(2, 3) }, (_, index) => {
    const plan = follow(random, 100 + index, { delay, hasId, with: { context } })
    delay += random.between(0, apart)
    return plan
  })
  return { plans }
}

/** A run that is run again once or twice, alone, or beside another run that is older or newer. */
export function reruns(random: Random): Made {
  const shared = { hasId: random.chance(0.85), with: { context: contextsOf(random) } }
  const otherRun = random.pick([undefined, 100, 102, 102])
  const isOlder = otherRun === 100

  const first = follow(random, 101, {
    ...shared,
    delay: isOlder ? random.between(0, 20 * SECOND) : 0,
  })
  const second = again(random, first, [first])
  const third = random.chance(0.3) ? [again(random, second, [second])] : []
  const delay = isOlder ? 0 : random.between(0, 180 * SECOND)
  const others = otherRun === undefined ? [] : [follow(random, otherRun, { ...shared, delay })]
  return { plans: [first, ...others, second, ...third] }
}
