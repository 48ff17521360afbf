import { appendFileSync, writeSync } from 'node:fs'
import { EOL } from 'node:os'
import { modeOf, takesRequest } from './publish/mode.ts'
import { formatOutputs } from './publish/outputs.ts'
import { readyUnchecked } from './publish/ready.ts'
import type { Stage } from './stages.ts'

/** Opens the status. A stage with nothing to do loads nothing: three of them run in every job. */
export async function pre(): Promise<void> {
  const mode = modeOf(process.env)
  const hasNothingToDo = mode === 'off' || (mode === 'once' && !takesRequest(process.env))
  if (!hasNothingToDo || !process.env.GITHUB_STATE) return run('pre')

  // Saved all the same: what no stage saves, any step can set by GITHUB_ENV.
  appendFileSync(process.env.GITHUB_STATE, `memory=${EOL}`)
}

/** Sets the outputs of what pre opened, or publishes. */
export async function main(): Promise<void> {
  const ready = readyUnchecked(process.env)
  if (ready === undefined || !process.env.GITHUB_OUTPUT) return run('main')

  appendFileSync(process.env.GITHUB_OUTPUT, formatOutputs(ready.outputs))
  say(ready.line)
}

/** Settles what was opened. */
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

async function run(stage: Stage): Promise<void> {
  const stages = await import('./stages.ts').catch(() => undefined)
  if (stages !== undefined) return stages.run(stage)

  // At import, the toolkit reads the event file and the proxy's address. Neither is quoted: it may contain a password.
  const message =
    'commit-status cannot start: `https_proxy` must be an address such as http://HOST:PORT, and the event file must be JSON.'
  say(`::${stage === 'pre' ? 'warning' : 'error'}::${message}`)
  if (stage !== 'pre') process.exitCode = 1
}
