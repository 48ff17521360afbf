import { GitHub as Client, getOctokitOptions } from '@actions/github/lib/utils'
import type { Octokit } from '@octokit/core'
import { retry } from '@octokit/plugin-retry'
import type { Access } from '../runner/access.ts'
import type { Runner } from '../runner/toolkit.ts'
import type { Answer, Call } from '../runner/transport.ts'
import { type Budget, LONGEST_ATTEMPT, MOST_ODD } from './budgets.ts'
import { type Deadline, type Patience, retries } from './retry.ts'

/** A connection to the API of one repository, as a value: see `request.ts` for what it does. */
export type GitHub = {
  access: Access
  octokit: Octokit
  deadline: Deadline
  patience: Patience
  /** Sends a request and reads its answer; its time is counted from the call on. */
  fetch: (url: string, call: Call, deadline: Deadline) => Promise<Answer>
  log: Runner['info']
}

/**
 * Connects to the API and masks the token.
 * @param budget the time for everything that is done with the connection
 */
export function connect(
  access: Access,
  runner: Pick<Runner, 'fetch' | 'info' | 'mask'>,
  { usual, ifAsked }: Budget,
): GitHub {
  const { repository, token, apiUrl, platform, isJobToken, isOwnRepository, hasStandIn } = access
  const { info: log } = runner
  if (token !== '') runner.mask(token)

  const PatientClient = Client.plugin(retries(token, log), retry)
  const octokit = new PatientClient(
    getOctokitOptions(token, {
      baseUrl: apiUrl,
      userAgent: 'commit-status',
      log: { debug() {}, info() {}, warn: log, error() {} },
      request: { log: { warn: log } },
      retry: { doNotRetry: EVERY_STATUS, retryAfterBaseValue: 1 },
    }),
  )
  const now = Date.now()
  return {
    access: { repository, token, apiUrl, platform, isJobToken, isOwnRepository },
    octokit: octokit as unknown as Octokit,
    deadline: { at: now + usual, latest: now + ifAsked },
    patience: { odd: MOST_ODD, isTokenNew: !isJobToken && !hasStandIn },
    fetch: (url, call, deadline) => runner.fetch(url, call, timeLeft(deadline)),
    log,
  }
}

/**
 * The same connection with a nearer deadline.
 * @param milliseconds from now
 */
export function within(github: GitHub, milliseconds: number): GitHub {
  const at = Math.min(Date.now() + milliseconds, github.deadline.at)
  return { ...github, deadline: { at, latest: at } }
}

/** The same connection with a later deadline. */
export function extended(github: GitHub, milliseconds: number): GitHub {
  const { at, latest } = github.deadline
  return { ...github, deadline: { at: at + milliseconds, latest: latest + milliseconds } }
}

/** Milliseconds that the next attempt may take. */
function timeLeft({ at }: Deadline): number {
  return Math.min(at - Date.now(), LONGEST_ATTEMPT)
}

const EVERY_STATUS = Array.from({ length: 600 }, (_, index) => 400 + index)
