import { at, isRecord, type JsonRecord, textOf } from '../status/json.ts'
import { type List, type Listing, readAllPages } from './all-pages.ts'
import type { GitHub } from './connect.ts'
import type { Result } from './request.ts'

/** A check run in the API's own field names, empty if the server says nothing. Not trusted. */
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

/** A check suite: the check runs that one app has for a commit, or those of one workflow run. */
export type Suite = { id: string; status: string; conclusion: string; isOfActions: boolean }

export type WorkflowRun = {
  id: number
  suite: string
  event: string
  isOver: boolean
  /** Equal for runs of one workflow for one branch and its pull requests, undefined if unknown. */
  subject: string | undefined
}

const CHECK_RUNS: List<CheckRun> = {
  what: 'check runs',
  permission: 'checks: read',
  route: 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
  query: { filter: 'all' },
  itemsOf: ({ check_runs }) => itemsIn(check_runs, checkRunOf),
  unique,
}

const SUITES: List<Suite> = {
  what: 'check suites',
  permission: 'checks: read',
  route: 'GET /repos/{owner}/{repo}/commits/{ref}/check-suites',
  itemsOf: ({ check_suites }) => itemsIn(check_suites, suiteOf),
  unique,
}

const WORKFLOW_RUNS: List<WorkflowRun> = {
  what: 'workflow runs',
  permission: 'actions: read',
  route: 'GET /repos/{owner}/{repo}/actions/runs',
  parameter: 'head_sha',
  itemsOf: ({ workflow_runs }) => itemsIn(workflow_runs, workflowRunOf),
  unique,
}

/**
 * The check runs of a commit from all pages. By default GitHub shows one of a name and suite, which
 * hides jobs that share a name.
 * https://docs.github.com/rest/checks/runs#list-check-runs-for-a-git-reference
 */
export function listCheckRuns(github: GitHub, sha: string): Promise<Result<Listing<CheckRun>>> {
  return readAllPages(github, CHECK_RUNS, sha)
}

/** https://docs.github.com/rest/checks/suites#list-check-suites-for-a-git-reference */
export async function listSuites(github: GitHub, sha: string): Promise<Result<Suite[]>> {
  const read = await readAllPages(github, SUITES, sha)
  return 'failure' in read ? read : { value: read.value.items }
}

/** https://docs.github.com/rest/actions/workflow-runs#list-workflow-runs-for-a-repository */
export async function listWorkflowRuns(
  github: GitHub,
  sha: string,
): Promise<Result<WorkflowRun[] | 'unreadable'>> {
  const read = await readAllPages(github, WORKFLOW_RUNS, sha)
  if ('value' in read) return { value: read.value.items }
  const isRefusal = ['permission', 'missing', 'refused'].includes(read.failure.cause)
  return isRefusal ? { value: 'unreadable' } : read
}

function itemsIn<T>(list: unknown, read: (item: JsonRecord) => T): T[] | undefined {
  return Array.isArray(list) ? list.filter(isRecord).map(read) : undefined
}

function unique<T extends { id: string | number }>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [item.id, item])).values()]
}

/** The server's own app, whose check runs are the jobs of workflows, is called so everywhere. */
function isOfActions(item: JsonRecord): boolean {
  return at(item, 'app.slug') === 'github-actions'
}

function checkRunOf(item: JsonRecord): CheckRun {
  const app = Number(at(item, 'app.id'))
  return {
    id: Number(item.id),
    name: textOf(item.name),
    status: textOf(item.status),
    conclusion: textOf(item.conclusion),
    details_url: textOf(item.details_url),
    suite: String(at(item, 'check_suite.id') ?? `of check run ${item.id}`),
    ...(app > 0 ? { app } : {}),
    isOfActions: isOfActions(item),
    started_at: textOf(item.started_at),
    completed_at: textOf(item.completed_at),
  }
}

function suiteOf(item: JsonRecord): Suite {
  const { id, status, conclusion } = item
  return {
    id: String(id),
    status: textOf(status),
    conclusion: textOf(conclusion),
    isOfActions: isOfActions(item),
  }
}

function workflowRunOf(item: JsonRecord): WorkflowRun {
  const { workflow_id, head_branch, pull_requests } = item
  const repository = at(item, 'head_repository.full_name')
  const pulls = Array.isArray(pull_requests) ? pull_requests.map((pull) => at(pull, 'id')) : []
  const subject = [workflow_id, head_branch, repository, pulls.sort()]
  const isKnown = subject.every((part) => part !== undefined && part !== null)
  return {
    id: Number(item.id),
    suite: String(item.check_suite_id),
    event: textOf(item.event),
    isOver: item.status === 'completed',
    subject: isKnown ? JSON.stringify(subject) : undefined,
  }
}
