import { resolve } from 'node:path'
import type { Contexts } from './contexts.ts'
import { type Annotation, masked } from './output.ts'
import type { Ended, StopOptions } from './process.ts'
import { collect, notStarted, runProcess } from './step-process.ts'
import { contextsOf, inputsOf, isLocal, type JobState, type Stage, type Use } from './use.ts'
import type { Command } from './workflow-commands.ts'

/** Another version than the one that plays the runner can be tried. */
export const NODE = process.env.STAGE_NODE || process.execPath

export interface StageResult extends Ended {
  stage: Stage
  conclusion: 'success' | 'failure'
  /** What a person sees: commands carried out, secrets as `***`. */
  log: string
  annotations: Annotation[]
  commands: Command[]
  outputs: Record<string, string>
  /** What this stage saved. */
  state: Record<string, string>
  summary: string
  /** The raw text of each file command, by the variable that named it. */
  files: Record<string, string>
  /** The inputs as the stage got them. */
  inputs: Record<string, string>
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
  const command: [string, string] = [NODE, resolve(use.action, script)]
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
  const { annotations, commands, shown } = left.output
  return {
    ...left.ended,
    stage,
    conclusion,
    log: masked(shown.join('\n'), job.masks),
    annotations: annotations.map((one) => ({ ...one, message: masked(one.message, job.masks) })),
    commands,
    outputs,
    state,
    summary: left.files.GITHUB_STEP_SUMMARY ?? '',
    files: left.files,
    inputs,
  }
}
