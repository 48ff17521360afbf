import type { components } from '@octokit/openapi-types'
import { ACTIONS, appBody } from './apps.ts'
import { type CheckRunRecord, latestCheckRuns } from './check-run.ts'
import { pullRepo, simpleCommitBody } from './commits.ts'
import { checkRuns } from './histories.ts'
import { type ApiResponse, type Call, json, notFound } from './http.ts'
import { nodeId, repositoryBody } from './identities.ts'
import type { Repository } from './model.ts'
import { pageOf } from './paging.ts'
import { resolveRef } from './repositories.ts'
import { unresolved } from './statuses.ts'

type Schemas = components['schemas']
type Suite = Schemas['check-suite']

/** A check suite as a test declares it. One that has check runs need not be declared: it is what they are. */
export interface NewSuite {
  id: number
  status?: Suite['status']
  conclusion?: Suite['conclusion']
  /** The id of its app; default GitHub Actions. */
  app?: number
  head_branch?: string | null
  /** Numbers of pull requests of the repository. */
  pull_requests?: number[]
}

const WORST_FIRST = ['failure', 'timed_out', 'cancelled', 'action_required', 'stale']

/** What the check runs of a suite make of it. */
function stateOf(runs: CheckRunRecord[]): Pick<Suite, 'status' | 'conclusion'> {
  const latest = latestCheckRuns(runs)
  if (latest.length === 0) return { status: 'queued', conclusion: null }
  if (latest.some(({ status }) => status !== 'completed'))
    return { status: 'in_progress', conclusion: null }
  const conclusions = latest.map(({ conclusion }) => String(conclusion))
  const worst = WORST_FIRST.find((word) => conclusions.includes(word))
  return { status: 'completed', conclusion: (worst ?? 'success') as Suite['conclusion'] }
}

/** The pull requests of a suite or a run. */
export function pullsBody(
  base: string,
  repository: Repository,
  numbers: number[] = [],
): Schemas['pull-request-minimal'][] {
  const repo = pullRepo(base, repository)
  return numbers.map((number) => {
    const { head = '', base: into = 'main' } = repository.pulls.get(number) ?? {}
    return {
      id: repository.id + number,
      number,
      url: `${repo.url}/pulls/${number}`,
      head: { ref: 'change', sha: head, repo },
      base: { ref: into, sha: repository.branches.get(into) ?? head, repo },
    }
  })
}

function suiteBody({ base, repository }: Call, sha: string, id: number): Suite {
  const runs = checkRuns(repository, sha).filter(({ suite }) => suite === id)
  const declared: Partial<NewSuite> = repository.suites.get(sha)?.get(id) ?? {}
  const { app = runs[0]?.app ?? ACTIONS, head_branch = 'change', pull_requests } = declared
  const url = `${pullRepo(base, repository).url}/check-suites/${id}`
  const state = { ...stateOf(runs), ...declared }
  return {
    id,
    node_id: nodeId('CS_', id),
    head_branch,
    head_sha: sha,
    status: declared.conclusion && !declared.status ? 'completed' : state.status,
    conclusion: state.conclusion,
    url,
    before: sha,
    after: sha,
    pull_requests: pullsBody(base, repository, pull_requests),
    app: appBody(base, app),
    created_at: '2026-01-02T03:04:05Z',
    updated_at: '2026-01-02T03:04:05Z',
    latest_check_runs_count: latestCheckRuns(runs).length,
    check_runs_url: `${url}/check-runs`,
    head_commit: simpleCommitBody(sha),
    repository: repositoryBody(base, repository),
  }
}

/** The ids of a commit's suites, declared or not. */
function suitesOf(repository: Repository, sha: string): number[] {
  const ofRuns = checkRuns(repository, sha).map(({ suite }) => suite)
  return [...new Set([...ofRuns, ...(repository.suites.get(sha)?.keys() ?? [])])].sort(
    (one, other) => one - other,
  )
}

/** https://docs.github.com/rest/checks/suites#list-check-suites-for-a-git-reference */
export function listSuites(call: Call, ref: string): ApiResponse {
  const sha = resolveRef(call.store, call.repository, ref)
  if (!sha) return unresolved(call, ref)
  const ids = suitesOf(call.repository, sha)
  const { items, headers } = pageOf(call, ids)
  const check_suites = items.map((id) => suiteBody(call, sha, id))
  return json(200, { total_count: ids.length, check_suites }, headers)
}

/** https://docs.github.com/rest/checks/suites#get-a-check-suite */
export function getSuite(call: Call, id: string): ApiResponse {
  const { store, repository } = call
  const sha = [...repository.commits].find((one) => suitesOf(repository, one).includes(Number(id)))
  return sha === undefined ? notFound(store) : json(200, suiteBody(call, sha, Number(id)))
}
