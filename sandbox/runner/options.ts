export type Data = Record<string, unknown>

export interface JobOptions {
  /** The folder that holds action.yml. */
  action: string
  /** The step's `with`, which can contain `${{ }}`. */
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
  /** Null for a server that gives none, such as GitHub Enterprise Server. */
  checkRunId?: number | null
  /** The runner of Gitea and Forgejo: defaults frozen at the first stage, less in the contexts. */
  gitea?: boolean
  /** The environment of workflow, job and step. */
  env?: Record<string, string>
  /** The folder of the job; default a new temporary one. */
  dir?: string
}

/** What concerns the whole job, whatever its steps are. */
export type RunnerOptions = Omit<JobOptions, 'action' | 'id' | 'with'>
