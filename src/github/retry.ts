import type { Octokit } from '@octokit/core'
import type { retry } from '@octokit/plugin-retry'
import { sleep } from '../runner/sleep.ts'
import { quote } from '../status/text.ts'
import { SHORTEST_ATTEMPT } from './budgets.ts'
import type { Failure, RequestError } from './cause.ts'
import type { GitHub } from './connect.ts'
import { errorOf } from './request-error.ts'
import { askedWait, waitBefore } from './retry-wait.ts'

/**
 * Until when requests may be made, in milliseconds since 1970. It grows to `latest` if the server
 * itself says when to come again.
 */
export type Deadline = { at: number; latest: number }

/** What a request carries for {@link patience}. Octokit passes it through untouched. */
type Attempt = { retryCount?: number; isSentOnce?: boolean; deadline?: Deadline }

/**
 * Decides for `@octokit/plugin-retry`, which does the waiting, whether and when to retry a read: by
 * itself it ignores `retry-after`, gives up on a rate limit's 403 and adds no jitter. What is tried
 * again is said in `cause.ts`, how long a stage tries in `budgets.ts`, and how long it waits in
 * `retry-wait.ts`.
 */
export function patience(token: string, log: GitHub['log']) {
  return (octokit: Octokit) => {
    octokit.hook.error('request', (thrown, { request = {} }) => {
      const { retryCount = 0, isSentOnce, deadline } = request as Attempt
      if (isSentOnce || deadline === undefined || !('request' in thrown)) throw thrown

      const error = errorOf(thrown, token)
      const wait = waitWithin(error, retryCount, deadline)
      if (wait === undefined) throw thrown
      log(retryLine(error, retryCount + 1, wait))
      const { retry: plugin } = octokit as Octokit & ReturnType<typeof retry>
      throw plugin.retryRequest(thrown, retryCount + 1, wait)
    })
    return {}
  }
}

/**
 * Waits until a failed write can be tried again.
 * @param retries how many were made so far
 * @returns false, at once, if another attempt cannot help or does not fit
 */
export async function waitToRetry(
  { deadline, log }: GitHub,
  { error }: Failure,
  retries: number,
): Promise<boolean> {
  const wait = error && waitWithin(error, retries, deadline)
  if (error === undefined || wait === undefined) return false
  log(retryLine(error, retries + 1, wait))
  await sleep(wait)
  return true
}

/**
 * Milliseconds to wait before another attempt, or undefined if none helps or fits. Lets the
 * deadline grow.
 */
function waitWithin(error: RequestError, retries: number, deadline: Deadline): number | undefined {
  const now = Date.now()
  const wait = waitBefore(error, retries, now, Math.random())
  if (wait === undefined) return undefined

  const isAsked = askedWait(error, now, retries) !== undefined
  const end = isAsked ? Math.max(deadline.at, deadline.latest) : deadline.at
  if (now + wait + SHORTEST_ATTEMPT >= end) return undefined
  deadline.at = end
  return wait
}

function retryLine(error: RequestError, attempt: number, wait: number): string {
  const reason = [error.status ?? error.code, quote(error.message || error.reasons)].join(' ')
  const at = new Date(Date.now() + wait).toISOString().slice(11, 19)
  const seconds = (wait / 1000).toFixed(1)
  return `${error.call}: attempt ${attempt} failed with ${reason}; retrying in ${seconds} s, at ${at} UTC.`
}
