import type { Platform } from './platform.ts'
import { type Fitted, fitContext } from './text.ts'

/**
 * What a derived context is made of: the workflow's name, the job's id and the `matrix` context.
 */
type JobIdentity = { workflow: string; job: string; matrix: unknown }

/** Whether two contexts are the same status. GitHub ignores case; Gitea and Forgejo do not. */
export function isSameName(one: string, other: string, platform: Platform): boolean {
  return nameKey(one, platform) === nameKey(other, platform)
}

/** A key under which the same contexts meet, see {@link isSameName}. */
export function nameKey(name: string, platform: Platform): string {
  return platform.ignoresCase ? name.toLowerCase() : name
}

/**
 * The contexts to publish under: the lines of `input`, repeated names once, or one name derived
 * from the job. A text is empty if nothing acceptable is left of what was given.
 */
export function contextsOf(input: string, identity: JobIdentity, platform: Platform): Fitted[] {
  const lines = linesOf(input)
  const fitted = (lines.length > 0 ? lines : [derivedName(identity)]).map(fitContext)
  const byName = new Map<string, Fitted>()
  for (const one of fitted) {
    const key = nameKey(one.text, platform)
    if (!byName.has(key)) byName.set(key, one)
  }
  return [...byName.values()]
}

/** The lines of an input that are not blank, without the white space around them. */
export function linesOf(input: string): string[] {
  return input
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** `<workflow> / <job id>`, in a matrix `<workflow> / <job id> (<values>)`. */
export function derivedName({ workflow, job, matrix }: JobIdentity): string {
  const name = [workflow, job].filter((part) => fitContext(part).text !== '').join(' / ')
  const values = matrixValues(matrix)
  return values.length > 0 ? `${name} (${values.join(', ')})` : name
}

/** The leaf values of the `matrix` context in order, empty ones left out. */
export function matrixValues(matrix: unknown): string[] {
  return leaves(matrix).map(withCodePoints)
}

function leaves(value: unknown): string[] {
  if (value === null || value === undefined || value === '') return []
  return typeof value === 'object' ? Object.values(value).flatMap(leaves) : [String(value)]
}

/**
 * 4-byte characters as their code points: removed, they could give two legs of a matrix one name.
 */
function withCodePoints(value: string): string {
  return value.replace(
    /[\u{10000}-\u{10ffff}]/gu,
    (character) => `U+${character.codePointAt(0)?.toString(16).toUpperCase()}`,
  )
}
