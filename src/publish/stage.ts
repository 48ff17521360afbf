import type { Env } from '../runner/env.ts'
import { setOutput } from '../runner/outputs.ts'
import type { Runner } from '../runner/toolkit.ts'
import type { PublishInputs } from './inputs/read.ts'
import type { Memory } from './memory.ts'
import { fingerprintOf, placeOf } from './mode.ts'
import type { Outputs } from './outputs.ts'

/** The memory of a stage in which nothing is opened yet. */
export function emptyMemory({ choices, failOnError }: PublishInputs, env: Env): Memory {
  const place = placeOf(env)
  return {
    fingerprint: fingerprintOf(env),
    opened: [],
    ...(place === '' ? {} : { place }),
    ...(choices.cancelled === 'error' ? {} : { cancelledState: choices.cancelled }),
    ...(failOnError ? {} : { failOnError }),
  }
}

export function setOutputs(runner: Runner, outputs: Outputs): void {
  for (const [name, value] of Object.entries(outputs)) setOutput(runner, name, value)
}
