import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { interpolate } from './expressions.ts'
import type { Node } from './job-steps.ts'
import { type Annotation, annotate, fail } from './output.ts'
import { collect, runProcess } from './step-process.ts'
import { contextsOf, type JobState } from './use.ts'

export type Conclusion = 'success' | 'failure' | 'cancelled' | 'skipped'

/** How a step, or a part of one, ended. */
export interface Part {
  conclusion: Conclusion
  annotations: Annotation[]
}

export interface ScriptOptions {
  /** Cancels the job at a line that one of its `run` steps writes. */
  cancelAt?: (line: string) => boolean
  grace?: [number, number]
}

/** A `run` step: bash, which a cancel stops. */
export async function playScript(job: JobState, node: Node, options: ScriptOptions): Promise<Part> {
  const { step, name, scopes } = node
  const contexts = contextsOf(job, { uses: './', name, env: step.env ?? {}, scopes }, 'main')
  const script = join(String(contexts.runner.temp), `${randomUUID()}.sh`)
  mkdirSync(String(contexts.runner.temp), { recursive: true })
  writeFileSync(script, interpolate(step.run ?? '', { ...contexts }))

  const cancel = new AbortController()
  const stop = {
    signal: cancel.signal,
    ...(options.grace && { grace: options.grace }),
    onLine: (line: string) => options.cancelAt?.(line) && cancel.abort(),
  }
  const command: [string, ...string[]] = ['bash', '-e', script]
  const left = await runProcess(job, { command, contexts, inputs: {}, state: {} }, stop)
  const { outputs, conclusion } = collect(job, left)
  if (step.id) (scopes.at(-1)?.steps ?? job.contexts.steps)[step.id] = { outputs, conclusion }
  const { annotations } = left.output
  if (cancel.signal.aborted) {
    job.contexts.job.status = 'cancelled'
    annotate(left.output, { level: 'error', message: 'The operation was canceled.' })
    return { conclusion: 'cancelled', annotations }
  }
  if (left.ended.exitCode)
    fail(left.output, `Process completed with exit code ${left.ended.exitCode}.`)
  return { conclusion, annotations }
}
