import { join } from 'node:path'

export type Data = Record<string, unknown>

/** The contexts of a job. A test may change any of them between the stages. */
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

export interface JobOptions {
  /** The folder that holds action.yml. */
  action: string
  /** The step's `with`, in which `${{ }}` may stand. */
  with?: Record<string, string>
  event: { name: string; payload: object }
  repository?: string
  sha?: string
  ref?: string
  workflow?: string
  /** The job's id. */
  job?: string
  /** The step's id. */
  id?: string
  runId?: number
  runAttempt?: number
  runNumber?: number
  actor?: string
  serverUrl?: string
  apiUrl: string
  token: string
  matrix?: Record<string, unknown> | null
  strategy?: Record<string, unknown>
  /** Null where the server gives none, as GitHub Enterprise Server. */
  checkRunId?: number | null
  /** The runner of Gitea and Forgejo: defaults frozen at the first stage, less in the contexts. */
  gitea?: boolean
  /** The environment of workflow, job and step. */
  env?: Record<string, string>
  /** The node binary; default the one that runs this. */
  node?: string
  /** Where the job's folders are made; default a new one among the temporary ones. */
  dir?: string
}

const sortedKeys = (data: Data): Data =>
  Object.fromEntries(Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1)))

/**
 * The contexts as they are when the job starts.
 * https://docs.github.com/actions/reference/workflows-and-actions/contexts
 */
export function initialContexts(options: JobOptions, dir: string): Contexts {
  const {
    gitea = false,
    event,
    repository = 'octo-org/octo-repo',
    workflow = 'CI',
    matrix = null,
  } = options
  const [owner = ''] = repository.split('/')
  const sha = options.sha ?? '6dcb09b5b57875f334f61aebed695e2e4193db5e'
  const ref = options.ref ?? 'refs/heads/main'
  const number = String(options.runNumber ?? 1)
  const actor = options.actor ?? 'octocat'
  const pull = (
    event.payload as { pull_request?: { head?: { ref?: string }; base?: { ref?: string } } }
  ).pull_request
  return {
    github: {
      token: options.token,
      event: event.payload,
      event_name: event.name,
      repository,
      repository_owner: owner,
      sha,
      ref,
      ref_name: ref.replace(/^refs\/(heads|tags|pull)\//, ''),
      ref_type: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
      head_ref: pull?.head?.ref ?? '',
      base_ref: pull?.base?.ref ?? '',
      workflow,
      ...(!gitea && {
        workflow_ref: `${repository}/.github/workflows/ci.yml@${ref}`,
        workflow_sha: sha,
      }),
      job: options.job ?? 'build',
      run_id: String(options.runId ?? 1_658_821_493),
      run_number: number,
      run_attempt: String(options.runAttempt ?? 1),
      actor,
      triggering_actor: actor,
      server_url: options.serverUrl ?? 'https://github.com',
      api_url: options.apiUrl,
      graphql_url: `${options.apiUrl}/graphql`,
      workspace: join(dir, 'workspace'),
      action: options.id ?? 'status',
      action_repository: 'octo-org/commit-status',
      action_ref: 'v1',
    },
    job: {
      status: 'success',
      ...(!gitea &&
        options.checkRunId !== null && { check_run_id: options.checkRunId ?? 51_725_241_954 }),
    },
    matrix: gitea ? sortedKeys(matrix ?? {}) : matrix,
    strategy: gitea
      ? {}
      : {
          'fail-fast': true,
          'job-index': 0,
          'job-total': 1,
          'max-parallel': 1,
          ...options.strategy,
        },
    runner: {
      name: 'GitHub Actions 1',
      os: 'Linux',
      arch: 'X64',
      temp: join(dir, 'temp'),
      tool_cache: join(dir, 'tools'),
      workspace: dir,
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
