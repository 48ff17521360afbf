import type { Endpoints } from '@octokit/types'
import { isSha } from '../status/commit.ts'
import { isRecord } from '../status/json.ts'
import type { State } from '../status/state.ts'
import { quote } from '../status/text.ts'
import type { GitHub } from './connect.ts'
import type { Failure } from './errors.ts'
import { hasNextPage, pageSize } from './paging.ts'
import { type Result, type Route, request } from './request.ts'
import { clockOf } from './retry.ts'

/** A status in the API's own field names, empty if the server says nothing. Nothing in it is trusted. */
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

/** A status to be created. */
export type NewStatus = {
  sha: string
  state: State
  context: string
  description: string
  target_url: string | undefined
}

const CREATE = 'POST /repos/{owner}/{repo}/statuses/{sha}'
const LIST = 'GET /repos/{owner}/{repo}/commits/{ref}/statuses'
/** Older servers know only this route, and Octokit's types no longer do. */
const LEGACY_LIST = 'GET /repos/{owner}/{repo}/statuses/{ref}' as Route as typeof LIST

/**
 * Creates one status and gives its id. Only a 201 that repeats the state counts: anything else lost the write.
 * https://docs.github.com/rest/commits/statuses#create-a-commit-status
 * @param mayRetry asked before another attempt, unless the server refused before it stored anything
 */
export function createStatus(
  github: GitHub,
  { sha, ...status }: NewStatus,
  mayRetry?: () => Promise<boolean>,
): Promise<Result<{ id: string }>> {
  const { repository } = github.access
  const { target_url = undefined, ...texts } = status
  return request(github, {
    doing: `publish ${quote(status.context, 255)} on ${repository}@${sha.slice(0, 7)}`,
    permission: 'statuses: write',
    route: CREATE,
    parameters: { sha, ...texts, ...(target_url === undefined ? {} : { target_url }) },
    expected: 201,
    parse: (data) => createdId(data, status.state),
    ...(mayRetry === undefined ? {} : { mayRetry }),
  })
}

function createdId(data: unknown, state: State): { id: string } | undefined {
  const isStored = isRecord(data) && stateIn(data) === state && Number.isSafeInteger(data.id)
  return isStored ? { id: String(data.id) } : undefined
}

/** Statuses, newest first. If not all that were asked for could be read, `failure` says why. */
export type History = {
  statuses: Status[]
  /** The server's clock when it answered, in milliseconds since 1970. */
  now: number
  failure?: Failure
}

/**
 * The statuses of a ref, newest first, superseded ones too, page by page until enough are there.
 * https://docs.github.com/rest/commits/statuses#list-commit-statuses-for-a-reference
 * @param isEnough asked after each page, with all that was read so far and the number of pages
 */
export async function listStatuses(
  github: GitHub,
  ref: string,
  isEnough: (statuses: readonly Status[], pages: number) => boolean,
): Promise<History> {
  const byId = new Map<number | string, Status>()
  let { read, route } = await firstPage(github, ref)
  let now = Date.now()

  for (let pages = 1; 'value' in read; pages++) {
    const page = read.value
    now = page.now
    // New statuses push the older ones on: the end of one page is then also the start of the next.
    for (const status of page.statuses) byId.set(keyOf(status, byId.size), status)
    if (!page.hasNext || isEnough([...byId.values()], pages)) {
      return { statuses: sorted(byId), now }
    }
    read = await listPage(github, route, ref, pages + 1)
  }
  return { statuses: sorted(byId), now, failure: read.failure }
}

type Page = { statuses: Status[]; hasNext: boolean; now: number }

/** The first page, and the route that found it: the legacy one if the server does not know the other. */
async function firstPage(
  github: GitHub,
  ref: string,
): Promise<{ read: Result<Page>; route: typeof LIST }> {
  const read = await listPage(github, LIST, ref, 1)
  if ('value' in read || read.failure.cause !== 'missing') return { read, route: LIST }

  const legacy = await listPage(github, LEGACY_LIST, ref, 1)
  // An unknown branch is an empty list there, too.
  const isKnown = 'value' in legacy && (legacy.value.statuses.length > 0 || isSha(ref))
  return isKnown ? { read: legacy, route: LEGACY_LIST } : { read, route: LIST }
}

function listPage(
  github: GitHub,
  route: typeof LIST,
  ref: string,
  page: number,
): Promise<Result<Page>> {
  const { limit, ...parameters } = pageSize
  return request(github, {
    doing: `read the statuses of ${quote(ref, 255)}`,
    permission: 'statuses: read',
    ref,
    route,
    parameters: { ref, page, ...parameters },
    extra: { limit },
    expected: 200,
    parse: (data, headers) => {
      const statuses = statusesIn(data)
      if (statuses === undefined) return undefined
      return { statuses, hasNext: hasNextPage(headers), now: clockOf({ headers }, Date.now()) }
    },
  })
}

/** Whether the server lists statuses at all: older ones know no combined status. */
export async function canList(github: GitHub, ref: string): Promise<boolean> {
  const { read } = await firstPage(github, ref)
  return 'value' in read
}

function keyOf({ id }: Status, index: number): number | string {
  return Number.isNaN(id) ? `unknown ${index}` : id
}

function sorted(statuses: ReadonlyMap<unknown, Status>): Status[] {
  return [...statuses.values()].sort(newestFirst)
}

/** Gitea and Forgejo list the statuses of one second in no order. */
export function newestFirst(one: Status, other: Status): number {
  if (one.created_at !== other.created_at) return one.created_at < other.created_at ? 1 : -1
  return other.id - one.id
}

/** The statuses in an answer, undefined if it holds something else. */
export function statusesIn(data: unknown): Status[] | undefined {
  if (data === null) return []
  return Array.isArray(data) ? data.filter(isRecord).map(statusOf) : undefined
}

type ApiStatus = Endpoints[typeof LIST]['response']['data'][number]

/** Servers from before contexts have none. */
function statusOf(record: Readonly<Record<string, unknown>>): Status {
  const { id, context, description, target_url, created_at, updated_at, creator } =
    record as Partial<Record<keyof ApiStatus, unknown>>
  return {
    id: Number(id),
    state: stringOr(stateIn(record)),
    context: stringOr(context ?? 'default'),
    description: stringOr(description),
    target_url: stringOr(target_url),
    created_at: stringOr(created_at),
    updated_at: stringOr(updated_at),
    ...(isRecord(creator) ? { creator: { login: stringOr(creator.login) } } : {}),
  }
}

/** Gitea and Forgejo call the state `status`. */
function stateIn({ state, status }: Readonly<Record<string, unknown>>): unknown {
  return state ?? status
}

function stringOr(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
