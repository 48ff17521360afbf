import { newestOfEach } from '../combined/verdict.ts'
import { type Access, isGiteaApi } from '../runner/reader.ts'
import type { Runner } from '../runner/runner.ts'
import { isSha, type Ref } from '../status/commit.ts'
import { isRecord } from '../status/json.ts'
import type { State } from '../status/state.ts'
import { quote } from '../status/text.ts'
import { createClient, type Result } from './client.ts'
import type { Failure, Trouble } from './trouble.ts'

export type NewStatus = {
  sha: string
  state: State
  context: string
  description: string
  targetUrl: string | undefined
}

/** A status, in the API's own field names; empty where the server says nothing. Nothing in it is trusted. */
export type Status = {
  id: number
  state: string
  context: string
  description: string
  target_url: string
  created_at: string
  updated_at: string
  creator?: { login: string }
}

export type Combined = { sha: string; statuses: Status[] }

export type Api = ReturnType<typeof connect>

const LARGEST_PAGE = 100
const MOST_READINGS = 3
const CREATE = 'POST /repos/{owner}/{repo}/statuses/{sha}'
const COMBINED = 'GET /repos/{owner}/{repo}/commits/{ref}/status'
const LIST = 'GET /repos/{owner}/{repo}/commits/{ref}/statuses'
const PULL_REQUEST = 'GET /repos/{owner}/{repo}/pulls/{pull_number}'
const OLDER_LIST = 'GET /repos/{owner}/{repo}/statuses/{ref}'

/**
 * The statuses API of one repository. Whatever goes wrong comes back as a failure.
 * @param deadline milliseconds since 1970: no request, and no wait, goes beyond it
 */
export function connect(access: Access, deadline: number, runner: Pick<Runner, 'fetch' | 'info'>) {
  const { repository, apiUrl } = access
  const ask = createClient(access, deadline, runner)
  const isGitea = isGiteaApi(apiUrl)

  const combinedPages = new Map<string, CombinedPage>()

  async function combinedPage(ref: string, page: number): Promise<Result<CombinedPage>> {
    const key = `${ref} ${page}`
    const known = combinedPages.get(key)
    const headers = known?.etag ? { 'if-none-match': known.etag } : {}
    const read = await ask({
      doing: `read the combined status of ${quote(ref, 255)}`,
      permission: 'statuses: read',
      ref,
      route: COMBINED,
      parameters: { ref, page, headers, ...pageSize() },
      expected: 200,
      pick: combinedPageOf,
      known,
    })
    if ('value' in read) combinedPages.set(key, read.value)
    return read
  }

  /** All pages of a combined status. The later ones are of the commit that the first has found, should a branch move. */
  async function everyCombinedPage(ref: string): Promise<Result<Combined & { total: number }>> {
    const statuses: Status[] = []
    let [sha, total] = ['', 0]
    let isMore = true
    for (let number = 1; isMore; number++) {
      const read = await combinedPage(sha || ref, number)
      if ('failure' in read) return read
      const { value: page } = read
      statuses.push(...page.statuses)
      sha = page.sha
      total = page.total
      isMore = page.statuses.length > 0 && (page.hasNext || statuses.length < total)
    }
    return { value: { sha, total, statuses: newestOfEach(statuses.sort(newestFirst), isGitea) } }
  }

  function listPage(
    route: string,
    ref: string,
    page: number,
    size?: number,
  ): Promise<Result<Page>> {
    return ask({
      doing: `read the statuses of ${quote(ref, 255)}`,
      permission: 'statuses: read',
      ref,
      route,
      parameters: { ref, page, ...pageSize(size) },
      expected: 200,
      pick: pageOf,
    })
  }

  /** The first page of a list, and the route that it was found by: the older one where the other is not known. */
  async function firstListPage(
    ref: string,
    size?: number,
  ): Promise<{ read: Result<Page>; route: string }> {
    const read = await listPage(LIST, ref, 1, size)
    if ('value' in read || read.failure.cause !== 'missing') return { read, route: LIST }
    const older = await listPage(OLDER_LIST, ref, 1, size)
    // Nothing is what an unknown branch has there, too.
    const isKnown = 'value' in older && (older.value.statuses.length > 0 || isSha(ref))
    return isKnown ? { read: older, route: OLDER_LIST } : { read, route: LIST }
  }

  return {
    repository,

    /** Creates one status and gives its id. Only a 201 that repeats the state counts: anything else lost the write. */
    createStatus({
      sha,
      state,
      context,
      description,
      targetUrl,
    }: NewStatus): Promise<Result<{ id: string }>> {
      return ask({
        doing: `publish "${context}" on ${repository}@${sha.slice(0, 7)}`,
        permission: 'statuses: write',
        route: CREATE,
        parameters: { sha, state, context, description, target_url: targetUrl },
        expected: 201,
        pick: (data) => {
          const isStored =
            isRecord(data) && (data.state ?? data.status) === state && Number.isSafeInteger(data.id)
          return isStored ? { id: String(data.id) } : undefined
        },
      })
    },

    /**
     * The statuses of a ref, newest first, superseded ones too: page by page, until enough are there.
     * @param isEnough asked after each page, with what that page has brought
     */
    async statuses(
      ref: string,
      isEnough: (statuses: Status[]) => boolean,
    ): Promise<Result<Status[]>> {
      const statuses: Status[] = []
      const ids = new Set<number>()
      let { read, route } = await firstListPage(ref)
      for (let number = 2; 'value' in read; number++) {
        // What is published meanwhile moves the rest on: the end of one page is the start of the next.
        const fresh = read.value.statuses.filter(({ id }) => Number.isNaN(id) || !ids.has(id))
        for (const status of fresh) {
          ids.add(status.id)
          statuses.push(status)
        }
        if (!read.value.hasNext || isEnough(fresh)) return { value: statuses.sort(newestFirst) }
        read = await listPage(route, ref, number)
      }
      return read
    },

    /**
     * The newest status of each context of a ref, all pages of it. Asked again, a page that has not changed is answered
     * 304, which costs none of the rate limit. Where less is found than there is, since a status that was published
     * meanwhile has moved another to a page already read, all is read again.
     * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate
     */
    async combined(ref: string): Promise<Result<Combined>> {
      for (let reading = 1; ; reading++) {
        const read = await everyCombinedPage(ref)
        if ('failure' in read) {
          const isUnknownRoute =
            read.failure.cause === 'missing' && 'value' in (await firstListPage(ref, 1)).read
          return isUnknownRoute ? { failure: NO_COMBINED } : read
        }
        const { sha, statuses, total } = read.value
        if (statuses.length >= total || reading === MOST_READINGS)
          return { value: { sha, statuses } }
      }
    },

    /** The SHA, branch or tag to ask for. The head of a pull request takes a request. */
    async resolve(ref: Ref): Promise<Result<string>> {
      if ('ref' in ref) return { value: ref.ref }
      if ('sha' in ref) return { value: ref.sha }
      if ('none' in ref)
        return {
          failure: {
            cause: 'missing',
            message: `There is no commit to read: ${ref.none}. Give \`ref\`.`,
          },
        }
      return ask({
        doing: `ask for the head of pull request #${ref.pullRequest}`,
        permission: 'pull-requests: read',
        route: PULL_REQUEST,
        parameters: { pull_number: ref.pullRequest },
        expected: 200,
        pick: (data) => {
          const head = isRecord(data) && isRecord(data.head) ? data.head.sha : undefined
          return isSha(head) ? head : undefined
        },
      })
    },
  }
}

