import type { Env } from '../runner/env.ts'
import type { Inputs } from '../runner/inputs.ts'
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

/** Says what was noticed while the inputs were read. */
export function tell(
  runner: Runner,
  { notes, warnings }: Pick<Inputs, 'notes' | 'warnings'>,
): void {
  for (const note of new Set(notes)) runner.info(note)
  for (const warning of warnings) runner.warning(warning)
}

export function setOutputs(runner: Runner, outputs: Outputs): void {
  for (const [name, value] of Object.entries(outputs)) setOutput(runner, name, value)
}
