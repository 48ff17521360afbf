import { INPUTS } from './inputs.ts'
import { ORDER } from './order.ts'
import { REQUESTS } from './requests.ts'
import { TRUST } from './trust.ts'

/**
 * Something broken on purpose: a text that is once in a file of src, and what stands there instead. Chaos sees it, unless a
 * test is named: what chaos does not play, such as other inputs, true certificates and pages of a gate.
 */
export type Break = { what: string; file: string; from: string; to: string; test: Test | undefined }

/** A file of tests, and a part of the name of some in it, all of which hold unless it is broken. */
export type Test = { file: string; name: string }

/**
 * Each is a few lines, with an empty one between two: what is broken, the file, `-` and the text, `+` and what stands there
 * instead, and the test, if it is one that sees it.
 */
export const BREAKS: readonly Break[] = [ORDER, INPUTS, REQUESTS, TRUST]
  .flatMap((text) => text.trim().split(/\n\n+/))
  .map(parseBreak)

function parseBreak(text: string): Break {
  const [what = '', file = '', from = '', to = '', test] = text.split('\n')
  const isRight = from.startsWith('- ') && to.startsWith('+')
  if (!isRight) throw new Error(`Not a break: ${text}`)
  return { what, file: file.trim(), from: from.slice(2), to: to.slice(2), test: parseTest(test) }
}

function parseTest(text: string | undefined): Test | undefined {
  const [, file, name] = /^ +(\S+): (.+)$/.exec(text ?? '') ?? []
  return file === undefined || name === undefined
    ? undefined
    : { file: `__tests__/${file}.test.ts`, name }
}
