/** An object or array of JSON; nothing in it is trusted. */
export type JsonRecord = Readonly<Record<string, unknown>>

/** Whether a value of JSON is an object or an array: something with fields to look for. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null
}

/** A text of JSON, empty if it is something else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The value at a path such as `pull_request.head.sha`, or undefined. */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, key) => {
    return isRecord(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined
  }, value)
}

/** The paths, as in an expression, of the values to look for, so many levels below `path`. */
export function pathsTo(
  isAsked: (value: unknown) => boolean,
  value: unknown,
  path: string,
  levels: number,
): string[] {
  if (!isRecord(value)) return isAsked(value) ? [path] : []
  if (levels === 0) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    pathsTo(isAsked, inner, `${path}${keyOf(key)}`, levels - 1),
  )
}

function keyOf(key: string): string {
  if (/^\d+$/.test(key)) return `[${key}]`
  return /^[A-Za-z_][\w-]*$/.test(key) ? `.${key}` : `['${key.replaceAll("'", "''")}']`
}

/** Levels of JSON: deeper ones than any workflow has would overflow the stack. */
const DEEPEST = 50

/** What a text of JSON holds, or why it cannot be read. */
export function parseJson(text: string): { value: unknown } | { reason: string } {
  try {
    const value: unknown = JSON.parse(text)
    return isDeeper(value, DEEPEST) ? { reason: `more than ${DEEPEST} levels` } : { value }
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) }
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (!isRecord(value)) return false
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1))
}
