import type { Endpoints } from '@octokit/types'
import type { Call } from '../runner/transport.ts'
import { quote } from '../status/text.ts'
import type { Failure, Headers, RequestError } from './cause.ts'
import type { GitHub } from './connect.ts'
import type { Asked, Purpose } from './fixes.ts'
import { type Diagnosis, isSilent, PROBLEMS } from './problems.ts'
import { errorOf, errorOfAnswer } from './request-error.ts'

/** Expected failures are values: nothing of the API throws. */
export type Result<T> = { value: T } | { failure: Failure }

export type Route = keyof Endpoints

/** What is asked of the API, and what it takes. */
type Question<R extends Route, T> = Purpose & {
  route: R
  parameters: Omit<Endpoints[R]['parameters'], 'owner' | 'repo'>
  /** Sent beside the documented parameters: for other servers, and conditional requests. */
  extra?: { limit?: number; headers?: Record<string, string> }
  /** The one HTTP status that is a success. */
  expected: number
  /** Takes what is wanted from the answer, which is not trusted; undefined if it is missing. */
  parse: (data: unknown, headers: Headers) => T | undefined
  /** What a 304 stands for. */
  known?: T | undefined
}

/**
 * Sends a request: a read again while that can help and there is time, with a line in the log for
 * each further attempt, a write once (see `write.ts`). Whatever goes wrong comes back as a failure.
 */
export async function request<R extends Route, T>(
  github: GitHub,
  question: Question<R, T>,
): Promise<Result<T>> {
  const { access, octokit, deadline, patience, isTokenNew, log } = github
  const { route, parameters, extra, expected, parse, known } = question
  const [owner, repo] = access.repository.split('/')
  const [method = ''] = route.split(' ')

  const failed = (error: RequestError): Result<T> => ({
    failure: explain(error, { ...access, ...question }, Date.now()),
  })
  try {
    const answer = await octokit.request(route as string, {
      owner,
      repo,
      ...parameters,
      ...extra,
      request: {
        stage: { deadline, patience, isTokenNew, log },
        isSentOnce: method === 'POST',
        fetch: (url: string, call: Call) => github.fetch(url, call, deadline),
      },
    })
    const value = answer.status === expected ? parse(answer.data, { ...answer.headers }) : undefined
    return value === undefined ? failed(errorOfAnswer(answer, method)) : { value }
  } catch (thrown) {
    const error = errorOf(thrown)
    return error.status === 304 && known !== undefined ? { value: known } : failed(error)
  }
}

/**
 * Says what went wrong with a request, and what helps.
 * @param now milliseconds since 1970, for when a limit ends
 */
export function explain(error: RequestError, asked: Asked, now: number): Failure {
  const row = PROBLEMS.find(({ when }) => when(error, asked))
  const { problem, fix } = row as Diagnosis
  const host = URL.canParse(asked.apiUrl) ? new URL(asked.apiUrl).host : asked.apiUrl
  const evidence = isSilent(error) ? silenceOf(error, host) : answerOf(error, host)
  const help = typeof fix === 'string' ? fix : fix(error, asked, now)
  return {
    cause: error.cause,
    message: `Could not ${asked.doing}: ${problem} (${evidence}). ${help}`,
    topic: problem
      .toLowerCase()
      .replace(/[^a-z0-9 -]/g, '')
      .replaceAll(' ', '-'),
    error,
  }
}

function answerOf({ status, message, reasons }: RequestError, host: string): string {
  const isRepeated = reasons.toLowerCase().startsWith(message.toLowerCase())
  const parts = isRepeated ? [reasons] : [message, reasons]
  const words = parts.filter((part) => part.trim() !== '').map((part) => quote(part, 300))
  return [`${host} answered ${status}`, words.join(', ')].filter(Boolean).join(' ')
}

function silenceOf({ code, message }: RequestError, host: string): string {
  const reason = message.includes(code) ? quote(message, 300) : `${code}, ${quote(message, 300)}`
  return `${host}: ${reason}`
}

/** The largest page. Gitea and Forgejo call it `limit`; each server ignores the other's word. */
export const pageSize = { per_page: 100, limit: 100 } as const

/** Whether there is one more page. It is asked for by number: a link could lead to another host. */
export function hasNextPage({ link }: Headers): boolean {
  return /rel="?next\b/.test(String(link ?? ''))
}
