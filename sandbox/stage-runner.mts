import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'
import { type Command, parseCommand, parseFileCommand } from './commands.mjs'
import { interpolate } from './expressions.mjs'

export type Stage = 'pre' | 'main' | 'post'
type Data = Record<string, unknown>

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

export interface StageOptions {
  /** Stops the stage as the runner does: SIGINT, after a while SIGTERM, after another SIGKILL. */
  signal?: AbortSignal
  /** Those two whiles in milliseconds; default 7500 and 2500. */
  grace?: [number, number]
}

export interface Annotation {
  level: 'warning' | 'error' | 'notice'
  message: string
}

export interface StageResult {
  stage: Stage
  conclusion: 'success' | 'failure'
  /** Null where a signal ended it. */
  exitCode: number | null
  signal: NodeJS.Signals | null
  /** As written, nothing masked. */
  stdout: string
  stderr: string
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
  durationMs: number
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
const fileCommands = ['GITHUB_STATE', 'GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STEP_SUMMARY']
/** The contexts a default may use; any other name makes the runner refuse the whole action. */
const defaultContexts = ['github', 'strategy', 'matrix', 'job', 'runner'] as const

const titles: Record<Annotation['level'], string> = { warning: 'Warning', error: 'Error', notice: 'Notice' }
const isLevel = (name: string): name is Annotation['level'] => name in titles

/**
 * Reads action.yml. An expression anywhere but in a default stops the runner from loading it.
 * https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax
 */
function readManifest(action: string): Manifest {
  const manifest = parse(readFileSync(join(action, 'action.yml'), 'utf8')) as Partial<Manifest>
  const inputs = Object.fromEntries(Object.entries(manifest.inputs ?? {}).map(([name, input]) => [name, input ?? {}]))
  const withoutDefaults = Object.values(inputs).map((input) => ({ ...input, default: undefined }))
  if (JSON.stringify({ ...manifest, inputs: withoutDefaults }).includes('${{')) {
    throw new Error('action.yml: an expression outside of an input default')
  }
  return { inputs, runs: manifest.runs ?? {} }
}

const sortedKeys = (data: Data): Data => Object.fromEntries(Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1)))

function initialContexts(options: JobOptions, dir: string): Contexts {
  const { gitea = false, event, repository = 'octo-org/octo-repo', workflow = 'CI', matrix = null } = options
  const [owner = ''] = repository.split('/')
  const sha = options.sha ?? '6dcb09b5b57875f334f61aebed695e2e4193db5e'
  const ref = options.ref ?? 'refs/heads/main'
  const number = String(options.runNumber ?? 1)
  const actor = options.actor ?? 'octocat'
  const pull = (event.payload as { pull_request?: { head?: { ref?: string }; base?: { ref?: string } } }).pull_request
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
      ...(!gitea && { workflow_ref: `${repository}/.github/workflows/ci.yml@${ref}`, workflow_sha: sha }),
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
      ...(!gitea && options.checkRunId !== null && { check_run_id: options.checkRunId ?? 51_725_241_954 }),
    },
    matrix: gitea ? sortedKeys(matrix ?? {}) : matrix,
    strategy: gitea
      ? {}
      : { 'fail-fast': true, 'job-index': 0, 'job-total': 1, 'max-parallel': 1, ...options.strategy },
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

const upperCased = (prefix: string, values: Iterable<[string, unknown]>): Record<string, string> =>
  Object.fromEntries(
    [...values]
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => [prefix + name.replaceAll(' ', '_').toUpperCase(), String(value)]),
  )

