import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { parseText } from './expressions.ts'

export interface Manifest {
  /** By name, with their defaults. */
  inputs: Record<string, { default?: unknown }>
  runs: Record<string, unknown>
}

/** The contexts that a default can use; any other name makes the runner refuse the whole action. */
export const DEFAULT_CONTEXTS = ['github', 'strategy', 'matrix', 'job', 'runner'] as const

/**
 * Reads action.yml. An expression anywhere but in a default stops the runner from loading a JavaScript action.
 * https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax
 */
export function readManifest(action: string): Manifest {
  const manifest = parse(readFileSync(join(action, 'action.yml'), 'utf8')) as Partial<Manifest>
  const inputs = Object.fromEntries(
    Object.entries(manifest.inputs ?? {}).map(([name, input]) => [name, input ?? {}]),
  )
  const runs = manifest.runs ?? {}
  const withoutDefaults = Object.values(inputs).map((input) => ({ ...input, default: undefined }))
  const rest = { ...manifest, inputs: withoutDefaults }
  if (runs.using !== 'composite' && JSON.stringify(rest).includes('${{')) {
    throw new Error('action.yml: an expression outside of an input default')
  }
  for (const input of Object.values(inputs))
    parseText(String(input.default ?? ''), DEFAULT_CONTEXTS)
  return { inputs, runs }
}
