import type { GitHub } from './connect.ts'
import { sleep } from './retry.ts'

/**
 * "In general, no more than 80 content-generating requests per minute"
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
 */
const MOST = 80
const WINDOW = 60_000

/**
 * Milliseconds to wait before another write, so that there are never more than 80 in any 60
 * seconds.
 * @param sentAt when the writes before were sent, oldest first, in milliseconds since 1970
 */
function waitForPace(sentAt: readonly number[], now: number): number {
  const earliest = sentAt.at(-MOST)
  return earliest === undefined ? 0 : Math.max(earliest + WINDOW - now, 0)
}

/** The connection, which keeps every attempt to write to GitHub's pace. */
export function paced(github: GitHub, sentAt: number[]): GitHub {
  return {
    ...github,
    async fetch(url, call, deadline) {
      if (call.method === 'POST') {
        await pause(github, sentAt)
        sentAt.push(Date.now())
      }
      return github.fetch(url, call, deadline)
    },
  }
}

/** Waits until another write keeps to the pace, and says so. */
export async function pause({ log }: GitHub, sentAt: readonly number[]): Promise<void> {
  const wait = waitForPace(sentAt, Date.now())
  if (wait === 0) return
  log(`Waiting ${(wait / 1000).toFixed(1)} s: GitHub allows 80 statuses per minute.`)
  await sleep(wait)
}
