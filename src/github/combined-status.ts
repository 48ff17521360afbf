import { nameKey } from '../status/context.ts'
import type { Platform } from '../status/platform.ts'
import { type List, type Listing, readAllPages } from './all-pages.ts'
import type { Failure } from './cause.ts'
import type { GitHub } from './connect.ts'
import { canList } from './list-statuses.ts'
import type { Result } from './request.ts'
import { newestFirst, type Status, statusesIn } from './status.ts'

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
