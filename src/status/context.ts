import type { Platform } from './platform.ts'
import { acceptableName, type Fitted, fitContext, publishedName } from './text.ts'

/** What names of a job are made of: the workflow's name, the job's id and the `matrix` context. */
type JobIdentity = { workflow: string; job: string; matrix: unknown }

/** Whether two names are one status: each is as people write it, or as a server lists it. */
export function isSameName(one: string, other: string, platform: Platform): boolean {
  return nameKey(one, platform) === nameKey(other, platform)
}

/** A key that is equal for names that are one status, see {@link isSameName}. */
export function nameKey(name: string, platform: Platform): string {
  return withoutCase(publishedName(name), platform)
}

/** GitHub ignores case; Gitea and Forgejo do not. */
function withoutCase(name: string, platform: Platform): string {
  return platform.ignoresCase ? name.toLowerCase() : name
}

/** Whether a name matches a line: the same name, or a glob in which `*` is any text. */
export function matches(line: string, name: string, platform: Platform): boolean {
  if (isSameName(line, name, platform)) return true
  const [first = '', ...rest] = withoutCase(acceptableName(line), platform).split('*')
  const last = rest.pop()
  if (last === undefined) return false
  const text = withoutCase(acceptableName(name), platform)
  if (!text.startsWith(first)) return false

  let from = first.length
  for (const part of rest) {
    const found = text.indexOf(part, from)
    if (found < 0) return false
    from = found + part.length
  }
  return text.length - last.length >= from && text.endsWith(last)
}

/** Names as they are published, repeated ones once. A text is empty if nothing is left of it. */
export function namesOf(lines: readonly string[], platform: Platform): Fitted[] {
  const byName = new Map<string, Fitted>()
  for (const one of lines.map(fitContext)) {
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

/**
 * The name that a status has by default: `<workflow> / <job id>`, in a matrix
 * `<workflow> / <job id> (<values>)`. An empty value that others follow is written `''`, so that
 * two legs never share a name.
 */
export function derivedName({ workflow, job, matrix }: JobIdentity): string {
  const values = leaves(matrix).map(acceptableName)
  while (values.at(-1) === '') values.pop()
  return nameWith(
    workflow,
    job,
    values.map((value) => value || "''"),
  )
}

/** The name that GitHub gives a job, and with it its check run. */
export function jobName({ job, matrix }: Omit<JobIdentity, 'workflow'>): string {
  return nameWith('', job, matrixValues(matrix))
}

function nameWith(workflow: string, job: string, values: readonly string[]): string {
  const name = [workflow, job].filter((part) => acceptableName(part) !== '').join(' / ')
  return values.length > 0 ? `${name} (${values.join(', ')})` : name
}

export function matrixValues(matrix: unknown): string[] {
  return leaves(matrix).filter((value) => value !== '')
}

function leaves(value: unknown): string[] {
  if (value === null || value === undefined) return ['']
  if (typeof value !== 'object') return [String(value)]
  const inner = Object.values(value).flatMap(leaves)
  return inner.length > 0 ? inner : ['']
}
