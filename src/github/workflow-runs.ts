import { at, isRecord } from '../status/json.ts'
import { type KnownPages, type List, readAllPages } from './all-pages.ts'
import { isOfActions } from './check-runs.ts'
import type { GitHub } from './connect.ts'
import type { Result } from './request.ts'

/** A check suite: all check runs that one app has for a commit, or one run of a workflow. */
export type Suite = {
  id: string
  status: string
  conclusion: string
  isOfActions: boolean
}

/** A run of a workflow. Nothing in it is trusted. */
export type WorkflowRun = {
  id: number
  suite: string
  event: string
  isOver: boolean
  /** Equal for runs of one workflow for one branch and its pull requests, undefined if unknown. */
  subject: string | undefined
}

const SUITES: List<Suite> = {
  what: 'check suites',
  permission: 'checks: read',
  route: 'GET /repos/{owner}/{repo}/commits/{ref}/check-suites',
  itemsOf: ({ check_suites }) =>
    Array.isArray(check_suites) ? check_suites.filter(isRecord).map(suiteOf) : undefined,
  unique: newestOfEachId,
}

const WORKFLOW_RUNS: List<WorkflowRun> = {
  what: 'workflow runs',
  permission: 'actions: read',
  route: 'GET /repos/{owner}/{repo}/actions/runs',
  parameter: 'head_sha',
  itemsOf: ({ workflow_runs }) =>
    Array.isArray(workflow_runs) ? workflow_runs.filter(isRecord).map(runOf) : undefined,
  unique: newestOfEachId,
}

/** https://docs.github.com/rest/checks/suites#list-check-suites-for-a-git-reference */
export async function listSuites(
  github: GitHub,
  sha: string,
  known: KnownPages<Suite>,
): Promise<Result<Suite[]>> {
  const read = await readAllPages(github, SUITES, sha, known)
  return 'failure' in read ? read : { value: read.value.items }
}

/**
 * The workflow runs of a commit; undefined if the token is not allowed to read them.
 * https://docs.github.com/rest/actions/workflow-runs#list-workflow-runs-for-a-repository
 */
export async function listWorkflowRuns(
  github: GitHub,
  sha: string,
  known: KnownPages<WorkflowRun>,
): Promise<Result<WorkflowRun[] | 'unreadable'>> {
  const read = await readAllPages(github, WORKFLOW_RUNS, sha, known)
  if ('value' in read) return { value: read.value.items }
  const isRefusal = ['permission', 'missing', 'refused'].includes(read.failure.cause)
  return isRefusal ? { value: 'unreadable' } : read
}

function newestOfEachId<T extends { id: string | number }>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [item.id, item])).values()]
}

function suiteOf(record: Readonly<Record<string, unknown>>): Suite {
  const { id, status, conclusion } = record
  return {
    id: String(id),
    status: String(status ?? ''),
    conclusion: String(conclusion ?? ''),
    isOfActions: isOfActions(record),
  }
}

function runOf(record: Readonly<Record<string, unknown>>): WorkflowRun {
  const { id, check_suite_id, event, status, workflow_id, head_branch, pull_requests } = record
  const repository = at(record, 'head_repository.full_name')
  const pulls = Array.isArray(pull_requests) ? pull_requests.map((pull) => at(pull, 'id')) : []
  const isKnown =
    Number.isSafeInteger(workflow_id) &&
    typeof head_branch === 'string' &&
    typeof repository === 'string'
  return {
    id: Number(id),
    suite: String(check_suite_id),
    event: String(event),
    isOver: status === 'completed',
    subject: isKnown
      ? JSON.stringify([workflow_id, head_branch, repository, pulls.sort()])
      : undefined,
  }
}
