import { at } from '../status/json.ts'

/** How a run ended. `endedAt` is in milliseconds since 1970, NaN if unknown. */
export type EndedRun = {
  run: string
  number: string
  sha: string
  conclusion: string
  endedAt: number
}

/**
 * The run that a `workflow_run` event says has ended, or undefined if it says nothing of the kind.
 */
export function endedRun(payload: unknown): EndedRun | undefined {
  if (at(payload, 'action') !== 'completed') return undefined
  const field = (name: string) => {
    const value = at(payload, `workflow_run.${name}`)
    return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  }
  return {
    run: field('id'),
    number: field('run_number'),
    sha: field('head_sha'),
    conclusion: field('conclusion'),
    endedAt: Date.parse(field('updated_at')),
  }
}
