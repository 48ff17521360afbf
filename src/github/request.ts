import type { Endpoints } from '@octokit/types'
import type { Call } from '../runner/transport.ts'
import type { Failure, Headers, RequestError } from './cause.ts'
import type { GitHub } from './connect.ts'
import { explain } from './explain.ts'
import { errorOf, errorOfAnswer } from './request-error.ts'

/** Expected failures are values: nothing of the API throws. */
export type Result<T> = { value: T } | { failure: Failure }

export type Route = keyof Endpoints

/** What is asked of the API, and what it takes. */
type Question<R extends Route, T> = {
  /** In words that fit after "Could not". */
  doing: string
  permission: string
  /** The SHA, branch or tag, if something is read. */
  ref?: string
  /** The number of a pull request, if its head is asked for. */
  pullRequest?: number
  route: R
  parameters: Omit<Endpoints[R]['parameters'], 'owner' | 'repo'>
  /**
   * Sent beside the parameters that GitHub documents: for other servers, and conditional requests.
   */
  extra?: { limit?: number; headers?: Record<string, string> }
  /** The one HTTP status that is a success. */
  expected: number
  /**
   * Takes what is wanted from the answer, in which nothing is trusted; undefined if it is not
   * there.
   */
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
  const { access, octokit, deadline, patience } = github
  const { route, parameters, extra, expected, parse, known } = question
  const [owner, repo] = access.repository.split('/')
  const [method = ''] = route.split(' ')

  const failed = (error: RequestError): Result<T> => ({
    failure: explain(error, { ...question, ...access }, Date.now()),
  })
  try {
    const answer = await octokit.request(route as string, {
      owner,
      repo,
      ...parameters,
      ...extra,
      request: {
        stage: { deadline, patience },
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
