import { GitHub, getOctokitOptions } from '@actions/github/lib/utils'
import type { Octokit } from '@octokit/core'
import { retry } from '@octokit/plugin-retry'
import type { Access } from '../runner/reader.ts'
import type { Runner } from '../runner/runner.ts'
import type { Call } from '../runner/transport.ts'
import { isRecord } from '../status/json.ts'
import { quote } from '../status/text.ts'
import { explain } from './explain.ts'
import { type Failure, type Trouble, waitBefore } from './trouble.ts'

export type Result<T> = { value: T } | { failure: Failure }

/** What is asked of the API, and what it takes. */
export type Question<T> = {
  /** In words that fit after "Could not". */
  doing: string
  permission: string
  /** The SHA, branch or tag that is read, where it is a reading. */
  ref?: string
  /** A route of the API, such as `GET /repos/{owner}/{repo}/statuses/{ref}`, and what it holds besides owner and repo. */
  route: string
  parameters: Record<string, unknown>
  /** The one HTTP status that is a success. */
  expected: number
  /** What is wanted of the answer; undefined where it is not there. Nothing in an answer is trusted. */
  pick: (data: unknown, headers: Trouble['headers']) => T | undefined
  /** What a 304 stands for. */
  known?: T | undefined
}

type Answer = { status: number; headers: object; data: unknown }

const LONGEST_ATTEMPT = 10_000

/**
 * Octokit for one repository; nothing else in this project uses it. Whatever goes wrong comes back as a failure; what can
 * pass is tried again until the deadline, with a line in the log for each further attempt.
 * @param deadline milliseconds since 1970: no request, and no wait, goes beyond it
 */
export function createClient(
  { repository, token, apiUrl }: Access,
  deadline: number,
  runner: Pick<Runner, 'fetch' | 'info'>,
) {
  const log = runner.info
  const timeLeft = () => Math.min(deadline - Date.now(), LONGEST_ATTEMPT)
  const PatientGitHub = GitHub.plugin(patience(token, deadline, log), retry)
  const octokit = new PatientGitHub(
    getOctokitOptions(token, {
      baseUrl: apiUrl,
      userAgent: 'commit-status',
      log: { debug() {}, info() {}, warn: log, error() {} },
      request: {
        fetch: (url: string, call: Call) => runner.fetch(url, call, timeLeft()),
        log: { warn: log },
      },
      retry: { doNotRetry: EVERY_STATUS, retryAfterBaseValue: 1 },
    }),
  )
  const [owner, repo] = repository.split('/')

  return async function ask<T>(question: Question<T>): Promise<Result<T>> {
    const { route, parameters, expected, pick, known, ...request } = question
    const failed = (trouble: Trouble): Result<T> => {
      return {
        failure: explain(conceal(trouble, token), { ...request, repository, apiUrl }, Date.now()),
      }
    }
    try {
      const response: Answer = await octokit.request(route, { owner, repo, ...parameters })
      const value =
        response.status === expected ? pick(response.data, headersOf(response)) : undefined
      return value === undefined ? failed(unexpected(response)) : { value }
    } catch (error) {
      const trouble = troubleOf(error)
      return trouble.status === 304 && known !== undefined ? { value: known } : failed(trouble)
    }
  }
}

const EVERY_STATUS = Array.from({ length: 600 }, (_, index) => 400 + index)

/** Milliseconds that an attempt needs at least: a later one would only hide why the earlier ones failed. */
const SHORTEST_ATTEMPT = 1_000

/**
 * Decides for `@octokit/plugin-retry`, which does the waiting but by itself ignores `retry-after`, gives up on a limit's
 * 403 and adds no jitter: it retries what an error asks for in `request.retries` and `request.retryAfter`.
 */
function patience(token: string, deadline: number, log: (line: string) => void) {
  return (octokit: Octokit) => {
    octokit.hook.error('request', (error, options) => {
      const attempt = Number(options.request?.retryCount ?? 0)
      const trouble = conceal(troubleOf(error), token)
      const wait = waitBefore(trouble, attempt, Date.now(), Math.random())
      if (
        wait !== undefined &&
        Date.now() + wait + SHORTEST_ATTEMPT < deadline &&
        'request' in error
      ) {
        const { method, url, request } = error.request
        const met = [
          trouble.status ?? trouble.code,
          quote(trouble.message || trouble.reasons),
        ].join(' ')
        const again = new Date(Date.now() + wait).toISOString().slice(11, 19)
        log(
          `${method} ${new URL(url).pathname}: attempt ${attempt + 1} met ${met}. Trying again in ${(wait / 1000).toFixed(1)} s, at ${again} UTC.`,
        )
        Object.assign(request ?? {}, { retries: attempt + 1, retryAfter: wait })
      }
      throw error
    })
    return {}
  }
}

/** A server may repeat the token that it was sent. */
function conceal(trouble: Trouble, token: string): Trouble {
  const hide = (text: string) => text.replaceAll(token, '***')
  const { message, reasons, headers } = trouble
  const location =
    headers.location === undefined ? {} : { location: hide(String(headers.location)) }
  return {
    ...trouble,
    message: hide(message),
    reasons: hide(reasons),
    headers: { ...headers, ...location },
  }
}

function troubleOf(error: unknown): Trouble {
  const { response, cause, message } = isRecord(error)
    ? error
    : { message: String(error), response: undefined, cause: undefined }
  if (!isRecord(response)) {
    const origin = isRecord(cause) ? cause : isRecord(error) ? error : {}
    const code = typeof origin.code === 'string' ? origin.code : ''
    return { status: undefined, code, message: String(message || code), reasons: '', headers: {} }
  }
  return unexpected({
    status: Number(response.status),
    headers: response.headers ?? {},
    data: response.data,
  })
}

/** An answer that is not the one hoped for. */
function unexpected({ status, headers, data }: Answer): Trouble {
  const { message, errors } = isRecord(data) ? data : { message: data, errors: undefined }
  return {
    status,
    code: '',
    message: wordsOf(message),
    reasons: wordsOf(errors),
    headers: headersOf({ headers }),
  }
}

function headersOf({ headers }: Pick<Answer, 'headers'>): Trouble['headers'] {
  return { ...headers }
}

/**
 * What an error's body says. GitHub's `errors` is a string since 2026; before, and on GHES, an array of objects. Of a
 * web page, which proxies answer, it is the title.
 */
function wordsOf(said: unknown): string {
  if (typeof said === 'string')
    return said.trimStart().startsWith('<') ? (/<title>(.*?)</is.exec(said)?.[1] ?? '') : said
  if (Array.isArray(said)) return said.map(wordsOf).filter(Boolean).join(', ')
  if (!isRecord(said)) return ''
  return (
    wordsOf(said.message) || [said.resource, said.field, said.code].map(wordsOf).join(' ').trim()
  )
}
