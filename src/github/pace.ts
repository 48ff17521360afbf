import type { GitHub } from './connect.ts'
import { sleep } from './retry.ts'

/**
 * "In general, no more than 80 content-generating requests per minute"
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
 */
const MOST = 80
const WINDOW = 60_000

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

/**
 * Waits, and says so, until another write is not the 81st within 60 seconds.
 * @param sentAt when the writes before were sent, oldest first, in milliseconds since 1970
 */
export async function pause({ log }: GitHub, sentAt: readonly number[]): Promise<void> {
  const wait = (sentAt.at(-MOST) ?? 0) + WINDOW - Date.now()
  if (wait <= 0) return
  log(`Waiting ${(wait / 1000).toFixed(1)} s: GitHub allows 80 statuses per minute.`)
  await sleep(wait)
}