type Page = { statuses: Status[]; hasNext: boolean }

type CombinedPage = Page & { sha: string; total: number; etag: string }

const NO_COMBINED: Failure = {
  cause: 'missing',
  message:
    'This server does not know the combined status of a commit, as older ones do not. Use `list` there.',
}

/** Gitea and Forgejo know the page size as `limit`; each server ignores the other's word. */
function pageSize(size = LARGEST_PAGE): { per_page: number; limit: number } {
  return { per_page: size, limit: size }
}

/** @param headers whose `Link` says whether there is one more page; it is asked for by its number */
function pageOf(data: unknown, { link }: Trouble['headers']): Page | undefined {
  if (data !== null && !Array.isArray(data)) return undefined
  return {
    statuses: (data ?? []).filter(isRecord).map(statusOf),
    hasNext: /rel="?next\b/.test(String(link ?? '')),
  }
}

function combinedPageOf(data: unknown, headers: Trouble['headers']): CombinedPage | undefined {
  const page = isRecord(data) ? pageOf(data.statuses ?? null, headers) : undefined
  if (!isRecord(data) || page === undefined) return undefined
  return {
    ...page,
    sha: text(data.sha),
    total: Number(data.total_count ?? 0),
    etag: text(headers.etag),
  }
}

/** Of one second, Gitea and Forgejo give statuses in no order. */
function newestFirst(one: Status, other: Status): number {
  if (one.created_at !== other.created_at) return one.created_at < other.created_at ? 1 : -1
  return other.id - one.id
}

/** Gitea calls the state `status`; servers from before contexts have none. */
function statusOf(record: Readonly<Record<string, unknown>>): Status {
  const creator = isRecord(record.creator) ? { creator: { login: text(record.creator.login) } } : {}
  return {
    id: Number(record.id),
    state: text(record.state ?? record.status),
    context: text(record.context ?? 'default'),
    description: text(record.description),
    target_url: text(record.target_url),
    created_at: text(record.created_at),
    updated_at: text(record.updated_at),
    ...creator,
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
