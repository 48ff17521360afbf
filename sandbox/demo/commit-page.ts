import type { StatusRecord } from '../api/bodies.ts'
import type { Recorded } from '../api/server.ts'

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 }

export type Paint = (style: keyof typeof CODES, text: string) => string

/** Colours where a person looks on, plain text elsewhere. https://no-color.org */
export function painter(stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv): Paint {
  const plain = !stream.isTTY || Boolean(env.NO_COLOR)
  return (style, text) => (plain ? text : `\u001b[${CODES[style]}m${text}\u001b[0m`)
}

const LOOKS: Record<string, { mark: string; word: string; colour: keyof typeof CODES }> = {
  pending: { mark: '●', word: 'Pending', colour: 'yellow' },
  success: { mark: '✓', word: 'Success', colour: 'green' },
  failure: { mark: '✗', word: 'Failure', colour: 'red' },
  error: { mark: '!', word: 'Error', colour: 'red' },
}

/** What the page of a commit shows of its statuses, a line for each and one for its link. */
export function commitPage(statuses: readonly StatusRecord[], paint: Paint): string[] {
  if (statuses.length === 0) return [paint('dim', '(no status)')]
  const width = Math.max(...statuses.map(({ context }) => context.length))
  return statuses.flatMap(({ state, context, description, target_url }) => {
    const look = LOOKS[state] ?? { mark: '?', word: state, colour: 'dim' }
    const name = paint('bold', context) + ' '.repeat(width - context.length)
    return [
      `${paint(look.colour, `${look.mark} ${look.word}`)}  ${name}  ${description ?? ''}`,
      `           ${paint('dim', target_url ?? '(no link)')}`,
    ]
  })
}

/** A request and what it was answered, on one line. */
export function requestLine({ method, path, query, status }: Recorded, paint: Paint): string {
  const search = new URLSearchParams(query).toString()
  const answer = status === null ? 'no answer' : String(status)
  const colour = status !== null && status < 400 ? 'green' : 'red'
  return `${method.padEnd(4)} ${path}${search && `?${search}`}  ${paint(colour, answer)}`
}
