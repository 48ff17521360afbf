import type { Plan } from '../plan.ts'
import type { Random } from '../random.ts'
import { again, follow, job, rollUp, SECOND } from './jobs.ts'
import type { Made } from './scene.ts'

/**
 * Legs of a matrix, a roll-up of them and a gate; a second run of it, or all of it again, at times.
 */
export function workflow(random: Random): Made {
  const hasId = random.chance(0.9)
  const first = legsAndRollUp(random, 100, 0, hasId)
  const gate: Plan = {
    ...job(random, 100, { hasId, queued: random.between(0, 60 * SECOND) }),
    kind: 'gate',
    with: { contexts: 'CI / leg *', timeout_minutes: '4', require_success: 'true' },
  }
  const more = random.pick(['nothing', 'nothing', 'a run', 'again'])
  if (more === 'nothing') return { plans: [...first, gate] }
  if (more === 'a run') {
    const second = legsAndRollUp(random, 101, random.between(0, 120 * SECOND), hasId)
    return { plans: [...first, gate, ...second] }
  }
  const legs = first.slice(0, -1).map((leg) => again(random, leg, first))
  return { plans: [...first, gate, ...legs, rollUpOf(random, legs)] }
}

function legsAndRollUp(random: Random, run: number, delay: number, hasId: boolean): Plan[] {
  const legs = Array.from({ length: random.between(2, 5) }, (_, index) =>
    follow(random, run, { delay, hasId, with: { context: `CI / leg ${index}` } }),
  )
  return [...legs, rollUpOf(random, legs)]
}

function rollUpOf(random: Random, legs: readonly Plan[]): Plan {
  const [leg] = legs
  const { run = 100, attempt = 1, hasId = true } = leg ?? {}
  const skips = random.pick([0, 0, 1])
  return rollUp(random, run, {
    attempt,
    hasId,
    after: legs,
    skips,
    delay: random.between(0, 5_000),
    with: skips > 0 && random.chance(0.5) ? { allowed_skips: 'skipped *' } : {},
  })
}
