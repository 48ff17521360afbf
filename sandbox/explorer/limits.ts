import type { ApiResponse } from '../api/github.ts'

/**
 * GitHub's secondary limit of writes, by a window that slides, which is stricter than one that starts anew.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
 */
const MOST = 80
const WITHIN = 60_000
const MESSAGE =
  'You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.'

/** Refuses a write that comes too fast. GitHub's refusals do not always say when to come again. */
export type Limits = (method: string) => ApiResponse | undefined

export function createLimits(now: () => number, saysWhen: boolean): Limits {
  const written: number[] = []
  return (method) => {
    if (method !== 'POST') return undefined
    const isRefused = written.filter((at) => at > now() - WITHIN).length >= MOST
    if (!isRefused) written.push(now())
    if (!isRefused) return undefined

    const type = { 'content-type': 'application/json; charset=utf-8' }
    const headers = saysWhen ? { ...type, 'retry-after': '60' } : type
    return { status: 403, headers, body: JSON.stringify({ message: MESSAGE }) }
  }
}
