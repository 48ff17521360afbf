import type { Random } from '../random.ts'
import type { Weather } from '../world.ts'
import { follow, list, SECOND } from './jobs.ts'
import type { Made } from './scene.ts'

/** A list of a few or of many, cancelled at times; jobs that are followed beside it have hundreds of statuses between theirs. */
export function lists(random: Random, weather: Weather): Made {
  const length = random.pick([1, random.between(2, 20), random.between(81, 120), 300])
  const cancelledAt = random.chance(0.4) ? random.between(0, length * SECOND) : undefined
  const plan = list(random, length, { cancelledAt })
  const secondary = { saysWhen: random.chance(0.5), countsRefused: random.chance(0.5) }
  const beside = random.chance(0.6)
    ? [
        follow(random, 101, { lasts: [0, 200 * SECOND], with: { context: 'CI / build' } }),
        follow(random, 102, { delay: 100 * SECOND, with: { context: 'CI / build' } }),
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
