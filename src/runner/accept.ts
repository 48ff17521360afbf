import { reportProblems } from './failures.ts'
import type { Checked } from './inputs.ts'
import type { Runner } from './toolkit.ts'

/**
 * The values of the inputs, or undefined if they are wrong, which then fails the step. Says what
 * was noticed.
 */
export function acceptInputs<T>(runner: Runner, read: Checked<T>): T | undefined {
  if ('problems' in read) {
    reportProblems(runner, 'fail', read.problems)
    return undefined
  }
  for (const note of new Set(read.notes)) runner.info(note)
  for (const warning of read.warnings) runner.warning(warning)
  return read.values
}
