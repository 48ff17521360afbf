import type { Checked, Inputs } from './inputs.ts'
import { reportWrongInputs } from './report.ts'
import type { Runner } from './toolkit.ts'

/**
 * The values of the inputs, or undefined if they are wrong, which then fails the step. Says what
 * was noticed.
 */
export function acceptInputs<T>(runner: Runner, read: Checked<T>): T | undefined {
  if ('problems' in read) {
    reportWrongInputs(runner, 'fail', read.problems)
    return undefined
  }
  tell(runner, read)
  return read.values
}

/** Says what was noticed while the inputs were read. */
export function tell(
  runner: Runner,
  { notes, warnings }: Pick<Inputs, 'notes' | 'warnings'>,
): void {
  for (const note of new Set(notes)) runner.info(note)
  for (const warning of warnings) runner.warning(warning)
}
