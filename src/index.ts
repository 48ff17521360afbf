import { appendFileSync, writeSync } from 'node:fs'
import { EOL } from 'node:os'
import { modeOf, takesRequest } from './publish/mode.ts'
import { formatOutputs, readyUnchecked } from './publish/outputs.ts'
import { unexpected } from './runner/env.ts'
import type { Stage } from './stages.ts'

/** Opens the status. A stage with nothing to do loads nothing: three of them run in every job. */
export async function pre(): Promise<void> {
  const mode = modeOf(process.env)
  const hasNothingToDo = mode === 'off' || (mode === 'once' && !takesRequest(process.env))
  if (!hasNothingToDo || !process.env.GITHUB_STATE) return run('pre')

  // Saved all the same: any step can set unsaved state through GITHUB_ENV.
  append('pre', process.env.GITHUB_STATE, `memory=${EOL}`)
}

/** Sets the outputs of what pre opened, or publishes. */
export async function main(): Promise<void> {
  const ready = readyUnchecked(process.env)
  if (ready === undefined || !process.env.GITHUB_OUTPUT) return run('main')

  append('main', process.env.GITHUB_OUTPUT, formatOutputs(ready.outputs))
  say(ready.line)
}

export async function post(): Promise<void> {
  const saved = process.env.STATE_memory
  if (saved) return run('post')
  if (saved === undefined) say('Nothing is published: the earlier stages saved no state.')
}

export const combined = () => run('combined')

export const list = () => run('list')

export const sweep = () => run('sweep')

/** `process.stdout` takes longer to load than everything else here. */
function say(line: string): void {
  writeSync(1, `${line}\n`)
}

function append(stage: Stage, path: string, text: string): void {
  try {
    appendFileSync(path, text)
  } catch (error) {
    complain(stage, unexpected(error))
  }
}

/** In pre nothing is lost yet: main tries again. */
function complain(stage: Stage, message: string): void {
  say(`::${stage === 'pre' ? 'warning' : 'error'}::${message}`)
  if (stage !== 'pre') process.exitCode = 1
}

async function run(stage: Stage): Promise<void> {
  // At import, the toolkit parses the event's file, which a step may have emptied: we read it ourselves.
  const { GITHUB_EVENT_PATH: path } = process.env
  delete process.env.GITHUB_EVENT_PATH
  const stages = await import('./stages.ts').catch(() => undefined)
  if (path !== undefined) process.env.GITHUB_EVENT_PATH = path
  if (stages !== undefined) return stages.run(stage)

  // At import, the toolkit also reads the proxy's address. It is not quoted: it may contain a password.
  complain(
    stage,
    'commit-status cannot start: `https_proxy` must be an address such as http://HOST:PORT.',
  )
}
