import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Contexts } from './contexts.ts'
import { environment } from './environment.ts'
import { createFiles, parseFileCommand, readFiles } from './file-commands.ts'
import { type Annotation, annotate, fail, masked, type Output, readLines } from './output.ts'
import { type Ended, run, type StopOptions } from './process.ts'
import { contextsOf, inputsOf, isLocal, type JobState, type Stage, type Use } from './use.ts'
import type { Command } from './workflow-commands.ts'

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

/** A process that a step starts: its command, and what beside the job goes into its environment. */
interface Started {
  command: [string, ...string[]]
  contexts: Contexts
  inputs: Record<string, string>
  state: Record<string, string>
}

/** What a process left: its output, and the texts of its file commands. */
interface Left {
  ended: Ended
  output: Output
  files: Record<string, string>
}

const NOTHING: Ended = {
  exitCode: null,
  signal: null,
  stdout: '',
  stderr: '',
  lines: [],
  durationMs: 0,
}

/** Starts a process of a step and reads what it leaves. One that cannot start is an error of the step. */
export async function runProcess(
  job: JobState,
  { command, contexts, inputs, state }: Started,
  stop: StopOptions,
  warnings: Annotation[] = [],
): Promise<Left> {
  const temp = String(contexts.runner.temp)
  const cwd = String(contexts.github.workspace)
  for (const needed of [cwd, join(job.dir, 'home'), join(temp, '_github_workflow')])
    mkdirSync(needed, { recursive: true })
  const eventPath = join(temp, '_github_workflow', 'event.json')
  writeFileSync(eventPath, JSON.stringify(contexts.github.event, null, 2))
  const files = createFiles(temp)

  const env = environment(job, contexts, {
    inputs,
    state,
    files: { ...files, GITHUB_EVENT_PATH: eventPath },
  })
  try {
    const ended = await run(command, { ...stop, cwd, env })
    return { ended, output: readLines(ended.lines, warnings), files: readFiles(files) }
  } catch (error) {
    return notStarted(
      `An error occurred trying to start process '${command[0]}' with working directory '${cwd}'. ${reasonOf(error)}`,
    )
  }
}

const reasonOf = (error: unknown) =>
  String(error).includes('E2BIG') ? 'Argument list too long' : String(error)

/** A stage that could not begin. */
function notStarted(message: string): Left {
  const output = readLines([])
  fail(output, message)
  return { ended: NOTHING, output, files: {} }
}

/** The names and values in one file command; a broken one fails the step. */
function valuesOf({ output, files }: Left, variable: string): Record<string, string> {
  try {
    return parseFileCommand(files[variable] ?? '')
  } catch (error) {
    const name = variable.slice('GITHUB_'.length).toLowerCase()
    fail(output, `Unable to process file command '${name}' successfully. ${error}`)
    return {}
  }
}

/** What GITHUB_ENV sets: all but NODE_OPTIONS, in any case. */
function variablesOf(left: Left): Record<string, string> {
  const entries = Object.entries(valuesOf(left, 'GITHUB_ENV'))
  const isBlocked = ([name]: [string, string]) => name.toUpperCase() === 'NODE_OPTIONS'
  for (const _ of entries.filter(isBlocked)) {
    const message = "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command."
    annotate(left.output, { level: 'error', message })
  }
  return Object.fromEntries(entries.filter((entry) => !isBlocked(entry)))
}

/** Takes over what a process left behind for later ones, and says how it ended. */
export function collect(job: JobState, left: Left) {
  const { output, ended, files } = left
  const state = { ...output.state, ...valuesOf(left, 'GITHUB_STATE') }
  const outputs = { ...output.outputs, ...valuesOf(left, 'GITHUB_OUTPUT') }
  Object.assign(job.contexts.env, variablesOf(left))
  job.paths.push(...(files.GITHUB_PATH ?? '').split('\n').filter(Boolean))
  job.masks.push(...output.masks)
  const failed = ended.exitCode !== 0 || output.errors.length > 0
  return { state, outputs, conclusion: failed ? ('failure' as const) : ('success' as const) }
}

/** What the runner says of a use before it starts a stage of it. */
function warningsOf({ manifest, uses, with: given }: Use, stage: Stage): Annotation[] {
  const valid = Object.keys(manifest.inputs)
  const names = new Set(valid.map((name) => name.toLowerCase()))
  const unexpected = Object.keys(given).filter((name) => !names.has(name.toLowerCase()))
  const warnings: string[] = []
  if (isLocal(uses) && 'pre' in manifest.runs && stage !== 'pre')
    warnings.push(`\`pre\` execution is not supported for local action from '${uses}'`)
  if (unexpected.length)
    warnings.push(
      `Unexpected input(s) '${unexpected.join("', '")}', valid inputs are ['${valid.join("', '")}']`,
    )
  return warnings.map((message) => ({ level: 'warning', message }))
}

async function start(job: JobState, use: Use, stage: Stage, stop: StopOptions) {
  const script = use.manifest.runs[stage]
  if (typeof script !== 'string') throw new Error(`the action has no ${stage}`)
  let [contexts, inputs]: [Contexts, Record<string, string>] = [job.contexts, {}]
  try {
    contexts = contextsOf(job, use, stage)
    inputs = inputsOf(job, use, contexts)
  } catch (error) {
    return { inputs, left: notStarted(`The template is not valid. ${error}`) }
  }
  const command: [string, string] = [job.node, resolve(use.action, script)]
  const started = { command, contexts, inputs, state: use.state }
  return { inputs, left: await runProcess(job, started, stop, warningsOf(use, stage)) }
}

/**
 * Starts a stage of an action as actions/runner does: inputs and their defaults evaluated anew, a clean environment, files
 * for its commands. An expression in `with` that throws fails it.
 * https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionRunner.cs
 */
export async function runStage(
  job: JobState,
  use: Use,
  stage: Stage,
  stop: StopOptions = {},
): Promise<StageResult> {
  const { inputs, left } = await start(job, use, stage, stop)
  const { state, outputs, conclusion } = collect(job, left)
  Object.assign(use.state, state)
  if (stage === 'main' && use.id !== undefined) {
    const steps = use.scopes.at(-1)?.steps ?? job.contexts.steps
    steps[use.id] = { outputs, outcome: conclusion, conclusion }
  }
  const { annotations, commands, masks, shown } = left.output
  return {
    ...left.ended,
    stage,
    conclusion,
    log: masked(shown.join('\n'), job.masks),
    annotations: annotations.map((one) => ({ ...one, message: masked(one.message, job.masks) })),
    commands,
    masks,
    outputs,
    state,
    summary: left.files.GITHUB_STEP_SUMMARY ?? '',
    files: left.files,
    inputs,
  }
}
