import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The files by which a step commands the runner: the variable that names each, and how its own name begins. */
const PREFIXES = {
  GITHUB_STATE: 'save_state_',
  GITHUB_OUTPUT: 'set_output_',
  GITHUB_ENV: 'set_env_',
  GITHUB_PATH: 'add_path_',
  GITHUB_STEP_SUMMARY: 'step_summary_',
  GITHUB_ARTIFACTS: 'artifacts_',
  GITHUB_ARTIFACTS_LIST: 'artifacts_list_',
}

/** Makes the files anew for one stage, below the job's temporary folder; by the variable that names each. */
export function createFiles(temp: string): Record<string, string> {
  const folder = join(temp, '_runner_file_commands')
  mkdirSync(folder, { recursive: true })
  const id = randomUUID()
  const files = Object.entries(PREFIXES).map(([variable, prefix]) => [
    variable,
    join(folder, prefix + id),
  ])
  for (const [, path = ''] of files) writeFileSync(path, '')
  return Object.fromEntries(files)
}

/** What a stage wrote into each. */
export const readFiles = (files: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(files).map(([variable, path]) => [variable, readFileSync(path, 'utf8')]),
  )

/** The name and value that begin at a line, and the line after them. */
function entryAt(lines: string[], index: number): { name: string; value: string; next: number } {
  const line = lines[index] ?? ''
  const [equals, heredoc] = [line.indexOf('='), line.indexOf('<<')]
  if (equals === 0 || heredoc === 0)
    throw new Error(`Invalid format '${line}'. Name must not be empty`)
  if (equals > 0 && (heredoc < 0 || equals < heredoc))
    return { name: line.slice(0, equals), value: line.slice(equals + 1), next: index + 1 }
  if (heredoc < 0) throw new Error(`Invalid format '${line}'`)

  const delimiter = line.slice(heredoc + 2)
  const end = lines.indexOf(delimiter, index + 1)
  if (!delimiter || end < 0)
    throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`)
  const value = lines.slice(index + 1, end).join('\n')
  return { name: line.slice(0, heredoc), value, next: end + 1 }
}

/**
 * What a file command holds: `name=value` lines and `name<<delimiter` blocks; of one name the last counts.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#environment-files
 */
export function parseFileCommand(text: string): Record<string, string> {
  const values: Record<string, string> = {}
  const lines = text.split('\n')
  for (let index = 0; index < lines.length; ) {
    if (!lines[index]) {
      index += 1
      continue
    }
    const { name, value, next } = entryAt(lines, index)
    values[name] = value
    index = next
  }
  return values
}
