import type { Runner } from './toolkit.ts'

/**
 * "Outputs can be a maximum of 1 MB per job. […] Size is approximated based on UTF-16 encoding."
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs
 */
const LARGEST_OUTPUT = 1_048_576

/** Sets an output. One that is too large for the runner is left empty, with a warning. */
export function setOutput(runner: Runner, name: string, text: string): void {
  const bytes = text.length * 2
  if (bytes <= LARGEST_OUTPUT) {
    runner.setOutput(name, text)
    return
  }
  const size = `${(bytes / LARGEST_OUTPUT).toFixed(1)} MB`
  runner.setOutput(name, '')
  runner.warning(
    `The output \`${name}\` is left empty: it would be ${size}, and the runner's limit is 1 MB. Narrow it with a name or a limit.`,
  )
}

/** Sets several outputs, see {@link setOutput}. */
export function setOutputs(runner: Runner, outputs: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(outputs)) setOutput(runner, name, text)
}

/** Sets an output that holds JSON, see {@link setOutput}. */
export function setJsonOutput(runner: Runner, name: string, value: unknown): void {
  setOutput(runner, name, JSON.stringify(value))
}
