import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Env, runnerPlatform } from './env.ts'
import type { Checked, Inputs } from './inputs.ts'
import type { Runner } from './toolkit.ts'

/** What went wrong, in a sentence or two; `topic` is its entry in docs/troubleshooting.md. */
export type Problem = { message: string; topic?: string }

/** An annotation holds 4,096 characters, and a step shows ten of them. */
const SHOWN = 3

/**
 * Reports what went wrong: a line in the log for each, if there are several, and one annotation
 * that says how many there are and the first few.
 * @param level `fail` fails the step
 * @param most how many lines the log gets
 */
export function report(
  runner: Runner,
  level: 'info' | 'warning' | 'fail',
  problems: readonly Problem[],
  ending = '',
  most = Number.POSITIVE_INFINITY,
): void {
  const lines = [...new Set(problems.map((problem) => lineOf(problem, runner.env)))]
  if (lines.length === 0) return
  if (lines.length === 1 && lines.join('').length <= LONGEST_SHOWN) {
    runner[level](withEnding(lines, ending))
    return
  }
  for (const line of lines.slice(0, most)) runner.info(line)
  const shown = lines.slice(0, SHOWN).map((line) => shortened(line))
  const more = lines.length > SHOWN ? [`and ${lines.length - SHOWN} more, see the log.`] : []
  const title = lines.length === 1 ? [] : [`${lines.length} problems:`]
  runner[level](withEnding([...title, ...shown, ...more], ending))
}

/** A list of 60,000 wrong entries must not fill the log. */
const MOST_INPUTS = 20

/** Reports wrong inputs, which were all gathered before any request, with a link to their entries. */
export function reportWrongInputs(
  runner: Runner,
  level: 'warning' | 'fail',
  problems: readonly string[],
  ending = '',
): void {
  const help = helpUrl(runner.env, 'inputs')
  const all = problems.map((message) => ({ message }))
  report(runner, level, all, `${ending} ${help}`.trim(), MOST_INPUTS)
}

/** Says what was noticed and gives the inputs' values; fails the step if they are wrong. */
export function acceptInputs<T>(runner: Runner, read: Checked<T>): T | undefined {
  if ('problems' in read) {
    reportWrongInputs(runner, 'fail', read.problems)
    return undefined
  }
  tell(runner, read)
  return read.values
}

export function tell(
  runner: Runner,
  { notes, warnings }: Pick<Inputs, 'notes' | 'warnings'>,
): void {
  for (const note of new Set(notes)) runner.info(note)
  for (const warning of warnings) runner.warning(warning)
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

/** The entry in docs/troubleshooting.md, empty if the action's own repository is not known. */
function helpUrl(env: Env, topic: string): string {
  const { GITHUB_SERVER_URL: server, GITHUB_ACTION_REPOSITORY: repository } = env
  const { filePages } = runnerPlatform(env)
  if (!server || !repository || (filePages === 'src' && !isClonedFrom(server))) return ''
  const ref = encodeURI(env.GITHUB_ACTION_REF || 'HEAD')
  return `${server}/${repository}/${filePages}/${ref}/docs/troubleshooting.md#${topic}`
}

/**
 * Whether the action is a clone from this server: the runners of Gitea and Forgejo clone actions,
 * by default from another one, and no variable says from where.
 */
function isClonedFrom(server: string): boolean {
  const [, script = ''] = process.argv
  try {
    const config = readFileSync(join(dirname(dirname(script)), '.git', 'config'), 'utf8')
    return config.includes(`url = ${server}/`)
  } catch {
    return false
  }
}
