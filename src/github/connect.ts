import { GitHub as Client, getOctokitOptions } from '@actions/github/lib/utils'
import type { Octokit } from '@octokit/core'
import { retry } from '@octokit/plugin-retry'
import type { Access } from '../runner/access.ts'
import type { Runner } from '../runner/toolkit.ts'
import type { Answer, Call } from '../runner/transport.ts'
import { type Budget, LONGEST_ATTEMPT, MOST_ODD } from './budgets.ts'
import { type Deadline, type Patience, retries, type Stage, sleep } from './retry.ts'

/** A connection to the API of one repository, as a value: see `request.ts` for what it does. */
export type GitHub = Stage & {
  access: Access
  octokit: Octokit
  /** Pages of lists that were read, so that one that has not changed is answered 304. */
  pages: Map<string, unknown>
  /** Sends a request and reads its answer; its time is counted from the call on. */
  fetch: (url: string, call: Call, deadline: Deadline) => Promise<Answer>
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
  const { token, apiUrl, isJobToken, hasStandIn } = access
  const { info: log } = runner
  const hide = hiding(token)
  if (hide !== undefined) runner.mask(token)

  const PatientClient = Client.plugin(retries, retry)
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
    access,
    octokit: octokit as unknown as Octokit,
    deadline: { at: now + usual, latest: now + ifAsked },
    pages: new Map(),
    patience: patienceOf(runner),
    isTokenNew: !isJobToken && !hasStandIn,
    fetch: async (url, call, deadline) => {
      const timeLeft = Math.min(deadline.at - Date.now(), LONGEST_ATTEMPT)
      const answer = await runner.fetch(url, call, timeLeft)
      return hide === undefined ? answer : hidden(answer, hide)
    },
    log,
  }
}

const EVERY_STATUS = Array.from({ length: 600 }, (_, index) => 400 + index)

const PATIENCE = new WeakMap<object, Patience>()

/** A stage has one runner, but can connect several times. */
function patienceOf(runner: object): Patience {
  const patience = PATIENCE.get(runner) ?? { odd: MOST_ODD }
  PATIENCE.set(runner, patience)
  return patience
}

/** Shorter ones are no secrets, such as `x`, which act is often given. */
const SHORTEST_SECRET = 8

/** Takes the token out of a text, in which JSON may have escaped it; undefined if it is no secret. */
function hiding(token: string): ((text: string) => string) | undefined {
  if (token.length < SHORTEST_SECRET) return undefined
  const escaped = [...token].map((character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, '0')
    return `(?:\\\\?${character.replace(/\W/, '\\$&')}|\\\\u${code})`
  })
  const pattern = new RegExp(escaped.join(''), 'gi')
  return (text) => {
    const plain = text.replaceAll(token, '***')
    return plain.includes('\\') ? plain.replace(pattern, '***') : plain
  }
}

/** An answer without the token, which a server may repeat in a name, a text or a header. */
function hidden(answer: Answer, hide: (text: string) => string): Answer {
  const headers = [...answer.headers].map(([name, value]): [string, string] => [name, hide(value)])
  return { ...answer, headers: new Map(headers), text: async () => hide(await answer.text()) }
}

/** The same connection with a deadline in so many milliseconds, unless its own is nearer. */
export function within(github: GitHub, milliseconds: number): GitHub {
  const at = Math.min(Date.now() + milliseconds, github.deadline.at)
  return { ...github, deadline: { at, latest: at } }
}

export function extended(github: GitHub, milliseconds: number): GitHub {
  const { at, latest } = github.deadline
  return { ...github, deadline: { at: at + milliseconds, latest: latest + milliseconds } }
}

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
