import { type Env, inputText, workflowName } from '../../runner/env.ts'
import { type Inputs, json, noted, strictText, wrong } from '../../runner/inputs.ts'
import { derivedName, linesOf, matrixValues, namesOf } from '../../status/context.ts'
import type { Platform } from '../../status/platform.ts'
import { acceptableName, fitContext, quote } from '../../status/text.ts'

/** State over 128 KiB keeps the later stages from starting. Pre and main can open other names. */
const MOST_CONTEXTS = 100
const MOST_BYTES = 50_000

/**
 * The contexts to publish under: those given, or the one derived from the job.
 * @param isList whether each entry of a list can have a name of its own
 */
export function readContexts(inputs: Inputs, platform: Platform, isList: boolean): string[] {
  const given = strictText(inputs, 'context', "'job'", 'a name, or `job` for the derived one')
  const matrix = json(inputs, 'matrix')
  if (given === 'job') return [nameOfJob(inputs, matrix, isList)]

  const contexts = namesOf(linesOf(given), platform).map((one) => noted(inputs, one))
  if (contexts.includes('')) {
    wrong(inputs, 'context', 'names with something left after removing control characters')
  }
  const bytes = Buffer.byteLength(contexts.join(''))
  if (contexts.length > MOST_CONTEXTS || bytes > MOST_BYTES) {
    const expected = `at most ${MOST_CONTEXTS} names, ${MOST_BYTES} bytes in total`
    wrong(inputs, 'context', `${expected}; use \`statuses\` for more`)
  } else noteDoubtfulNames(inputs, contexts, matrix)
  return contexts
}

/** The derived name, empty if the workflow has no name, as on Gitea: two of them would share it. */
function nameOfJob(inputs: Inputs, matrix: unknown, isList: boolean): string {
  const workflow = workflowName(inputs.env)
  if (acceptableName(workflow) !== '') {
    const job = inputs.env.GITHUB_JOB ?? ''
    return noted(inputs, fitContext(derivedName({ workflow, job, matrix })))
  }
  if (!isList) {
    wrong(inputs, 'context', 'a name, since the workflow has none; or give the workflow a `name:`')
  }
  return ''
}

/** More than any matrix has; a hostile one must not cost time. */
const MOST_VALUES = 50

/** Names that are probably not what was meant. */
function noteDoubtfulNames(inputs: Inputs, contexts: readonly string[], matrix: unknown): void {
  warnOfSharedName(inputs, contexts, matrix)
  if (contexts.includes(inputs.env.GITHUB_JOB ?? '')) {
    inputs.notes.push(
      "Input `context` is the job's id: GitHub shows a check run of that name beside it, and a rule that requires the name waits for both.",
    )
  }
  const odd = contexts.find((name) => name.endsWith('/') || name.includes('()'))
  if (odd !== undefined) {
    inputs.notes.push(
      `Input \`context\` is ${quote(odd)}: check that no expression in it came out empty.`,
    )
  }
}

/** Names that all legs of a matrix share: one leg's success would hide another's failure. */
function warnOfSharedName(inputs: Inputs, contexts: readonly string[], matrix: unknown): void {
  const lower = (name: string) => acceptableName(name).toLowerCase()
  const values = matrixValues(matrix).slice(0, MOST_VALUES).map(lower).filter(Boolean)
  const total = inputText(inputs.env, 'job_total')
  if (values.length === 0 || total === '1') return

  const shared = contexts.find((name) => !values.some((value) => lower(name).includes(value)))
  if (shared === undefined) return
  const line = `Input \`context\` has the name ${quote(shared)}, which contains no value of this matrix leg: all legs publish under it.`
  const lines = /^\d+$/.test(total) ? inputs.warnings : inputs.notes
  lines.push(line)
}

/** The given contexts as they stand in post, for comparison; empty if the name is derived. */
export function givenContexts(env: Env, platform: Platform): string[] {
  const given = inputText(env, 'context')
  return given === 'job' ? [] : namesOf(linesOf(given), platform).map((one) => one.text)
}
