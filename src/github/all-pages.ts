import { isRecord, type JsonRecord, textOf } from '../status/json.ts'
import { quote } from '../status/text.ts'
import type { Failure, Headers } from './cause.ts'
import type { GitHub } from './connect.ts'
import { hasNextPage, pageSize, type Result, request } from './request.ts'

/** A list whose pages are all needed: what it lacks could be a failure. */
export type List<T> = {
  /** What it lists, in words that fit after "Could not read the". */
  what: string
  permission: string
  route:
    | 'GET /repos/{owner}/{repo}/commits/{ref}/status'
    | 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs'
    | 'GET /repos/{owner}/{repo}/commits/{ref}/check-suites'
    | 'GET /repos/{owner}/{repo}/actions/runs'
    | 'GET /repos/{owner}/{repo}/rules/branches/{branch}'
    | 'GET /repos/{owner}/{repo}/branches/{branch}'
  /** What the route calls the ref; `ref` unless told. */
  parameter?: 'branch' | 'head_sha'
  query?: { filter: 'all' }
  /** The items in an answer, undefined if it holds something else. */
  itemsOf: (data: JsonRecord) => T[] | undefined
  /** The items without those that two pages share, because something was published between them. */
  unique: (items: readonly T[]) => T[]
}

/** The items and the commit that the server found for the ref, empty if it does not say. */
export type Listing<T> = { sha: string; items: T[] }

type ListPage<T> = Listing<T> & { total: number; hasNext: boolean; etag: string }

const MOST_READINGS = 3

/**
 * All pages of a list. If there are fewer items than the server says, because something published
 * meanwhile has moved another to a page that was read before, all are read again; if it stays so,
 * that is a failure.
 *
 * A page that has not changed since it was read does not count against the rate limit.
 * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate
 */
export async function readAllPages<T>(
  github: GitHub,
  list: List<T>,
  ref: string,
): Promise<Result<Listing<T>>> {
  let counts = ''
  for (let reading = 0; reading < MOST_READINGS; reading++) {
    const read = await readThrough(github, list, ref)
    if ('failure' in read) return read

    const { sha, items, total } = read.value
    if (items.length >= total) return { value: { sha, items } }
    counts = `${items.length} of ${total}`
  }
  return { failure: incomplete(list.what, ref, counts) }
}

function incomplete(what: string, ref: string, counts: string): Failure {
  return {
    cause: 'server',
    message: `Could not read the ${what} of ${quote(ref, 255)}: the server lists fewer entries than it counts (${counts}). Run the job again later.`,
    topic: 'the-server-lists-fewer-entries-than-it-counts',
  }
}

/** The later pages are those of the commit that the first one found, in case a branch moves. */
async function readThrough<T>(
  github: GitHub,
  list: List<T>,
  ref: string,
): Promise<Result<Listing<T> & { total: number }>> {
  let items: readonly T[] = []
  let [sha, count] = ['', 0]
  for (let number = 1; ; number++) {
    const read = await readPage(github, list, sha || ref, number)
    if ('failure' in read) return read

    const page = read.value
    const before = items.length
    items = list.unique(items.concat(page.items))
    sha = page.sha
    count += page.items.length
    const isMore = page.hasNext || count < page.total
    // A server that ignores the number of the page sends the same one forever.
    if (!isMore || items.length === before) {
      return { value: { sha, items: [...items], total: page.total } }
    }
  }
}

async function readPage<T>(
  github: GitHub,
  { what, permission, route, parameter, query, itemsOf }: List<T>,
  ref: string,
  page: number,
): Promise<Result<ListPage<T>>> {
  const { limit, per_page } = pageSize
  const key = `${route} ${ref} ${page}`
  const known = github.pages.get(key) as ListPage<T> | undefined
  const headers = known?.etag ? { 'if-none-match': known.etag } : {}

  const read = await request(github, {
    doing: `read the ${what} of ${quote(ref, 255)}`,
    permission,
    ref,
    route,
    parameters: { ...{ [parameter ?? 'ref']: ref }, ...query, page, per_page },
    extra: { limit, headers },
    expected: 200,
    parse: (data, answered) => pageIn(data, answered, itemsOf),
    known,
  })
  if ('value' in read) github.pages.set(key, read.value)
  return read
}

function pageIn<T>(
  data: unknown,
  headers: Headers,
  itemsOf: List<T>['itemsOf'],
): ListPage<T> | undefined {
  if (!isRecord(data)) return undefined

  const items = itemsOf(data)
  const total = Number(data.total_count ?? 0)
  if (items === undefined || !Number.isSafeInteger(total)) return undefined
  return {
    items,
    sha: textOf(data.sha),
    total,
    hasNext: hasNextPage(headers),
    etag: String(headers.etag ?? ''),
  }
}
