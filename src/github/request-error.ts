import { at, isRecord, type JsonRecord, textOf } from '../status/json.ts'
import { judged, type RawError, type RequestError } from './cause.ts'

type Answered = { status: number; headers: object; data: unknown }

/** An HTTP answer that was not the one hoped for. */
export function errorOfAnswer(answer: Answered & { url: string }, method: string): RequestError {
  return judged(rawOf(answer, callTo(method, answer.url)))
}

export function errorOf(thrown: unknown): RequestError {
  return judged(rawOfThrown(thrown))
}

function rawOf({ status, headers, data }: Answered, call: string): RawError {
  const { message, errors } = isRecord(data) ? data : { message: data, errors: undefined }
  return {
    status,
    code: '',
    message: wordsOf(message),
    reasons: wordsOf(errors),
    call,
    headers: { ...headers },
  }
}

function rawOfThrown(thrown: unknown): RawError {
  const error = isRecord(thrown) ? thrown : { message: String(thrown) }
  const { response, cause, message } = error as JsonRecord
  const call = callTo(at(error, 'request.method'), at(error, 'request.url'))
  if (isRecord(response)) {
    const { status, headers, data } = response
    return rawOf({ status: Number(status), headers: isRecord(headers) ? headers : {}, data }, call)
  }
  const origin = isRecord(cause) ? cause : error
  const code = textOf((origin as JsonRecord).code)
  return {
    status: undefined,
    code,
    message: String(message || code),
    reasons: '',
    call,
    headers: {},
  }
}

function callTo(method: unknown, url: unknown): string {
  const path = typeof url === 'string' && URL.canParse(url) ? new URL(url).pathname : ''
  return path === '' ? '' : `${method} ${path}`
}

/**
 * What an error's body says. GitHub's `errors` is a string since 2026; before, and on GHES, an
 * array of objects. Proxies answer with a web page: its title is used.
 */
function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value.trimStart().startsWith('<') ? titleOf(value) : value
  if (Array.isArray(value)) return value.map(wordsOf).filter(Boolean).join(', ')
  if (!isRecord(value)) return ''
  const fields = [value.resource, value.field, value.code]
  return wordsOf(value.message) || fields.map(wordsOf).join(' ').trim()
}

function titleOf(page: string): string {
  return /<title>([^<]{0,300})/i.exec(page)?.[1] ?? ''
}
