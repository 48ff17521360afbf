import { GitHub, getOctokitOptions } from '@actions/github/lib/utils'
import type { Octokit } from '@octokit/core'
import { retry } from '@octokit/plugin-retry'
import { isSha } from './commit.js'
import type { Access } from './inputs.js'
import type { State } from './state.js'
import { nodeFetch } from './transport.js'
import { explain, type Failure, type Request, type Trouble, waitBefore } from './trouble.js'

export type Result<T> = { value: T } | { failure: Failure }

export type NewStatus = {
  sha: string
  state: State
  context: string
  description: string
  targetUrl: string | undefined
}

/** A status as the API gives it: nothing in it is trusted. */
export type Status = Readonly<Record<string, unknown>>

export type Api = ReturnType<typeof connect>

const LONGEST_ATTEMPT = 10_000

/**
 * The statuses API of one repository. Whatever goes wrong comes back as a failure; what can pass is tried again until
 * the deadline, with a line in the log for each further attempt.
 * @param deadline milliseconds since 1970: no request, and no wait, goes beyond it
 */
export function connect({ repository, token, apiUrl }: Access, deadline: number, log: (line: string) => void) {
  const timeLeft = () => Math.min(deadline - Date.now(), LONGEST_ATTEMPT)
  const PatientGitHub = GitHub.plugin(patience(deadline, log), retry)
  const octokit = new PatientGitHub(
    getOctokitOptions(token, {
      baseUrl: apiUrl,
      userAgent: 'commit-status',
      log: { debug() {}, info() {}, warn: log, error() {} },
      request: { fetch: nodeFetch(timeLeft), log: { warn: log } },
      retry: { doNotRetry: EVERY_STATUS, retryAfterBaseValue: 1 },
    }),
  )
  const [owner = '', repo = ''] = repository.split('/')

  async function ask<T>(
    request: Pick<Request, 'doing' | 'permission'>,
    expected: number,
    answer: Promise<Answer>,
    pick: (data: unknown) => T | undefined,
  ): Promise<Result<T>> {
    const response = await answer.catch((error: unknown) => ({ error }))
    if ('error' in response) return failed(request, troubleOf(response.error))
    const value = response.status === expected ? pick(response.data) : undefined
    return value === undefined ? failed(request, unexpected(response)) : { value }
  }

  function failed(request: Pick<Request, 'doing' | 'permission'>, trouble: Trouble): { failure: Failure } {
    return { failure: explain(trouble, { ...request, repository, apiUrl }, Date.now()) }
  }

  return {
    repository,

    /** Creates one status and gives its id. Only a 201 that repeats the state counts: anything else lost the write. */
    createStatus({ sha, state, context, description, targetUrl }: NewStatus): Promise<Result<{ id: string }>> {
      return ask(
        { doing: `publish "${context}" on ${repository}@${sha.slice(0, 7)}`, permission: 'statuses: write' },
        201,
        octokit.rest.repos.createCommitStatus({
          owner,
          repo,
          sha,
          state,
          context,
          description,
          ...(targetUrl === undefined ? {} : { target_url: targetUrl }),
        }),
        (data) => (isRecord(data) && (data.state ?? data.status) === state ? { id: String(data.id) } : undefined),
      )
    },

    /** The newest statuses of a commit, newest first, at most 100. */
    newestStatuses(sha: string): Promise<Result<Status[]>> {
      return ask(
        { doing: `read the statuses of ${repository}@${sha.slice(0, 7)}`, permission: 'statuses: read' },
        200,
        octokit.rest.repos.listCommitStatusesForRef({ owner, repo, ref: sha, ...PAGE_SIZE }),
        (data) => (Array.isArray(data) ? data.filter(isRecord) : undefined),
      )
    },

    /** The commit at the head of a pull request. */
    pullRequestHead(number: number): Promise<Result<string>> {
      return ask(
        { doing: `ask for the head of pull request #${number} of ${repository}`, permission: 'pull-requests: read' },
        200,
        octokit.rest.pulls.get({ owner, repo, pull_number: number }),
        (data) => {
          const head = isRecord(data) && isRecord(data.head) ? data.head.sha : undefined
          return isSha(head) ? head : undefined
        },
      )
    },
  }
}

type Answer = { status: number; headers: object; data: unknown }

/** Gitea and Forgejo know the page size as `limit`; each server ignores the other's word. */
const PAGE_SIZE = { per_page: 100, limit: 100 }

const EVERY_STATUS = Array.from({ length: 200 }, (_, index) => 400 + index)

/**
 * Decides for `@octokit/plugin-retry`, which does the waiting but by itself ignores `retry-after`, gives up on a limit's
 * 403 and adds no jitter: it retries what an error asks for in `request.retries` and `request.retryAfter`.
 */
function patience(deadline: number, log: (line: string) => void) {
  return (octokit: Octokit) => {
    octokit.hook.error('request', (error, options) => {
      const attempt = Number(options.request?.retryCount ?? 0)
      const trouble = troubleOf(error)
      const wait = waitBefore(trouble, attempt, Date.now(), Math.random())
      if (wait !== undefined && Date.now() + wait < deadline && 'request' in error) {
        const met =
          trouble.status === undefined ? trouble.code || trouble.message : `${trouble.status} ${trouble.message}`
        log(`Attempt ${attempt + 1} met ${met.slice(0, 200)}: trying again in ${(wait / 1000).toFixed(1)} s.`)
        Object.assign(error.request.request ?? {}, { retries: attempt + 1, retryAfter: wait })
      }
      throw error
    })
    return {}
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
  return unexpected({ status: Number(response.status), headers: response.headers ?? {}, data: response.data })
}

/** An answer that is not the one hoped for. */
function unexpected({ status, headers, data }: Answer): Trouble {
  const body = isRecord(data) ? data : {}
  return {
    status,
    code: '',
    message: typeof body.message === 'string' ? body.message : '',
    reasons: reasonsOf(body.errors),
    headers: { ...headers } as Trouble['headers'],
  }
}

/** GitHub's `errors` is a string since 2026; before, and on GHES, an array of objects. */
function reasonsOf(errors: unknown): string {
  if (typeof errors === 'string') return errors
  if (!Array.isArray(errors)) return ''
  return errors
    .map((entry: unknown) => {
      if (!isRecord(entry)) return String(entry)
      return String(entry.message ?? [entry.resource, entry.field, entry.code].filter(Boolean).join(' '))
    })
    .join(', ')
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
