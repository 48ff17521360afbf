import { type Inputs, json, lines, wrong } from '../../runner/inputs.ts'
import { matches } from '../../status/context.ts'
import { describeRollUp } from '../../status/description.ts'
import { isRecord } from '../../status/json.ts'
import { similarNames } from '../../status/near.ts'
import { GITHUB } from '../../status/platform.ts'
import { type JobResult, rollUp, type State, stateOf, type WordStates } from '../../status/state.ts'
import { fitDescription, joined, listed, quote } from '../../status/text.ts'

export type RollUp = { kind: 'roll-up'; state: State; description: string }

const EXPECTED =
  'the results of the needed jobs; write `needs: ${{ toJSON(needs) }}` in a job that has `needs`'

/** Reads `needs` and `allowed_skips`: the worst of the results, and what is worth a warning. */
export function readNeeds(inputs: Inputs, choices: WordStates): RollUp {
  const needs = json(inputs, 'needs', EXPECTED)
  const words = wordsIn(needs)
  if (needs !== undefined && words === undefined) wrong(inputs, 'needs', EXPECTED)
  const results = (words ?? []).map(
    ([job, word]): JobResult => ({ job, word, state: stateOf(word, choices) ?? 'error' }),
  )
  const allowedLines = readAllowedSkips(inputs)
  if (words !== undefined) checkAllowedSkips(inputs, allowedLines, results)
  warnOfUnknown(inputs, results, choices)

  const skipped = results.filter(({ word }) => word === 'skipped')
  const isAllowed = ({ job, word }: JobResult) =>
    word === 'skipped' && allowedLines.some((line) => matches(line, job, GITHUB))
  const allowed = skipped.filter(isAllowed)
  const { state, counting } = rollUp(results.filter((result) => !isAllowed(result)))
  warnOfSkips(inputs, state, counting, allowed)
  const subjects = counting.length > 0 ? counting : allowed
  const description = fitDescription(describeRollUp(state, subjects, skipped)).text
  return { kind: 'roll-up', state, description }
}

/**
 * Each job and its result: of `toJSON(needs)`, or of `toJSON(needs.*.result)`, which has no names.
 * Undefined if it is neither.
 */
function wordsIn(needs: unknown): [job: string, word: string][] | undefined {
  if (!isRecord(needs)) return undefined
  const results = Array.isArray(needs)
    ? needs.map((word): [string, unknown] => ['', word])
    : Object.entries(needs).map(([job, value]): [string, unknown] => [
        job,
        isRecord(value) ? value.result : undefined,
      ])
  const isRight = (one: [string, unknown]): one is [string, string] => typeof one[1] === 'string'
  return results.length > 0 && results.every(isRight) ? results : undefined
}

/** The lines of `allowed_skips`, which names the jobs that are allowed to be skipped. */
function readAllowedSkips(inputs: Inputs): string[] {
  const allowed = lines(inputs, 'allowed_skips')
  if (allowed.length === 1 && allowed[0] === 'none') return []
  const several = allowed.find((line) => line.includes(','))
  if (several === undefined) return allowed

  const jobs = several.split(',').map((job) => `\`${job.trim()}\``)
  wrong(inputs, 'allowed_skips', `one job per line; write ${joined(jobs)} on lines of their own`)
  return []
}

/** A line that matches no job may be misspelt: the skip that it means would not be allowed. */
function checkAllowedSkips(
  inputs: Inputs,
  allowed: readonly string[],
  results: readonly JobResult[],
): void {
  const jobs = results.map(({ job }) => job)
  const hasNames = jobs.some((job) => job !== '')
  const isRight = (line: string) =>
    hasNames ? jobs.some((job) => matches(line, job, GITHUB)) : line === '*'
  const unmatched = allowed.filter((line) => !isRight(line))
  if (unmatched.length === 0) return
  if (!hasNames) {
    wrong(inputs, 'allowed_skips', '`*` alone, since the results in `needs` have no names')
    return
  }
  const expected = `names of jobs in \`needs\`, \`*\` for any text; it has none called ${joined(
    unmatched.map((line) => withSimilar(line, jobs)),
  )}`
  wrong(inputs, 'allowed_skips', expected)
}

function withSimilar(line: string, jobs: readonly string[]): string {
  const similar = similarNames(line, jobs, 2)
  return quote(line) + (similar.length > 0 ? ` (similar: ${listed(similar)})` : '')
}

/** Unknown words come from the platform and are no misspelling: an older green must not stay. */
function warnOfUnknown(inputs: Inputs, results: readonly JobResult[], choices: WordStates): void {
  const unknown = results.filter(({ word }) => stateOf(word, choices) === undefined)
  if (unknown.length === 0) return
  const shown = unknown.map(({ job, word }) => (job ? `${quote(job)}: ` : '') + quote(word))
  inputs.warnings.push(
    `Input \`needs\` has a result that is not known, and counts as \`error\`: ${joined(shown, 5)}.`,
  )
}

function warnOfSkips(
  inputs: Inputs,
  state: State,
  counting: readonly JobResult[],
  allowed: readonly JobResult[],
): void {
  if (counting.length === 0 && allowed.length > 0) {
    inputs.warnings.push(
      'All needed jobs were skipped, as `allowed_skips` allows. If they were skipped because another job failed, add that job to `needs`.',
    )
  }
  const isSkip = counting.length > 0 && counting.every(({ word }) => word === 'skipped')
  if (!isSkip || state === 'success') return
  const names = counting.map(({ job }) => job).filter((job) => job !== '')
  const [first = "'*'"] = names
  inputs.warnings.push(
    `Skipped: ${listed(names, 5) || counting.length}, by a job's own \`if\` or because a job before it failed; this counts as \`${state}\`. If it is allowed, write \`allowed_skips: ${first}\`, and add the job that decides it to \`needs\`.`,
  )
}
