import type { components } from '@octokit/openapi-types'
import { pullRepo, simpleCommitBody } from './commits.ts'
import { type ApiResponse, type Call, json } from './http.ts'
import { nodeId, octocat, type RepositoryIdentity, repositoryBody, userBody } from './identities.ts'
import { pageOf } from './paging.ts'
import { pullsBody } from './suites.ts'

type Schemas = components['schemas']
type WorkflowRun = Schemas['workflow-run']

type Declared = Pick<WorkflowRun, 'name' | 'event' | 'status' | 'conclusion' | 'head_branch'> &
  Pick<WorkflowRun, 'workflow_id' | 'path'> & { run_attempt: number; created_at: string }

/** A run of a workflow as a test declares it: its id and its suite's, and what differs from a first run on a push. */
export interface NewWorkflowRun extends Partial<Declared> {
  id: number
  check_suite_id: number
  /** Full name of a fork; default the repository itself. */
  head_repository?: string
  /** Numbers of pull requests of the repository. */
  pull_requests?: number[]
}

const DEFAULTS: Declared = {
  name: 'CI',
  event: 'push',
  status: 'completed',
  conclusion: 'success',
  head_branch: 'main',
  workflow_id: 161335,
  path: '.github/workflows/ci.yml',
  run_attempt: 1,
  created_at: '2026-01-02T03:04:05Z',
}

function identityOf(fullName: string | undefined, own: RepositoryIdentity): RepositoryIdentity {
  const [owner, name] = fullName?.split('/') ?? []
  return owner && name ? { id: own.id + 5, owner, name, private: false } : own
}

function runBody({ base, repository }: Call, sha: string, declared: NewWorkflowRun): WorkflowRun {
  const { head_repository, pull_requests, ...given } = declared
  const { url: place } = pullRepo(base, repository)
  const url = `${place}/actions/runs/${given.id}`
  const actor = userBody(base, octocat)
  const run = { ...DEFAULTS, ...given }
  return {
    ...run,
    node_id: nodeId('WFR_', run.id),
    check_suite_node_id: nodeId('CS_', run.check_suite_id),
    head_sha: sha,
    display_title: 'A commit',
    run_number: 1,
    workflow_url: `${place}/actions/workflows/${run.workflow_id}`,
    url,
    html_url: `https://github.com/${repository.owner}/${repository.name}/actions/runs/${run.id}`,
    pull_requests: pullsBody(base, repository, pull_requests),
    updated_at: run.created_at,
    run_started_at: run.created_at,
    actor,
    triggering_actor: actor,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${place}/check-suites/${run.check_suite_id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: run.run_attempt > 1 ? `${url}/attempts/${run.run_attempt - 1}` : null,
    head_commit: simpleCommitBody(sha),
    repository: repositoryBody(base, repository),
    head_repository: repositoryBody(base, identityOf(head_repository, repository)),
  }
}

/** The newest first, of one commit if the query says so. https://docs.github.com/rest/actions/workflow-runs#list-workflow-runs-for-a-repository */
export function listWorkflowRuns(call: Call): ApiResponse {
  const wanted = call.query.get('head_sha')
  const all = [...call.repository.workflowRuns]
    .filter(([sha]) => wanted === null || sha === wanted)
    .flatMap(([sha, runs]) => [...runs.values()].map((run) => ({ sha, run })))
    .sort((one, other) => other.run.id - one.run.id)
  const { items, headers } = pageOf(call, all)
  const workflow_runs = items.map(({ sha, run }) => runBody(call, sha, run))
  return json(200, { total_count: all.length, workflow_runs }, headers)
}
