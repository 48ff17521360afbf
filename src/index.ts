import { appendFileSync } from 'node:fs'
import { fingerprint, intentOf } from './intent.js'
import { readyOutputs } from './memory.js'

/** Opens the status. A stage with nothing to do loads nothing: three of them run in every job. */
export async function pre(): Promise<void> {
  if (intentOf(process.env) === 'follow') await run('pre')
}

/** Sets the outputs that pre has left ready, or publishes. */
export async function main(): Promise<void> {
  const ready = readyOutputs(process.env)
  if (ready?.fingerprint === fingerprint(process.env) && process.env.GITHUB_OUTPUT) {
    appendFileSync(process.env.GITHUB_OUTPUT, ready.outputs)
    process.stdout.write(`${ready.said}\n`)
  } else {
    await run('main')
  }
}

/** Settles what was opened. */
export async function post(): Promise<void> {
  if (process.env.STATE_memory) await run('post')
}

async function run(stage: 'pre' | 'main' | 'post'): Promise<void> {
  const stages = await import('./stages.js')
  await stages.run(stage)
}
