import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Contexts } from './contexts.ts'
import { environment } from './environment.ts'
import { createFiles, parseFileCommand, readFiles } from './file-commands.ts'
import { type Annotation, annotate, fail, type Output, readLines } from './output.ts'
import { type Ended, run, type StopOptions } from './process.ts'
import type { JobState } from './use.ts'

/** A process that a step starts: its command, and what beside the job goes into its environment. */
interface Started {
  command: [string, ...string[]]
  contexts: Contexts
  inputs: Record<string, string>
  state: Record<string, string>
}

/** What a process left: its output, and the texts of its file commands. */
export interface Left {
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
export function notStarted(message: string): Left {
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
  const { output, ended } = left
  const state = { ...output.state, ...valuesOf(left, 'GITHUB_STATE') }
  const outputs = valuesOf(left, 'GITHUB_OUTPUT')
  Object.assign(job.contexts.env, variablesOf(left))
  job.masks.push(...output.masks)
  const failed = ended.exitCode !== 0 || output.errors.length > 0
  return { state, outputs, conclusion: failed ? ('failure' as const) : ('success' as const) }
}
