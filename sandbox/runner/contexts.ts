import { join } from 'node:path'
import type { Data, RunnerOptions } from './options.ts'

/** The contexts of a job. A test can change any of them between the stages. */
export interface Contexts {
  github: Data
  job: Data & { status: string }
  matrix: Data | null
  strategy: Data
  runner: Data
  steps: Record<string, Data>
  needs: Data
  inputs: Data
  env: Record<string, string>
  vars: Data
  secrets: Data
}

const sortedKeys = (data: Data): Data =>
  Object.fromEntries(Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1)))

function branches(payload: object): { head_ref: string; base_ref: string } {
  type Pull = { head?: { ref?: string }; base?: { ref?: string } }
  const { pull_request: pull } = payload as { pull_request?: Pull }
  return { head_ref: pull?.head?.ref ?? '', base_ref: pull?.base?.ref ?? '' }
}

function githubContext(options: RunnerOptions, workspace: string): Data {
  const { event, repository = 'octo-org/octo-repo', actor = 'octocat' } = options
  const [repository_owner = ''] = repository.split('/')
  const sha = options.sha ?? '6dcb09b5b57875f334f61aebed695e2e4193db5e'
  const ref = options.ref ?? 'refs/heads/main'
  return {
    token: options.token,
    event: event.payload,
    event_name: event.name,
    repository,
    repository_owner,
    sha,
    ref,
    ref_name: ref.replace(/^refs\/heads\//, ''),
    ref_type: 'branch',
    ...branches(event.payload),
    workflow: options.workflow ?? 'CI',
    ...(!options.gitea && ofGitHub(`${repository}/.github/workflows/ci.yml@${ref}`, sha)),
    job: options.job ?? 'build',
    run_id: String(options.runId ?? 1_658_821_493),
    run_number: String(options.runNumber ?? 1),
    run_attempt: String(options.runAttempt ?? 1),
    actor,
    triggering_actor: actor,
    server_url: options.serverUrl ?? 'https://github.com',
    api_url: options.apiUrl,
    graphql_url: `${options.apiUrl}/graphql`,
    workspace,
  }
}

/** What GitHub gives and Gitea does not. */
const ofGitHub = (workflow_ref: string, workflow_sha: string): Data => ({
  workflow_ref,
  workflow_sha,
  actor_id: '583231',
  repository_id: '1296269',
  repository_owner_id: '583231',
  ref_protected: 'false',
  retention_days: '90',
})

/** GitHub Enterprise Server and Gitea know the status alone. */
function jobContext({ gitea = false, checkRunId }: RunnerOptions, github: Data): Contexts['job'] {
  const status = 'success'
  if (gitea || checkRunId === null) return { status }
  const { workflow_ref, workflow_sha } = github
  return { status, check_run_id: checkRunId ?? 51_725_241_954, workflow_ref, workflow_sha }
}

const STRATEGY = { 'fail-fast': true, 'job-index': 0, 'job-total': 1, 'max-parallel': 1 }

/**
 * The contexts as they are when the job starts, in the folders that the runner makes.
 * https://docs.github.com/actions/reference/workflows-and-actions/contexts
 */
export function initialContexts(options: RunnerOptions, dir: string): Contexts {
  const { gitea = false, matrix = null, repository = 'octo-org/octo-repo' } = options
  const work = join(dir, '_work')
  const workspace = join(work, repository.split('/')[1] ?? '')
  const github = githubContext(options, join(workspace, repository.split('/')[1] ?? ''))
  return {
    github,
    job: jobContext(options, github),
    matrix: gitea ? sortedKeys(matrix ?? {}) : matrix,
    strategy: gitea ? {} : { ...STRATEGY, ...options.strategy },
    runner: {
      name: 'GitHub Actions 1',
      os: 'Linux',
      arch: 'X64',
      temp: join(work, '_temp'),
      tool_cache: join(work, '_tool'),
      workspace,
      environment: 'github-hosted',
    },
    steps: {},
    needs: {},
    inputs: {},
    env: { ...options.env },
    vars: {},
    secrets: { GITHUB_TOKEN: options.token },
  }
}
