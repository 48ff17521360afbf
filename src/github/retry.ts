import type { Octokit } from '@octokit/core'
import type { retry } from '@octokit/plugin-retry'
import { quote } from '../status/text.ts'
import { LONGEST_LAG, SHORTEST_ATTEMPT } from './budgets.ts'
import { type Failure, isLasting, mayLag, type RequestError } from './cause.ts'
import { errorOf } from './request-error.ts'
import { askedWait, waitBefore } from './retry-wait.ts'

/** Until when requests may be made, in milliseconds since 1970: `latest` if the server asks. */
export type Deadline = { at: number; latest: number }

/** What a stage still tolerates, over all its connections. */
export type Patience = {
  /** How many more attempts there are after an odd answer to a write. */
  odd: number
  /** Until when a server may lag, in milliseconds since 1970, counted from the first refusal. */
  lagsUntil?: number
}

/** What a stage's requests share. */
export type Stage = {
  deadline: Deadline
  patience: Patience
  /** Whether a token that is refused may be too new for the server to know it. */
  isTokenNew: boolean
  log(line: string): void
}

/** What a request carries for {@link retries}. Octokit passes it through untouched. */
type Attempt = { retryCount?: number; isSentOnce?: boolean; stage?: Stage }

/**
 * Decides for `@octokit/plugin-retry`, which does the waiting, whether and when to retry a read: by
 * itself it ignores `retry-after`, gives up on a rate limit's 403 and adds no jitter. What is tried
 * again is said in `cause.ts`, how long a stage tries in `budgets.ts`, and how long it waits in
 * `retry-wait.ts`.
 */
export function retries(octokit: Octokit) {
  octokit.hook.error('request', (thrown, { request = {} }) => {
    const { retryCount = 0, isSentOnce, stage } = request as Attempt
    if (isSentOnce || stage === undefined || !('request' in thrown)) throw thrown

    const error = errorOf(thrown)
    const wait = waitWithin(error, retryCount, stage)
    if (wait === undefined) throw thrown
    stage.log(retryLine(error, retryCount + 1, wait))
    const { retry: plugin } = octokit as Octokit & ReturnType<typeof retry>
    throw plugin.retryRequest(thrown, retryCount + 1, wait)
  })
  return {}
}

/**
 * Waits until a failed write can be tried again.
 * @returns false, at once, if another attempt cannot help or does not fit
 */
export async function waitToRetry(
  stage: Stage,
  { error }: Failure,
  retries: number,
): Promise<boolean> {
  const wait = error && waitWithin(error, retries, stage)
  if (error === undefined || wait === undefined) return false
  stage.log(retryLine(error, retries + 1, wait))
  await sleep(wait)
  return true
}

/**
 * Milliseconds to wait before another attempt, or undefined if none helps or fits. Lets the
 * deadline grow, and uses up patience.
 */
function waitWithin(error: RequestError, retries: number, stage: Stage): number | undefined {
  const { deadline, patience } = stage
  const now = Date.now()
  const isAsked = askedWait(error, now, retries) !== undefined
  const usual = isAsked ? Math.max(deadline.at, deadline.latest) : deadline.at
  const mayBeLag = isLasting(error.cause)
  const end = mayBeLag ? endOfLag(error, now, stage) : usual
  const waitAt = (random: number) => waitBefore(error, mayBeLag ? 0 : retries, now, random)

  // Chance never pushes a wait that fits past the end.
  const longest = end - now - SHORTEST_ATTEMPT - 1
  if (waitAt(0) > longest) return undefined
  if (error.cause === 'odd' && patience.odd-- <= 0) return undefined
  deadline.at = Math.max(deadline.at, end)
  return Math.min(waitAt(Math.random()), longest)
}

/** Until when a refusal may be due to a server's lag: once in a stage, for a few seconds. */
function endOfLag(
  error: RequestError,
  now: number,
  { deadline, patience, isTokenNew }: Stage,
): number {
  if (!mayLag(error) || (error.status === 401 && !isTokenNew)) return now
  patience.lagsUntil ??= now + LONGEST_LAG
  return Math.min(patience.lagsUntil, deadline.at)
}

function retryLine(error: RequestError, attempt: number, wait: number): string {
  const reason = [error.status ?? error.code, quote(error.message || error.reasons)].join(' ')
  const at = new Date(Date.now() + wait).toISOString().slice(11, 19)
  const seconds = (wait / 1000).toFixed(1)
  return `${error.call}: attempt ${attempt} failed with ${reason}; retrying in ${seconds} s, at ${at} UTC.`
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
