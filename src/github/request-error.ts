import { at, isRecord } from '../status/json.ts'

/** What went wrong with one request. */
export type RequestError = {
  /** The HTTP status, or undefined if no complete answer came. */
  status: number | undefined
  /** Node's error code if no answer came, such as ECONNREFUSED. */
  code: string
  /** The error's own message, or the answer's `message`. */
  message: string
  /** The answer's `errors`, in words. */
  reasons: string
  /** What was asked, such as `GET /repos/owner/name/pulls/7`; empty if it was answered. */
  call: string
  headers: Headers
}

/** Header names are in lower case. */
export type Headers = Readonly<Record<string, string | number | undefined>>

/** A header's value without white space around it, empty if it is missing. */
export function headerOf({ headers }: Pick<RequestError, 'headers'>, name: string): string {
  return String(headers[name] ?? '').trim()
}

/** An HTTP answer that was not the one hoped for. */
export function errorOfAnswer(answer: {
  status: number
  headers: object
  data: unknown
}): RequestError {
  const { message, errors } = isRecord(answer.data)
    ? answer.data
    : { message: answer.data, errors: undefined }
  return {
    status: answer.status,
    code: '',
    message: wordsOf(message),
    reasons: wordsOf(errors),
    call: '',
    headers: { ...answer.headers },
  }
}

/** Whatever Octokit threw. */
export function errorOf(thrown: unknown): RequestError {
  const error = isRecord(thrown) ? thrown : { message: String(thrown) }
  const { response, cause, message } = error as Readonly<Record<string, unknown>>
  const call = callOf(error)
  if (isRecord(response)) {
    const { status, headers, data } = response
    const answer = { status: Number(status), headers: isRecord(headers) ? headers : {}, data }
    return { ...errorOfAnswer(answer), call }
  }
  const origin = isRecord(cause) ? cause : error
  const code = 'code' in origin && typeof origin.code === 'string' ? origin.code : ''
  return {
    status: undefined,
    code,
    message: String(message || code),
    reasons: '',
    call,
    headers: {},
  }
}

function callOf(error: object): string {
  const [method, url] = [at(error, 'request.method'), at(error, 'request.url')]
  const path = typeof url === 'string' && URL.canParse(url) ? new URL(url).pathname : ''
  return path === '' ? '' : `${method} ${path}`
}

/** The same error without the token, which a server may repeat. */
export function conceal(error: RequestError, token: string): RequestError {
  if (token === '') return error
  const hide = (text: string) => text.replaceAll(token, '***')
  const location = headerOf(error, 'location')
  return {
    ...error,
    message: hide(error.message),
    reasons: hide(error.reasons),
    headers: location === '' ? error.headers : { ...error.headers, location: hide(location) },
  }
}

/**
 * What an error's body says. GitHub's `errors` is a string since 2026; before, and on GHES, an
 * array of objects. Proxies answer a web page, of which the title is taken.
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
