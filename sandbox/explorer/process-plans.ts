import type { Plan } from './plan.ts'
import type { Random } from './random.ts'
import { follow, list, once, rollUp } from './scenes/jobs.ts'

/** A job that is played by processes. */
export function processPlan(random: Random): Plan {
  const simple = { queued: 0, isDirect: true, changes: {}, cancelledAt: undefined }
  const followed = (more: Partial<Plan> = {}): Plan => {
    const attempt = random.pick([1, 1, 2])
    const context = random.pick(['job', 'CI / build', 'CI / build\nCI / lint'])
    const plan = follow(random, 100, { attempt, with: { context } })
    return { ...plan, ...simple, ...more }
  }
  return random.pick([
    followed,
    followed,
    () => followed({ kind: 'local', runsMain: true, cancelledAt: random.between(20, 500) }),
    () => followed({ lostAt: random.between(20, 500) }),
    () => once(random, 100, random.pick(['pending', 'success', 'failure', 'error']), simple),
    () => rolledUp(random, simple),
    () => list(random, random.between(1, 30), simple),
    () => list(random, 60, { ...simple, cancelledAt: random.between(300, 900) }),
  ])()
}

/** A roll-up of jobs that are not played. */
function rolledUp(random: Random, simple: Partial<Plan>): Plan {
  const result = random.pick(['success', 'failure', 'skipped'] as const)
  const needs = JSON.stringify({ build: { result }, lint: { result: 'skipped' } })
  const shows = result === 'failure' ? 'failure' : 'error'
  const plan = rollUp(random, 100, simple)
  return { ...plan, shows, with: { ...plan.with, needs } }
}
