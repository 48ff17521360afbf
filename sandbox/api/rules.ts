/** One reason for a 422, in the words of both generations of the body. */
export interface Problem {
  field?: string
  code?: string
  /** Without the attribute's name in front. */
  message: string
}

const asString = (value: unknown) => (typeof value === 'string' ? value : '')
const hasFourByteCharacter = (text: string) => /[\u{10000}-\u{10ffff}]/u.test(text)

/**
 * What of a body has the wrong type: refused before any rule is looked at.
 * https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api#invalid-request
 */
export function typeProblem(body: Record<string, unknown>): string | undefined {
  if (body.state === undefined) return 'Invalid request.\n\n"state" wasn\'t supplied.'
  const show = (value: unknown) => (value === null ? 'nil' : JSON.stringify(value))
  for (const [field, nullable] of Object.entries({
    state: false,
    target_url: true,
    description: true,
    context: false,
  })) {
    const value = body[field]
    if (value === undefined || typeof value === 'string' || (value === null && nullable)) continue
    return `Invalid request.\n\nFor 'properties/${field}', ${show(value)} is not a string.`
  }
  return undefined
}

/** Everything GitHub refuses in a well-typed body. */
export function statusProblems(sha: string, body: Record<string, unknown>): Problem[] {
  const { state, target_url, context } = body
  const description = asString(body.description)
  const name = asString(context)
  const problems: [boolean, Problem][] = [
    [!/^[0-9a-f]{40}$/i.test(sha), { field: 'sha', message: 'must be a 40 character SHA1' }],
    [
      !['error', 'failure', 'pending', 'success'].includes(asString(state)),
      { field: 'state', message: 'is not included in the list' },
    ],
    [
      typeof target_url === 'string' && !/^https?:\/\/[^\s/]/i.test(target_url),
      { field: 'target_url', message: 'must use http(s) scheme' },
    ],
    [
      [...description].length > 140,
      { field: 'description', message: 'is too long (maximum is 140 characters)' },
    ],
    [
      hasFourByteCharacter(description),
      { field: 'description', message: "doesn't accept 4-byte Unicode" },
    ],
    [context === '', { field: 'context', code: 'missing_field', message: "can't be blank" }],
    [
      [...name].length > 255,
      { field: 'context', message: 'is too long (maximum is 255 characters)' },
    ],
    [hasFourByteCharacter(name), { field: 'context', message: "doesn't accept 4-byte Unicode" }],
  ]
  return problems.filter(([broken]) => broken).map(([, problem]) => problem)
}

const humanised = (field: string) =>
  field.charAt(0).toUpperCase() + field.slice(1).replaceAll('_', ' ')

/** `errors` of a 422: a string since 2026, an array of objects before that. */
export function errorsBody(problems: Problem[], generation: 'string' | 'array') {
  if (generation === 'array') return problems.map(errorEntry)
  const texts = problems.map(({ field, message }) =>
    field ? `${humanised(field)} ${message}` : message,
  )
  return `Validation failed: ${texts.join(', ')}`
}

function errorEntry({ field, code = 'custom', message }: Problem) {
  const text = field ? `${field} ${message}` : message
  return {
    resource: 'Status',
    code,
    ...(field && { field }),
    ...(code === 'custom' && { message: text }),
  }
}

/**
 * GitHub's rule for the state of many statuses.
 * https://docs.github.com/rest/commits/statuses#get-the-combined-status-for-a-specific-reference
 */
export function combinedState(states: string[]): 'failure' | 'pending' | 'success' {
  if (states.some((state) => state === 'error' || state === 'failure')) return 'failure'
  return states.length === 0 || states.includes('pending') ? 'pending' : 'success'
}

/** Gitea's: `warning` counts as failure, `skipped` as success. */
export const giteaCombinedState = (states: string[]) =>
  combinedState(states.map((state) => ({ warning: 'failure', skipped: 'success' })[state] ?? state))
