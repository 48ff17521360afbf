import type { Random } from '../random.ts'
import { again, follow, SECOND } from './jobs.ts'
import type { Made } from './scene.ts'

/**
 * Two or three jobs of one execution under one name; beside them another run, or they are run
 * again, all or one alone.
 */
export function siblings(random: Random): Made {
  const hasId = random.chance(0.85)
  const shared = { hasId, with: { context: 'CI / shared' } }
  const legs = Array.from({ length: random.between(2, 3) }, () =>
    follow(random, 101, { ...shared, queued: random.pick([0, random.between(0, 60 * SECOND)]) }),
  )
  const what = random.pick(['alone', 'alone', 'beside a run', 'all again', 'one again'])
  if (what === 'all again') {
    return { plans: [...legs, ...legs.map((leg) => again(random, leg, legs))] }
  }
  if (what === 'one again') {
    const [first] = legs
    return { plans: first === undefined ? legs : [...legs, again(random, first, legs)] }
  }
  if (what === 'alone') return { plans: legs }

  const run = random.pick([100, 102])
  const delay = random.between(0, 60 * SECOND)
  const isOlder = run === 100
  const moved = isOlder ? legs.map((leg) => ({ ...leg, delay })) : legs
  return { plans: [...moved, follow(random, run, { ...shared, delay: isOlder ? 0 : delay })] }
}
