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
export function waitForPace(sentAt: readonly number[], now: number): number {
  const earliest = sentAt.at(-MOST)
  return earliest === undefined ? 0 : Math.max(earliest + WINDOW - now, 0)
}
