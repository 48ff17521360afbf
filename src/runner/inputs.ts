import { linesOf } from '../status/context.ts'
import { parseJson } from '../status/json.ts'
import { nearWord } from '../status/near.ts'
import { STATES, type State } from '../status/state.ts'
import { type Fitted, quote } from '../status/text.ts'
import { withoutPassword } from '../status/url.ts'
import { type Env, inputText } from './env.ts'

/**
 * The inputs of a stage while they are read: what is wrong with them is gathered, a sentence each,
 * so that all of it is reported at once before any request.
 */
export type Inputs = {
  env: Env
  problems: string[]
  warnings: string[]
  /** What is worth a line in the log. */
  notes: string[]
  /** Inputs that are empty but must not be: their values may come from a later step. */
  unknown: string[]
}

/** The values, or every problem there is. */
export type Checked<T> =
  | (Pick<Inputs, 'warnings' | 'notes'> & { values: T })
  | Pick<Inputs, 'problems' | 'unknown'>

export function inputsOf(env: Env): Inputs {
  return { env, problems: [], warnings: [], notes: [], unknown: [] }
}

/** Once all inputs are read: the values, or the problems if there are any. */
export function checked<T>({ problems, warnings, notes, unknown }: Inputs, values: T): Checked<T> {
  return problems.length > 0 ? { problems, unknown } : { values, warnings, notes }
}

/** Adds a problem: the input's name, its value, and what was expected. */
export function wrong({ env, problems }: Inputs, name: string, expected: string): void {
  problems.push(problemWith(name, inputText(env, name), expected))
}

/** A text as it was fitted, with a note of what was changed. */
export function noted({ notes }: Inputs, fitted: Fitted): string {
  notes.push(...fitted.notes)
  return fitted.text
}

export function problemWith(name: string, value: string, expected: string): string {
  const shown = name.endsWith('_url') ? withoutPassword(value) : value
  return `Input \`${name}\` is ${value === '' ? 'empty' : quote(shown)}: expected ${expected}.`
}

/**
 * The text of an input that must not be empty: an expression that came to nothing must not stand
 * for the default, or a status would go to the wrong commit, and a gate would be green.
 * @param fallback what stands for the default in an expression, such as `'event'`
 */
export function strictText(
  inputs: Inputs,
  name: string,
  fallback: string,
  expected: string,
): string {
  const value = inputText(inputs.env, name)
  if (value === '') {
    inputs.unknown.push(name)
    const fix = `write \`\${{ … || ${fallback} }}\` if you want the default, otherwise check the expression`
    wrong(inputs, name, `${expected}; ${fix}`)
  }
  return value
}

/** Every line is compared with every name. */
const MOST_LINES = 500

export function lines(inputs: Inputs, name: string): string[] {
  const all = linesOf(inputText(inputs.env, name))
  if (all.length > MOST_LINES)
    wrong(inputs, name, `at most ${MOST_LINES} lines; \`*\` matches any text`)
  return all.slice(0, MOST_LINES)
}

/** @param unset the value if the input is empty */
export function flag(inputs: Inputs, name: string, unset: boolean): boolean {
  const value = inputText(inputs.env, name).toLowerCase()
  if (!['', 'true', 'false'].includes(value)) wrong(inputs, name, '`true` or `false`')
  return value === '' ? unset : value === 'true'
}

/** A decimal number, not negative. @param unset the value if the input is empty */
export function number(
  inputs: Inputs,
  name: string,
  unset: number,
  expected: string,
  isRight: (value: number) => boolean,
): number {
  const value = inputText(inputs.env, name)
  if (value === '') return unset
  const parsed = /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN
  if (!isRight(parsed)) wrong(inputs, name, expected)
  return parsed
}

/** One of the API's states. @param unset the value if the input is empty or wrong */
export function state(inputs: Inputs, name: string, unset: State): State {
  const value = inputText(inputs.env, name).toLowerCase()
  const found = STATES.find((candidate) => candidate === value)
  if (found === undefined && value !== '')
    wrong(inputs, name, `one of ${STATES.join(', ')}${nearWord(value, STATES)}`)
  return found ?? unset
}

/** The value of an input that holds JSON: null if it is empty, undefined if it is wrong. */
export function json(inputs: Inputs, name: string, expected = 'JSON'): unknown {
  const parsed = parseJson(inputText(inputs.env, name) || 'null')
  if ('value' in parsed) return parsed.value
  wrong(inputs, name, `${expected}; the parser says ${quote(parsed.reason, 200)}`)
  return undefined
}
