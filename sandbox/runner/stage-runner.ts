import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Contexts, initialContexts } from './contexts.ts'
import { declared, readManifest } from './manifest.ts'
import type { Data, JobOptions, RunnerOptions } from './options.ts'
import type { StopOptions } from './process.ts'
import { runStage, type StageResult } from './stage.ts'
import { isLocal, type JobState, type Stage, type Use } from './use.ts'

export type { Contexts } from './contexts.ts'
export type { Composite, JobOptions } from './options.ts'
export type { Annotation } from './output.ts'
export type { StageResult } from './stage.ts'
export type { Stage } from './use.ts'
export type { Command } from './workflow-commands.ts'

export type StageOptions = StopOptions

export interface RunOptions {
  /** Default whether the runner knows one: it does not for `uses: ./`, nor inside a composite from the checkout. */
  pre?: boolean
  /** Whether the step's `if` lets main run; default while nothing has failed. */
  main?: boolean
  /** The job's status from before post on; default what the stages made it. */
  jobStatus?: 'success' | 'failure' | 'cancelled'
  /** Called before post, to change what later steps of the job would: contexts, or a token that the server revokes. */
  beforePost?: (job: Job) => unknown
}

export interface Job {
  contexts: Contexts
  /** The `steps` context of each composite around the step, outermost first. */
  scopes: { steps: Record<string, Data> }[]
  /** All that was saved so far. */
  state: Record<string, string>
  /** Every stage that ran. */
  results: StageResult[]
  stage(stage: Stage, options?: StageOptions): Promise<StageResult>
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
    paths: [],
    node: options.node ?? process.execPath,
    gitea: options.gitea ?? false,
  }
}

/** The one use of an action in a job that is made for it. */
function useOf(options: JobOptions): Use {
  const { action, uses = 'octo-org/commit-status@v1', id = 'status', composites = [] } = options
  return {
    action,
    manifest: readManifest(action),
    uses,
    with: options.with ?? {},
    env: {},
    name: id,
    id,
    scopes: composites.map(({ inputs, with: given = {}, steps = {}, ...composite }) => ({
      ...composite,
      inputs: declared(inputs),
      with: given,
      steps,
    })),
    state: {},
  }
}

/** Whether the runner runs pre: not for what comes from the checkout. */
const hasPre = ({ uses, scopes, manifest }: Use) =>
  'pre' in manifest.runs && ![uses, ...scopes.map((scope) => scope.uses)].some(isLocal)

/** A job with one step that uses the action; each stage is a process. */
export function createJob(options: JobOptions): Job {
  const state = createJobState(options)
  const use = useOf(options)
  const { contexts } = state
  const results: StageResult[] = []

  async function stage(name: Stage, stop?: StageOptions): Promise<StageResult> {
    const result = await runStage(state, use, name, stop)
    const { job } = contexts
    if (result.conclusion === 'failure' && job.status === 'success') job.status = 'failure'
    results.push(result)
    return result
  }

  const stageIf = (isWanted: unknown, name: Stage) =>
    isWanted && use.manifest.runs[name] ? stage(name) : undefined

  /** The stages in their order: a failing pre skips main, and whatever began has its post; on Gitea, only main has. */
  async function run({ pre = hasPre(use), main, jobStatus, beforePost }: RunOptions = {}) {
    const before = await stageIf(pre, 'pre')
    const during = await stageIf(main ?? contexts.job.status === 'success', 'main')
    contexts.job.status = jobStatus ?? contexts.job.status
    await beforePost?.(job)
    const began = during ?? (state.gitea ? undefined : before)
    return { pre: before, main: during, post: await stageIf(began, 'post') }
  }

  const remove = () => rmSync(state.dir, { recursive: true, force: true })
  const job: Job = { contexts, scopes: use.scopes, state: use.state, results, stage, run, remove }
  return job
}
