import { nameKey } from '../status/context.ts'
import { isSha } from '../status/event-commit.ts'
import type { Platform } from '../status/platform.ts'
import { quote } from '../status/text.ts'
import { type List, type Listing, readAllPages } from './all-pages.ts'
import type { Failure } from './cause.ts'
import type { GitHub } from './connect.ts'
import { hasNextPage, pageSize, type Result, type Route, request } from './request.ts'
import { clockOf } from './retry-wait.ts'
import { newestFirst, type Status, statusesIn } from './status.ts'

const ROUTE = 'GET /repos/{owner}/{repo}/commits/{ref}/statuses'
/** Older servers know only this route, and Octokit's types no longer do. */
const LEGACY_ROUTE = 'GET /repos/{owner}/{repo}/statuses/{ref}' as Route as typeof ROUTE

/** Statuses, newest first. If not all that were asked for could be read, `failure` says why. */
export type StatusList = {
  statuses: Status[]
  /** The server's clock when it answered, in milliseconds since 1970. */
  now: number
  failure?: Failure
  /** Whether it comes to the end of the history. */
  isWhole?: boolean
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
): Promise<StatusList> {
  const byId = new Map<number | string, Status>()
  let { read, route } = await firstPage(github, ref)
  let now = Date.now()

  for (let pages = 1; 'value' in read; pages++) {
    const page = read.value
    now = page.now
    // New statuses push the older ones on: the end of one page is then also the start of the next.
    const before = byId.size
    for (const status of page.statuses) byId.set(keyOf(status, byId.size), status)
    const isNothingNew = byId.size === before
    const isWhole = !page.hasNext || isNothingNew
    if (isWhole || isEnough([...byId.values()], pages)) {
      return { statuses: sorted(byId), now, isWhole }
    }
    read = await listPage(github, route, ref, pages + 1)
  }
  return { statuses: sorted(byId), now, failure: read.failure }
}

type StatusPage = { statuses: Status[]; hasNext: boolean; now: number }

/** The first page, and its route: the legacy one if the server does not know the other. */
async function firstPage(
  github: GitHub,
  ref: string,
): Promise<{ read: Result<StatusPage>; route: typeof ROUTE }> {
  const read = await listPage(github, ROUTE, ref, 1)
  if ('value' in read || read.failure.cause !== 'missing') return { read, route: ROUTE }

  const legacy = await listPage(github, LEGACY_ROUTE, ref, 1)
  // An unknown branch is an empty list there, too.
  const isKnown = 'value' in legacy && (legacy.value.statuses.length > 0 || isSha(ref))
  return isKnown ? { read: legacy, route: LEGACY_ROUTE } : { read, route: ROUTE }
}

function listPage(
  github: GitHub,
  route: typeof ROUTE,
  ref: string,
  page: number,
): Promise<Result<StatusPage>> {
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
async function canList(github: GitHub, ref: string): Promise<boolean> {
  const { read } = await firstPage(github, ref)
  return 'value' in read
}

function keyOf({ id }: Status, index: number): number | string {
  return Number.isNaN(id) ? `unknown ${index}` : id
}

function sorted(statuses: ReadonlyMap<unknown, Status>): Status[] {
  return [...statuses.values()].sort(newestFirst)
}

const NO_COMBINED_STATUS: Failure = {
  cause: 'missing',
  message:
    'This server is too old to report the combined status of a commit. Use `list` to read its statuses.',
  topic: 'this-server-is-too-old-to-report-the-combined-status-of-a-commit',
}

/**
 * The newest status of each context of a ref, from all pages.
 * https://docs.github.com/rest/commits/statuses#get-the-combined-status-for-a-specific-reference
 */
export async function readCombinedStatus(
  github: GitHub,
  ref: string,
): Promise<Result<Listing<Status>>> {
  const read = await readAllPages(github, statusList(github.access.platform), ref)
  const isMissing = 'failure' in read && read.failure.cause === 'missing'
  const isTooOld = isMissing && (await canList(github, ref))
  return isTooOld ? { failure: NO_COMBINED_STATUS } : read
}

function statusList(platform: Platform): List<Status> {
  return {
    what: 'combined status',
    permission: 'statuses: read',
    route: 'GET /repos/{owner}/{repo}/commits/{ref}/status',
    itemsOf: ({ statuses = null }) => statusesIn(statuses),
    unique: (statuses) => newestOfEach(statuses, platform),
  }
}

function newestOfEach(statuses: readonly Status[], platform: Platform): Status[] {
  const newest = new Map<string, Status>()
  for (const status of statuses.toSorted(newestFirst)) {
    const key = nameKey(status.context, platform)
    if (!newest.has(key)) newest.set(key, status)
  }
  return [...newest.values()]
}
