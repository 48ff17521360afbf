import { data, Evaluator, Lexer, Parser } from '@actions/expressions'

/** `'…}}…'` inside an expression does not end it. */
const expression = /\$\{\{((?:'(?:[^']|'')*'|(?!\}\})[^'])*)\}\}/g

interface Function {
  name: string
  minArgs: number
  maxArgs: number
  call: (...values: data.ExpressionData[]) => data.ExpressionData
}

/** A number as .NET writes it, with 15 digits at most: `1E-07`, `1.23456789012346E+17`. */
function numberText(value: number): string {
  const [mantissa = '', exponent = ''] = value.toExponential(14).split('e')
  const power = Number(exponent)
  if (power > -5 && power < 15) return String(Number(value.toPrecision(15)))
  const digits = mantissa.replace(/\.?0+$/, '')
  return `${digits}E${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

/** As `data.reviver` does it, with numbers that become text as in the runner. */
function revive(key: string, value: unknown): data.ExpressionData {
  const made = data.reviver(key, value) as data.ExpressionData
  if (made instanceof data.NumberData) made.coerceString = () => numberText(made.value)
  return made
}

const toData = (value: unknown): data.ExpressionData =>
  JSON.parse(JSON.stringify(value ?? null), revive)

const { rawJSON } = JSON as typeof JSON & { rawJSON(text: string): object }

const replacer = (key: string, value: unknown): unknown =>
  value instanceof data.NumberData ? rawJSON(value.coerceString()) : data.replacer(key, value)

const toJSON: Function = {
  name: 'toJSON',
  minArgs: 1,
  maxArgs: 1,
  call: (value) => new data.StringData(JSON.stringify(value, replacer, 2)),
}

const parse = (source: string, names: readonly string[], functions: Function[]) =>
  new Parser(new Lexer(source).lex().tokens, [...names], functions).parse()

/** Throws if an expression in a text cannot be parsed, or names another context than these. */
export function parseText(text: string, names: readonly string[]): void {
  for (const [, source = ''] of text.matchAll(expression)) parse(source, names, [toJSON])
}

/**
 * Evaluates one expression, without its `${{ }}`. A name that is not among the contexts is an error, as in the runner;
 * a property that does not exist is null.
 * https://docs.github.com/actions/reference/workflows-and-actions/expressions
 */
export function evaluate(
  source: string,
  contexts: Record<string, unknown>,
  functions: Function[] = [],
): data.ExpressionData {
  const names = Object.keys(contexts)
  const known = [toJSON, ...functions]
  const tree = parse(source, names, known)
  const used = names.filter((name) => source.toLowerCase().includes(name.toLowerCase()))
  const values = new data.Dictionary(...used.map((key) => ({ key, value: toData(contexts[key]) })))
  const byName = new Map(known.map((one) => [one.name.toLowerCase(), one]))
  return new Evaluator(tree, values, byName).evaluate()
}

function toText(value: data.ExpressionData): string {
  if (!value.primitive) throw new Error('A mapping or sequence was not expected')
  return value.coerceString()
}

/** A text with any number of `${{ }}` in it, as the runner makes a string of it. */
export const interpolate = (text: string, contexts: Record<string, unknown>): string =>
  text.replace(expression, (_, source: string) => toText(evaluate(source, contexts)))

type Contexts = Record<string, unknown> & { job: { status: string } }

/**
 * Whether a step's `if` lets it run; `success()` is implied if it names no status function.
 * https://docs.github.com/actions/reference/workflows-and-actions/expressions#status-check-functions
 */
export function condition(source: string, contexts: Contexts): boolean {
  const { status } = contexts.job
  const results = {
    always: true,
    success: status === 'success',
    failure: status === 'failure',
    cancelled: status === 'cancelled',
  }
  const functions = Object.entries(results).map(([name, result]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(result),
  }))
  const bare = source.replace(/^\s*\$\{\{(.*)\}\}\s*$/s, '$1')
  const isExplicit = /\b(always|success|failure|cancelled)\s*\(/.test(bare)
  const value = evaluate(isExplicit ? bare : `success() && (${bare})`, contexts, functions)
  return !['', 'false', '0', null].includes(value.coerceString())
}
