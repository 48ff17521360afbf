import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'
import { type Annotation, type Command, parseFileCommand, readOutput } from './commands.ts'
import { type Contexts, initialContexts, type JobOptions } from './contexts.ts'
import { interpolate } from './expressions.ts'
import { type Ended, launch, type StopOptions } from './process.ts'

export type { Annotation, Command } from './commands.ts'
export type { Contexts, JobOptions } from './contexts.ts'

export type Stage = 'pre' | 'main' | 'post'
export type StageOptions = StopOptions

export interface StageResult extends Ended {
  stage: Stage
  conclusion: 'success' | 'failure'
  /** What a person sees: commands carried out, secrets as `***`. */
  log: string
  annotations: Annotation[]
  commands: Command[]
  masks: string[]
  outputs: Record<string, string>
  /** What this stage saved. */
  state: Record<string, string>
  summary: string
  /** The raw text of each file command, by the variable that named it. */
  files: Record<string, string>
  /** The inputs as the stage got them. */
  inputs: Record<string, string>
}

export interface RunOptions {
  /** `false` for a local action (`uses: ./`): the runner knows no pre for it. */
  pre?: boolean
  /** Whether the step's `if` lets main run; default while nothing has failed. */
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
  stage(stage: Stage, options?: StageOptions): Promise<StageResult>
  run(options?: RunOptions): Promise<Record<Stage, StageResult | undefined>>
  /** Removes the job's folders. */
  remove(): void
}

interface Manifest {
  inputs: Record<string, { default?: unknown }>
  runs: Record<string, unknown>
}

/** What the runner exports of the github context. */
const exported =
  'action_path action_ref action_repository action actor actor_id api_url base_ref env event_name event_path graphql_url head_ref job output path ref_name ref_protected ref_type ref repository repository_id repository_owner repository_owner_id retention_days run_attempt run_id run_number server_url sha state step_summary triggering_actor workflow workflow_ref workflow_sha workspace'.split(
    ' ',
  )
const fileCommands = [
  'GITHUB_STATE',
  'GITHUB_OUTPUT',
  'GITHUB_ENV',
  'GITHUB_PATH',
  'GITHUB_STEP_SUMMARY',
]
/** The contexts a default may use; any other name makes the runner refuse the whole action. */
const defaultContexts = ['github', 'strategy', 'matrix', 'job', 'runner'] as const

/**
 * Reads action.yml. An expression anywhere but in a default stops the runner from loading it.
 * https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax
 */
function readManifest(action: string): Manifest {
  const manifest = parse(readFileSync(join(action, 'action.yml'), 'utf8')) as Partial<Manifest>
  const inputs = Object.fromEntries(
    Object.entries(manifest.inputs ?? {}).map(([name, input]) => [name, input ?? {}]),
  )
  const withoutDefaults = Object.values(inputs).map((input) => ({ ...input, default: undefined }))
  if (JSON.stringify({ ...manifest, inputs: withoutDefaults }).includes('${{')) {
    throw new Error('action.yml: an expression outside of an input default')
  }
  return { inputs, runs: manifest.runs ?? {} }
}

const upperCased = (prefix: string, values: Iterable<[string, unknown]>): Record<string, string> =>
  Object.fromEntries(
    [...values]
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => [prefix + name.replaceAll(' ', '_').toUpperCase(), String(value)]),
  )

/**
 * A job with one step that uses the action. Each stage is started as actions/runner starts it: inputs and their
 * defaults evaluated anew, a clean environment, files for its commands.
 * https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionRunner.cs
 */
