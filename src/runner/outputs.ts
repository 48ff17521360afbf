import type { Runner } from './toolkit.ts'

/**
 * "Outputs can be a maximum of 1 MB per job. […] Size is approximated based on UTF-16 encoding."
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs
 */
const LARGEST = 1_048_576

/**
 * Sets outputs: a text as it is, all else as JSON. One that is too large for the runner is left
 * empty, with a warning.
 */
export function setOutputs(runner: Runner, outputs: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(outputs)) {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    const share = (text.length * 2) / LARGEST
    runner.setOutput(name, share > 1 ? '' : text)
    if (share <= 1) continue
    runner.warning(
      `The output \`${name}\` is left empty: it would be ${share.toFixed(1)} MB, and the runner's limit is 1 MB. Narrow it with a name or a limit.`,
    )
  }
}
