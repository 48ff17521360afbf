import { appendFileSync, writeSync } from 'node:fs'
import { readyOutputs } from './publish/memory.ts'
import { fingerprint, intentOf } from './publish/mode.ts'
import type { Stage } from './stages.ts'

/** Opens the status. A stage with nothing to do loads nothing: three of them run in every job. */
export async function pre(): Promise<void> {
  if (intentOf(process.env) === 'follow') await run('pre')
}

/** Sets the outputs that pre has left ready, or publishes. */
export async function main(): Promise<void> {
  const ready = readyOutputs(process.env)
  if (ready?.fingerprint === fingerprint(process.env) && process.env.GITHUB_OUTPUT) {
    appendFileSync(process.env.GITHUB_OUTPUT, ready.outputs)
    writeSync(1, `${ready.said}\n`) // `process.stdout` takes longer to load than all else here
  } else {
    await run('main')
  }
}

/** Settles what was opened. */
export async function post(): Promise<void> {
  if (process.env.STATE_memory) await run('post')
}

export const combined = () => run('combined')

export const list = () => run('list')

export const sweep = () => run('sweep')

async function run(stage: Stage): Promise<void> {
  const stages = await import('./stages.ts').catch(() => undefined)
  if (stages !== undefined) return stages.run(stage)
  // At import, the toolkit reads the event's file and the proxy's address. Neither is quoted: it may hold a password.
  const said =
    'commit-status cannot start: `https_proxy` must be an address such as http://HOST:PORT, and the event JSON.'
  process.stdout.write(`::${stage === 'pre' ? 'warning' : 'error'}::${said}\n`)
  if (stage !== 'pre') process.exitCode = 1
}
