import { GitHub as Client, getOctokitOptions } from '@actions/github/lib/utils'
import type { Octokit } from '@octokit/core'
import { retry } from '@octokit/plugin-retry'
import type { Access } from '../runner/access.ts'
import type { Runner } from '../runner/toolkit.ts'
import { type Deadline, patience } from './patience.ts'

/** A connection to the API of one repository, as a value: see `request.ts` for what it does. */
export type GitHub = {
  access: Access
  octokit: Octokit
  deadline: Deadline
  fetch: Runner['fetch']
  log: Runner['info']
}

const LONGEST_ATTEMPT = 10_000

/**
 * Connects to the API with Octokit, which nothing else in this project uses, and masks the token.
 * @param milliseconds the time limit for everything that is done with the connection
 * @param latest what that may grow to, see {@link Deadline}
 */
export function connect(
  access: Access,
  runner: Pick<Runner, 'fetch' | 'info' | 'mask'>,
  milliseconds: number,
  latest = milliseconds,
): GitHub {
  const { repository, token, apiUrl, isGitea, isJobToken } = access
  const { fetch, info: log } = runner
  if (token !== '') runner.mask(token)

  const PatientClient = Client.plugin(patience(token, log), retry)
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
    access: { repository, token, apiUrl, isGitea, isJobToken },
    octokit: octokit as unknown as Octokit,
    deadline: { at: now + milliseconds, latest: now + latest },
    fetch,
    log,
  }
}

/** The same connection with a nearer deadline. @param milliseconds from now */
export function within(github: GitHub, milliseconds: number): GitHub {
  const at = Math.min(Date.now() + milliseconds, github.deadline.at)
  return { ...github, deadline: { at, latest: at } }
}

/** Milliseconds that the next attempt may take. */
export function timeLeft({ at }: Deadline): number {
  return Math.min(at - Date.now(), LONGEST_ATTEMPT)
}

const EVERY_STATUS = Array.from({ length: 600 }, (_, index) => 400 + index)
