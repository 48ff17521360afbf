import { type Env, inputText } from '../../runner/env.ts'
import { type Inputs, json, text, wrong } from '../../runner/inputs.ts'
import { workflowName } from '../../runner/job.ts'
import { contextsOf, matrixValues } from '../../status/context.ts'
import type { Platform } from '../../status/platform.ts'

/** State over 128 KiB keeps the later stages from starting. Pre and main can open other names. */
const MOST_CONTEXTS = 100
const MOST_BYTES = 50_000

/** The contexts to publish under: those given, or the one derived from the job. */
export function readContexts(inputs: Inputs, platform: Platform): string[] {
  const { env } = inputs
  const matrix = json(inputs, 'matrix')
  const identity = { workflow: workflowName(env), job: env.GITHUB_JOB ?? '', matrix }
  const fitted = contextsOf(env.INPUT_CONTEXT ?? '', identity, platform)

  inputs.notes.push(...fitted.flatMap(({ notes }) => notes))
  const contexts = fitted.map((one) => one.text)
  if (contexts.includes('')) {
    wrong(
      inputs,
      'context',
      'names with something left after removing 4-byte characters, which GitHub rejects',
    )
  }
  const bytes = Buffer.byteLength(contexts.join(''))
  if (contexts.length > MOST_CONTEXTS || bytes > MOST_BYTES) {
    const expected = `at most ${MOST_CONTEXTS} names, ${MOST_BYTES} bytes in total`
    wrong(inputs, 'context', `${expected}; use \`statuses\` for more`)
  } else if (text(inputs, 'context') !== '') noteDoubtfulNames(inputs, contexts, matrix)
  return contexts
}

/** More than any matrix has; a hostile one must not cost time. */
const MOST_VALUES = 50

/** Names that are probably not what was meant. */
function noteDoubtfulNames(inputs: Inputs, contexts: readonly string[], matrix: unknown): void {
  const values = matrixValues(matrix).slice(0, MOST_VALUES)
  const names = contexts.join('\n')
  const isSharedByLegs = values.length > 0 && !values.some((value) => names.includes(value))
  if (isSharedByLegs) {
    inputs.notes.push(
      'Input `context` contains no value of this matrix leg: all legs publish under the same name.',
    )
  }
  if (contexts.includes(inputs.env.GITHUB_JOB ?? '')) {
    inputs.notes.push(
      "Input `context` is the job's id: GitHub shows a check run of that name beside it, and a rule that requires the name waits for both.",
    )
  }
}

/** The given contexts as they stand in post, for comparison; empty if the name is derived. */
export function givenContexts(env: Env, platform: Platform): string[] {
  if (inputText(env, 'context') === '') return []
  const identity = { workflow: '', job: '', matrix: null }
  return contextsOf(env.INPUT_CONTEXT ?? '', identity, platform).map((one) => one.text)
}