/** Carries out the commands in the lines of a stage, and keeps what a person sees. */
function readOutput(lines: string[], secrets: string[]) {
  const commands: Command[] = []
  const annotations: Annotation[] = []
  const masks: string[] = []
  const state: Record<string, string> = {}
  const outputs: Record<string, string> = {}
  const shown: string[] = []
  let resumeToken: string | undefined
  for (const line of lines) {
    const command = parseCommand(line, resumeToken)
    if (!command || (resumeToken !== undefined && command.name !== resumeToken)) {
      shown.push(line)
      continue
    }
    const { name, message, properties } = command
    const lower = name.toLowerCase()
    commands.push(command)
    if (name === resumeToken) resumeToken = undefined
    else if (lower === 'stop-commands') resumeToken = message
    else if (lower === 'add-mask') masks.push(message)
    else if (lower === 'save-state') state[properties.name ?? ''] = message
    else if (lower === 'set-output') outputs[properties.name ?? ''] = message
    else if (lower === 'group') shown.push(message)
    else if (isLevel(lower)) {
      annotations.push({ level: lower, message })
      shown.push(`${titles[lower]}: ${message}`)
    }
  }
  const hidden = [...secrets, ...masks].flatMap((secret) => [secret, ...secret.split(/\r?\n/)]).filter(Boolean)
  const log = hidden
    .sort((a, b) => b.length - a.length)
    .reduce((text, secret) => text.replaceAll(secret, '***'), shown.join('\n'))
  return { commands, annotations, masks, state, outputs, log }
}

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
      Object.entries(declared).map(([name, input]) => [name, interpolate(String(input.default ?? ''), allowed)]),
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

  function environment(inputs: Record<string, string>, files: Record<string, string>, eventPath: string) {
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
      GITHUB_EVENT_PATH: eventPath,
      GITHUB_ACTIONS: 'true',
      ...(options.gitea && { GITEA_ACTIONS: 'true' }),
      CI: contexts.env.CI ?? 'true',
    }
  }

  async function stage(name: Stage, { signal, grace = [7500, 2500] }: StageOptions = {}): Promise<StageResult> {
    const script = runs[name]
    if (typeof script !== 'string') throw new Error(`the action has no ${name}`)
    const inputs = evaluateInputs()
    const stageDir = join(dir, 'temp', `${results.length}-${name}`)
    for (const folder of [stageDir, join(dir, 'workspace'), join(dir, 'home')]) mkdirSync(folder, { recursive: true })
    const commandPaths = Object.fromEntries(
      fileCommands.map((variable) => [variable, join(stageDir, variable.toLowerCase())]),
    )
    for (const path of Object.values(commandPaths)) writeFileSync(path, '')
    const eventPath = join(stageDir, 'event.json')
    writeFileSync(eventPath, JSON.stringify(contexts.github.event, null, 2))

    const startedAt = performance.now()
    const child = spawn(options.node ?? process.execPath, [resolve(options.action, script)], {
      cwd: join(dir, 'workspace'),
      env: environment(inputs, commandPaths, eventPath),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const lines: string[] = []
    const written = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      let rest = ''
      child[name].setEncoding('utf8').on('data', (chunk: string) => {
        written[name] += chunk
        const pieces = (rest + chunk).split(/\r?\n/)
        rest = pieces.pop() ?? ''
        lines.push(...pieces)
      })
      child[name].once('end', () => rest && lines.push(rest))
    }
    const ladder: NodeJS.Timeout[] = []
    const stop = () => {
      child.kill('SIGINT')
      ladder.push(setTimeout(() => child.kill('SIGTERM'), grace[0]))
      ladder.push(setTimeout(() => child.kill('SIGKILL'), grace[0] + grace[1]))
    }
    if (signal?.aborted) stop()
    signal?.addEventListener('abort', stop, { once: true })
    const [exitCode, endedBy] = await new Promise<[number | null, NodeJS.Signals | null]>((done, failed) => {
      child.once('error', failed)
      child.once('close', (code, by) => done([code, by]))
    })
    signal?.removeEventListener('abort', stop)
    for (const timer of ladder) clearTimeout(timer)
    const durationMs = performance.now() - startedAt

    const files = Object.fromEntries(
      Object.entries(commandPaths).map(([variable, path]) => [variable, readFileSync(path, 'utf8')]),
    )
    const output = readOutput(lines, masks)
    masks.push(...output.masks)
    const broken: string[] = []
    const fileValues = (variable: string): Record<string, string> => {
      try {
        return parseFileCommand(files[variable] ?? '')
      } catch (error) {
        broken.push(`Unable to process file command '${variable.slice(7).toLowerCase()}' successfully. ${error}`)
        return {}
      }
    }
    const saved = { ...output.state, ...fileValues('GITHUB_STATE') }
    const outputs = { ...output.outputs, ...fileValues('GITHUB_OUTPUT') }
    Object.assign(state, saved)
    Object.assign(contexts.env, fileValues('GITHUB_ENV'))
    paths.push(...(files.GITHUB_PATH ?? '').split(/\r?\n/).filter(Boolean))

    const conclusion = exitCode === 0 && broken.length === 0 ? 'success' : 'failure'
    if (conclusion === 'failure' && contexts.job.status === 'success') contexts.job.status = 'failure'
    if (name === 'main') {
      contexts.steps[options.id ?? 'status'] = { outputs, outcome: conclusion, conclusion }
    }
    const result: StageResult = {
      stage: name,
      conclusion,
      exitCode,
      signal: endedBy,
      ...written,
      log: [output.log, ...broken.map((message) => `Error: ${message}`)].join('\n'),
      annotations: [...output.annotations, ...broken.map((message) => ({ level: 'error' as const, message }))],
      commands: output.commands,
      masks: output.masks,
      outputs,
      state: saved,
      summary: files.GITHUB_STEP_SUMMARY ?? '',
      files,
      inputs,
      durationMs,
    }
    results.push(result)
    return result
  }

  /** The stages in their order: a failing pre skips main, and whatever began has its post. */
  async function run({ pre = true, main, jobStatus }: RunOptions = {}) {
    const before = pre && runs.pre ? await stage('pre') : undefined
    const during = (main ?? contexts.job.status === 'success') ? await stage('main') : undefined
    if (jobStatus) contexts.job.status = jobStatus
    const after = (before || during) && runs.post ? await stage('post') : undefined
    return { pre: before, main: during, post: after }
  }

  return { contexts, state, results, stage, run, remove: () => rmSync(dir, { recursive: true, force: true }) }
}
