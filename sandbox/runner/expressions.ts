import { data, Evaluator, Lexer, Parser } from '@actions/expressions'

/** `'…}}…'` inside an expression does not end it. */
const expression = /\$\{\{((?:'(?:[^']|'')*'|(?!\}\})[^'])*)\}\}/g

const hashFiles = {
  name: 'hashFiles',
  minArgs: 1,
  maxArgs: 255,
  call: () => new data.StringData(''),
}

const toData = (value: unknown): data.ExpressionData =>
  JSON.parse(JSON.stringify(value ?? null), data.reviver)

/**
 * Evaluates one expression, without its `${{ }}`. A name that is not among the contexts is an error, as in the runner;
 * a property that does not exist is null.
 * https://docs.github.com/actions/reference/workflows-and-actions/expressions
 */
export function evaluate(source: string, contexts: Record<string, unknown>): data.ExpressionData {
  const names = Object.keys(contexts)
  const tree = new Parser(new Lexer(source).lex().tokens, names, [hashFiles]).parse()
  const values = new data.Dictionary(...names.map((key) => ({ key, value: toData(contexts[key]) })))
  return new Evaluator(tree, values, new Map([['hashfiles', hashFiles]])).evaluate()
}

function toText(value: data.ExpressionData): string {
  if (!value.primitive) throw new Error('A mapping or sequence was not expected')
  return value.coerceString()
}

/** A text with any number of `${{ }}` in it, as the runner makes a string of it. */
export const interpolate = (text: string, contexts: Record<string, unknown>): string =>
  text.replace(expression, (_, source: string) => toText(evaluate(source, contexts)))
