import type { Random } from '../random.ts'
import type { Weather } from '../world.ts'
import { follow, list, SECOND } from './jobs.ts'
import type { Made } from './scene.ts'

/**
 * A list of a few or of many, cancelled at times; a job beside it has hundreds of statuses between
 * its own two.
 */
export function lists(random: Random, weather: Weather): Made {
  const length = random.pick([1, random.between(2, 20), random.between(81, 120), 300])
  const cancelledAt = random.chance(0.4) ? random.between(0, length * SECOND) : undefined
  const plan = list(random, length, { cancelledAt })
  const secondary = { saysWhen: random.chance(0.5) }
  const calm = { with: { context: 'CI / build' }, cancelledAt: undefined }
  const beside = random.chance(0.6)
    ? [
        follow(random, 101, { ...calm, lasts: [0, 240 * SECOND] }),
        follow(random, 102, { ...calm, delay: 20 * SECOND, lasts: [0, 5 * SECOND] }),
      ]
    : []
  return {
    plans: [plan, ...beside],
    // Of faults that meet every second of 300 writes nothing is learned.
    weather: {
      ...weather,
      faults: Math.min(weather.faults, length > 50 ? 0.05 : 0.3),
      limit: 1_000,
      ...(random.chance(0.7) && { secondary }),
    },
  }
}
