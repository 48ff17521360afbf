import type { Endpoints } from '@octokit/types'
import { isRecord, type JsonRecord, textOf } from '../status/json.ts'
import type { State } from '../status/state.ts'
import { quote } from '../status/text.ts'
import { parseUrl } from '../status/url.ts'
import type { GitHub } from './connect.ts'
import { type Result, request } from './request.ts'

/** A status in the API's own field names, empty if the server says nothing. Not trusted. */
export type Status = {
  id: number
  state: string
  context: string
  description: string
  target_url: string
  created_at: string
  updated_at: string
  creator?: { login: string }
  /** The id of the app whose token published it. GHES does not say, and a person has none. */
  app?: number
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

type ApiStatus =
  Endpoints['GET /repos/{owner}/{repo}/commits/{ref}/statuses']['response']['data'][number]

/** Servers from before contexts have none. */
function statusOf(record: JsonRecord): Status {
  const { id, context, description, target_url, created_at, updated_at, creator, avatar_url } =
    record as Partial<Record<keyof ApiStatus, unknown>>
  const app = /^\/in\/(\d+)$/.exec(parseUrl(textOf(avatar_url))?.pathname ?? '')?.[1]
  return {
    id: Number(id),
    state: textOf(stateIn(record)),
    context: textOf(context ?? 'default'),
    description: textOf(description),
    target_url: textOf(target_url),
    created_at: textOf(created_at),
    updated_at: textOf(updated_at),
    ...(isRecord(creator) ? { creator: { login: textOf(creator.login) } } : {}),
    ...(app === undefined ? {} : { app: Number(app) }),
  }
}

/** A status as the outputs hold it: with the API's own fields. */
export function shownStatus({ app: _, ...status }: Status): Omit<Status, 'app'> {
  return status
}

/** Gitea and Forgejo call the state `status`. */
function stateIn({ state, status }: JsonRecord): unknown {
  return state ?? status
}

/** Whether a reading lacks a status that is known to be stored. */
export function isStale(statuses: readonly { id: number }[], stored: Iterable<string>): boolean {
  const ids = new Set(statuses.map(({ id }) => String(id)))
  return [...stored].some((id) => !ids.has(id))
}

export type NewStatus = {
  sha: string
  state: State
  context: string
  description: string
  target_url: string | undefined
}

/**
 * Sends one status once, and gives its id. Only a 201 that repeats the state counts: anything else
 * lost the write.
 * https://docs.github.com/rest/commits/statuses#create-a-commit-status
 */
export function createStatus(
  github: GitHub,
  { sha, ...status }: NewStatus,
): Promise<Result<{ id: string }>> {
  const { repository } = github.access
  const { target_url = undefined, ...texts } = status
  return request(github, {
    doing: `publish ${quote(status.context, 255)} on ${repository}@${sha.slice(0, 7)}`,
    permission: 'statuses: write',
    route: 'POST /repos/{owner}/{repo}/statuses/{sha}',
    parameters: { sha, ...texts, ...(target_url === undefined ? {} : { target_url }) },
    expected: 201,
    parse: (data) => createdId(data, status.state),
  })
}

function createdId(data: unknown, state: State): { id: string } | undefined {
  const isStored = isRecord(data) && stateIn(data) === state && Number.isSafeInteger(data.id)
  return isStored ? { id: String(data.id) } : undefined
}
