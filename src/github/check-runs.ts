import { at, isRecord } from '../status/json.ts'
import { type KnownPages, type List, type Listing, readAllPages } from './all-pages.ts'
import type { GitHub } from './connect.ts'
import type { Result } from './request.ts'

/**
 * A check run in the API's own field names, empty if the server says nothing. Nothing in it is
 * trusted.
 */
export type CheckRun = {
  id: number
  name: string
  status: string
  conclusion: string
  details_url: string
  /** The id of its check suite: the jobs of one workflow run share one. */
  suite: string
  /** The id of the app that reported it. */
  app?: number
  /** Whether that app is the server's own, whose check runs are the jobs of workflows. */
  isOfActions: boolean
  started_at: string
  completed_at: string
}

/** What the server's own app is called on every server. */
const ACTIONS = 'github-actions'

/** Whether a check run or suite is the server's own app's. */
export function isOfActions(record: Readonly<Record<string, unknown>>): boolean {
  return at(record, 'app.slug') === ACTIONS
}

const CHECK_RUNS: List<CheckRun> = {
  what: 'check runs',
  permission: 'checks: read',
  route: 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
  query: { filter: 'all' },
  itemsOf: ({ check_runs }) =>
    Array.isArray(check_runs) ? check_runs.filter(isRecord).map(checkRunOf) : undefined,
  unique: (runs) => [...new Map(runs.map((run) => [run.id, run])).values()],
}

/**
 * The check runs of a commit from all pages. By default GitHub shows one of a name and suite, which
 * hides jobs that share a name.
 * https://docs.github.com/rest/checks/runs#list-check-runs-for-a-git-reference
 * @param known pages that were read before; what is read now is added
 */
export function listCheckRuns(
  github: GitHub,
  sha: string,
  known: KnownPages<CheckRun>,
): Promise<Result<Listing<CheckRun>>> {
  return readAllPages(github, CHECK_RUNS, sha, known)
}

function checkRunOf(record: Readonly<Record<string, unknown>>): CheckRun {
  const { id, name, status, conclusion, details_url, started_at, completed_at } = record
  const app = Number(at(record, 'app.id'))
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  return {
    id: Number(id),
    name: text(name),
    status: text(status),
    conclusion: text(conclusion),
    details_url: text(details_url),
    suite: String(at(record, 'check_suite.id') ?? `of check run ${id}`),
    ...(app > 0 ? { app } : {}),
    isOfActions: isOfActions(record),
    started_at: text(started_at),
    completed_at: text(completed_at),
  }
}
