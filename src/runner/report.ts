import type { Env } from './env.ts'
import type { Runner } from './toolkit.ts'

/**
 * Something that went wrong, in a sentence or two; `topic` is its entry in docs/troubleshooting.md,
 * if there is one.
 */
export type Problem = { message: string; topic?: string }

/** An annotation holds 4,096 characters, and a step shows ten of them. */
const SHOWN = 3

/**
 * Reports what went wrong: a line in the log for each, if there are several, and one annotation
 * that says how many there are and the first few.
 * @param level `fail` fails the step
 */
export function report(
  runner: Runner,
  level: 'info' | 'warning' | 'fail',
  problems: readonly Problem[],
  ending = '',
): void {
  const lines = [...new Set(problems.map((problem) => lineOf(problem, runner.env)))]
  if (lines.length === 0) return
  if (lines.length === 1 && lines.join('').length <= LONGEST_SHOWN) {
    runner[level](withEnding(lines, ending))
    return
  }
  for (const line of lines) runner.info(line)
  const shown = lines.slice(0, SHOWN).map((line) => shortened(line))
  const more = lines.length > SHOWN ? [`and ${lines.length - SHOWN} more, see the log.`] : []
  const title = lines.length === 1 ? [] : [`${lines.length} problems:`]
  runner[level](withEnding([...title, ...shown, ...more], ending))
}

/** Reports wrong inputs, which were all gathered before any request, with a link to their entries. */
export function reportWrongInputs(
  runner: Runner,
  level: 'warning' | 'fail',
  problems: readonly string[],
  ending = '',
): void {
  report(
    runner,
    level,
    problems.map((message) => ({ message })),
    `${ending} ${helpUrl(runner.env, 'inputs')}`.trim(),
  )
}

function withEnding(lines: readonly string[], ending: string): string {
  return [...lines, ending].filter((line) => line !== '').join('\n')
}

const LONGEST_SHOWN = 1_000

function shortened(line: string): string {
  return line.length > LONGEST_SHOWN ? `${line.slice(0, LONGEST_SHOWN).toWellFormed()}…` : line
}

function lineOf({ message, topic = '' }: Problem, env: Env): string {
  const help = topic === '' ? '' : helpUrl(env, topic)
  return help === '' ? message : `${message} ${help}`
}

/** The entry in docs/troubleshooting.md, empty if the action was not used by reference. */
function helpUrl(env: Env, topic: string): string {
  const { GITHUB_SERVER_URL, GITHUB_ACTION_REPOSITORY, GITHUB_ACTION_REF } = env
  if (!GITHUB_SERVER_URL || !GITHUB_ACTION_REPOSITORY) return ''
  const ref = encodeURI(GITHUB_ACTION_REF || 'HEAD')
  return `${GITHUB_SERVER_URL}/${GITHUB_ACTION_REPOSITORY}/blob/${ref}/docs/troubleshooting.md#${topic}`
}