export function createJob(options: JobOptions): Job {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'job-'))
  const contexts = initialContexts(options, dir)
  const { inputs: declared, runs } = readManifest(options.action)
  const state: Record<string, string> = {}
  const masks: string[] = [options.token]
  const paths: string[] = []
  const results: StageResult[] = []
  let frozenDefaults: Record<string, string> | undefined

  function defaults(): Record<string, string> {
    const allowed = Object.fromEntries(defaultContexts.map((name) => [name, contexts[name]]))
    return Object.fromEntries(
      Object.entries(declared).map(([name, input]) => [
        name,
        interpolate(String(input.default ?? ''), allowed),
      ]),
    )
  }

  function evaluateInputs(): Record<string, string> {
    const given = Object.entries(options.with ?? {})
    const names = new Set(given.map(([name]) => name.toLowerCase()))
    const fresh = options.gitea && frozenDefaults ? frozenDefaults : defaults()
    frozenDefaults ??= fresh
    return Object.fromEntries([
      ...given.map(([name, value]) => [name, interpolate(value, { ...contexts })]),
      ...Object.entries(fresh).filter(([name]) => !names.has(name.toLowerCase())),
    ])
  }

  function environment(
    inputs: Record<string, string>,
    files: Record<string, string>,
  ): Record<string, string> {
    const { PATH = '', NODE_V8_COVERAGE } = process.env
    const github = exported.map((name): [string, unknown] => [name, contexts.github[name]])
    return {
      ...(NODE_V8_COVERAGE && { NODE_V8_COVERAGE }),
      HOME: join(dir, 'home'),
      ...contexts.env,
      ...Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value])),
      ...upperCased('INPUT_', Object.entries(inputs)),
      PATH: [...paths]
        .reverse()
        .concat(contexts.env.PATH ?? PATH)
        .join(':'),
      ...upperCased('GITHUB_', github),
      ...upperCased('RUNNER_', Object.entries(contexts.runner)),
      ...files,
      GITHUB_ACTIONS: 'true',
      ...(options.gitea && { GITEA_ACTIONS: 'true' }),
      CI: contexts.env.CI ?? 'true',
    }
  }

  /** The runner warns of an input that action.yml does not know, and passes it on all the same. */
  function unexpectedInputs(): string[] {
    const valid = Object.keys(declared)
    const names = new Set(valid.map((name) => name.toLowerCase()))
    const unexpected = Object.keys(options.with ?? {}).filter(
      (name) => !names.has(name.toLowerCase()),
    )
    return unexpected.length
      ? [
          `Unexpected input(s) '${unexpected.join("', '")}', valid inputs are ['${valid.join("', '")}']`,
        ]
      : []
  }

  /** Takes over what a stage left behind. */
  function settle(
    stage: Stage,
    inputs: Record<string, string>,
    files: Record<string, string>,
    ended: Ended,
  ): StageResult {
    const output = readOutput(ended.lines, masks)
    const { errors } = output
    const warnings = unexpectedInputs()
    const values = (variable: string): Record<string, string> => {
      try {
        return parseFileCommand(files[variable] ?? '')
      } catch (error) {
        errors.push(
          `Unable to process file command '${variable.slice(7).toLowerCase()}' successfully. ${error}`,
        )
        return {}
      }
    }
    const saved = { ...output.state, ...values('GITHUB_STATE') }
    const outputs = { ...output.outputs, ...values('GITHUB_OUTPUT') }
    masks.push(...output.masks)
    Object.assign(state, saved)
    Object.assign(contexts.env, values('GITHUB_ENV'))
    paths.push(...(files.GITHUB_PATH ?? '').split('\n').filter(Boolean))

    const conclusion = ended.exitCode === 0 && errors.length === 0 ? 'success' : 'failure'
    if (conclusion === 'failure' && contexts.job.status === 'success')
      contexts.job.status = 'failure'
    if (stage === 'main')
      contexts.steps[options.id ?? 'status'] = { outputs, outcome: conclusion, conclusion }
    return {
      ...ended,
      stage,
      conclusion,
      log: [
        ...warnings.map((message) => `Warning: ${message}`),
        output.log,
        ...errors.map((message) => `Error: ${message}`),
      ].join('\n'),
      annotations: [
        ...warnings.map((message): Annotation => ({ level: 'warning', message })),
        ...output.annotations,
        ...errors.map((message): Annotation => ({ level: 'error', message })),
      ],
      commands: output.commands,
      masks: output.masks,
      outputs,
      state: saved,
      summary: files.GITHUB_STEP_SUMMARY ?? '',
      files,
      inputs,
    }
  }

  async function stage(name: Stage, stop: StageOptions = {}): Promise<StageResult> {
    const script = runs[name]
    if (typeof script !== 'string') throw new Error(`the action has no ${name}`)
    const inputs = evaluateInputs()
    const folder = join(dir, 'temp', `${results.length}-${name}`)
    const cwd = join(dir, 'workspace')
    for (const needed of [folder, cwd, join(dir, 'home')]) mkdirSync(needed, { recursive: true })
    const files = Object.fromEntries(
      fileCommands.map((variable) => [variable, join(folder, variable.toLowerCase())]),
    )
    for (const file of Object.values(files)) writeFileSync(file, '')
    const eventPath = join(folder, 'event.json')
    writeFileSync(eventPath, JSON.stringify(contexts.github.event, null, 2))

    const env = environment(inputs, { ...files, GITHUB_EVENT_PATH: eventPath })
    const ended = await launch(options.node ?? process.execPath, resolve(options.action, script), {
      ...stop,
      cwd,
      env,
    })
    const texts = Object.entries(files).map(([variable, file]) => [
      variable,
      readFileSync(file, 'utf8'),
    ])
    const result = settle(name, inputs, Object.fromEntries(texts), ended)
    results.push(result)
    return result
  }

  /** The stages in their order: a failing pre skips main, and whatever began has its post; on Gitea, only main has. */
  async function run({ pre = true, main, jobStatus }: RunOptions = {}) {
    const before = pre && runs.pre ? await stage('pre') : undefined
    const during = (main ?? contexts.job.status === 'success') ? await stage('main') : undefined
    if (jobStatus) contexts.job.status = jobStatus
    const began = during || (before && !options.gitea)
    const after = began && runs.post ? await stage('post') : undefined
    return { pre: before, main: during, post: after }
  }

  return {
    contexts,
    state,
    results,
    stage,
    run,
    remove: () => rmSync(dir, { recursive: true, force: true }),
  }
}
