import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Contexts, initialContexts } from './contexts.ts'
import { readManifest } from './manifest.ts'
import type { JobOptions, RunnerOptions } from './options.ts'
import type { StopOptions } from './process.ts'
import { runStage, type StageResult } from './stage.ts'
import type { JobState, Stage, Use } from './use.ts'

export type { JobOptions } from './options.ts'
export type { StageResult } from './stage.ts'
export type { Stage } from './use.ts'

export interface RunOptions {
  /** Whether the runner knows one, as it does not for `uses: ./`; default true. */
  pre?: boolean
  /** Whether the step's `if` lets main run; default what `success()` says. */
  main?: boolean
  /** The job's status from before post on; default what the stages made it. */
  jobStatus?: 'success' | 'failure' | 'cancelled'
}

export interface Job {
  contexts: Contexts
  /** All that was saved so far. */
  state: Record<string, string>
  /** Every stage that ran. */
  results: StageResult[]
  stage(stage: Stage, options?: StopOptions): Promise<StageResult>
  /** The stages in their order. */
  run(options?: RunOptions): Promise<Record<Stage, StageResult | undefined>>
  /** Removes the job's folders. */
  remove(): void
}

/** What the steps of a job share when it starts. */
export function createJobState(options: RunnerOptions): JobState {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'job-'))
  return {
    dir,
    contexts: initialContexts(options, dir),
    masks: [options.token],
    gitea: options.gitea ?? false,
  }
}

/** The one use of an action in a job that is made for it. */
const useOf = ({ action, id = 'status', with: given = {} }: JobOptions): Use => ({
  action,
  manifest: readManifest(action),
  uses: 'octo-org/commit-status@v1',
  with: given,
  env: {},
  name: id,
  scopes: [],
  state: {},
})

/** A job with one step that uses the action; each stage is a process. */
export function createJob(options: JobOptions): Job {
  const state = createJobState(options)
  const use = useOf(options)
  const { contexts } = state
  const results: StageResult[] = []

  async function stage(name: Stage, stop?: StopOptions): Promise<StageResult> {
    const result = await runStage(state, use, name, stop)
    const { job } = contexts
    if (result.conclusion === 'failure' && job.status === 'success') job.status = 'failure'
    results.push(result)
    return result
  }

  async function run({ pre = true, main, jobStatus }: RunOptions = {}) {
    const before = pre ? await stage('pre') : undefined
    const isWanted = main ?? contexts.job.status === 'success'
    const during = isWanted ? await stage('main') : undefined
    contexts.job.status = jobStatus ?? contexts.job.status
    return { pre: before, main: during, post: await stage('post') }
  }

  const remove = () => rmSync(state.dir, { recursive: true, force: true })
  return { contexts, state: use.state, results, stage, run, remove }
}
