import { quote } from '../status/text.ts'
import type { Failure, RequestError } from './cause.ts'
import type { Asked } from './fixes.ts'
import { isSilent, PROBLEMS, type Row } from './problems.ts'

/**
 * Says what went wrong with a request, and what helps.
 * @param now milliseconds since 1970, for when a limit ends
 */
export function explain(error: RequestError, asked: Asked, now: number): Failure {
  const row = PROBLEMS.find(({ when }) => when(error, asked))
  const { problem, fix } = row as Row
  const host = URL.canParse(asked.apiUrl) ? new URL(asked.apiUrl).host : asked.apiUrl
  const evidence = isSilent(error) ? silenceOf(error, host) : answerOf(error, host)
  const help = typeof fix === 'string' ? fix : fix(error, asked, now)
  return {
    cause: error.cause,
    message: `Could not ${asked.doing}: ${problem} (${evidence}). ${help}`,
    topic: problem
      .toLowerCase()
      .replace(/[^a-z0-9 -]/g, '')
      .replaceAll(' ', '-'),
    error,
  }
}

function answerOf({ status, message, reasons }: RequestError, host: string): string {
  const isRepeated = reasons.toLowerCase().startsWith(message.toLowerCase())
  const parts = isRepeated ? [reasons] : [message, reasons]
  const words = parts.filter((part) => part.trim() !== '').map((part) => quote(part, 300))
  return [`${host} answered ${status}`, words.join(', ')].filter(Boolean).join(' ')
}

function silenceOf({ code, message }: RequestError, host: string): string {
  const reason = message.includes(code) ? quote(message, 300) : `${code}, ${quote(message, 300)}`
  return `${host}: ${reason}`
}
