import { type Fitted, fitContext } from './text.ts'

/** What a derived context is made of: GITHUB_WORKFLOW, GITHUB_JOB and the `matrix` context. */
export type JobIdentity = { workflow: string; job: string; matrix: unknown }

/**
 * The contexts to publish under: the lines of `input`, repeated names (compared without case, as GitHub does) once,
 * or else one name derived from the job. A text is empty where nothing is left of what was given.
 */
export function contextsOf(input: string, identity: JobIdentity): Fitted[] {
  const lines = linesOf(input)
  const fitted = (lines.length > 0 ? lines : [derived(identity)]).map(fitContext)
  const names = fitted.map(({ text }) => text.toLowerCase())
  return fitted.filter(({ text }, index) => names.indexOf(text.toLowerCase()) === index)
}

/** The lines of an input that hold something, without the white space around them. */
export function linesOf(input: string): string[] {
  return input
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function derived({ workflow, job, matrix }: JobIdentity): string {
  const name = [workflow, job].filter((part) => fitContext(part).text !== '').join(' / ')
  const values = leaves(matrix).map(distinct)
  return values.length > 0 ? `${name} (${values.join(', ')})` : name
}

function leaves(value: unknown): string[] {
  if (value === null || value === undefined || value === '') return []
  return typeof value === 'object' ? Object.values(value).flatMap(leaves) : [String(value)]
}

/** A 4-byte character as its code point: left out, it would give two legs of a matrix one name. */
function distinct(value: string): string {
  return value.replace(
    /[\u{10000}-\u{10ffff}]/gu,
    (c) => `U+${c.codePointAt(0)?.toString(16).toUpperCase()}`,
  )
}
