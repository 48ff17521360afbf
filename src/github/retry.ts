import type { Octokit } from '@octokit/core'
import type { retry } from '@octokit/plugin-retry'
import type { Answer, Call } from '../runner/transport.ts'
import { isRecord } from '../status/json.ts'
import { quote } from '../status/text.ts'
import { SHORTEST_ATTEMPT } from './budgets.ts'
import { causeOf, mayBeStored } from './cause.ts'
import { conceal, errorOf, type RequestError } from './request-error.ts'
import { askedWait, waitBefore } from './retry-wait.ts'

/**
 * Until when requests may be made, in milliseconds since 1970. It grows to `latest` if the server
 * itself says when to come again.
 */
export type Deadline = { at: number; latest: number }

/**
 * Asked before another attempt; false withdraws the request.
 * @param wasRefused whether the server refused before it stored anything, because of a limit
 */
export type MayRetry = (wasRefused: boolean) => Promise<boolean>

/** What a request carries for {@link patience}. Octokit passes it through untouched. */
type RequestOptions = {
  deadline: Deadline
  /** What the attempts have met so far. */
  met: { mayBeStored: boolean }
  fetch: (url: string, call: Call) => Promise<Answer>
  mayRetry?: MayRetry | undefined
}

type Attempt = { retryCount?: number; wasRefused?: boolean } & Partial<RequestOptions>

/**
 * Decides for `@octokit/plugin-retry`, which does the waiting, whether and when to retry: by itself
 * it ignores `retry-after`, gives up on a rate limit's 403 and adds no jitter. What is tried again is
 * said in `cause.ts`, how long a stage tries in `budgets.ts`, and how long it waits in `retry-wait.ts`.
 */
export function patience(token: string, log: (line: string) => void) {
  return (octokit: Octokit) => {
    octokit.hook.before('request', async ({ request = {} }) => {
      const { retryCount = 0, wasRefused, mayRetry } = request as Attempt
      if (retryCount === 0 || mayRetry === undefined) return
      if (!(await mayRetry(wasRefused === true))) throw withdrawal()
    })
    octokit.hook.error('request', (thrown, { request = {} }) => {
      const attempt = request as Attempt
      const error = conceal(errorOf(thrown), token)
      const cause = causeOf(error)
      attempt.wasRefused = cause === 'limit'
      if (attempt.met && mayBeStored(cause)) attempt.met.mayBeStored = true
      const retries = attempt.retryCount ?? 0
      const wait = isWithdrawn(thrown) ? undefined : waitWithin(error, retries, attempt.deadline)
      if (wait === undefined || !('request' in thrown)) throw thrown

      log(retryLine(error, thrown.request, retries + 1, wait))
      const { retry: plugin } = octokit as Octokit & ReturnType<typeof retry>
      throw plugin.retryRequest(thrown, retries + 1, wait)
    })
    return {}
  }
}

/** Ends a request without another attempt. Plugin-retry looks for `request` in every error. */
function withdrawal(): Error {
  return Object.assign(new Error('withdrawn'), { isWithdrawn: true, request: { request: {} } })
}

/** Whether {@link MayRetry} ended the request. */
export function isWithdrawn(thrown: unknown): boolean {
  return isRecord(thrown) && thrown.isWithdrawn === true
}

/**
 * Milliseconds to wait before another attempt, or undefined if none helps or fits. Lets the
 * deadline grow.
 */
function waitWithin(
  error: RequestError,
  retries: number,
  deadline: Deadline | undefined,
): number | undefined {
  const now = Date.now()
  const wait = waitBefore(error, retries, now, Math.random())
  if (wait === undefined || deadline === undefined) return undefined

  const isAsked = askedWait(error, now, retries) !== undefined
  const end = isAsked ? Math.max(deadline.at, deadline.latest) : deadline.at
  if (now + wait + SHORTEST_ATTEMPT >= end) return undefined
  deadline.at = end
  return wait
}

function retryLine(
  error: RequestError,
  { method, url }: { method: string; url: string },
  attempt: number,
  wait: number,
): string {
  const reason = [error.status ?? error.code, quote(error.message || error.reasons)].join(' ')
  const at = new Date(Date.now() + wait).toISOString().slice(11, 19)
  const seconds = (wait / 1000).toFixed(1)
  return `${method} ${new URL(url).pathname}: attempt ${attempt} failed with ${reason}; retrying in ${seconds} s, at ${at} UTC.`
}
