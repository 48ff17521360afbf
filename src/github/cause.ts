/**
 * Why a request failed. What passes is tried again. `odd`: a write was answered as if it had been
 * carried out, but not by a status that was stored.
 */
type Cause =
  | 'unreachable'
  | 'server'
  | 'odd'
  | 'limit'
  | 'certificate'
  | 'credentials'
  | 'permission'
  | 'missing'
  | 'refused'
  | 'unexpected'

/** What is tried again, as long as `budgets.ts` allows. */
const PASSING: readonly Cause[] = ['unreachable', 'server', 'odd', 'limit']

/** What went wrong with one request, without the token. */
export type RequestError = {
  cause: Cause
  /** The HTTP status, or undefined if no complete answer came. */
  status: number | undefined
  /** Node's error code if no answer came, such as ECONNREFUSED. */
  code: string
  /** The error's own message, or the answer's `message`. */
  message: string
  reasons: string
  /** What was asked, such as `GET /repos/owner/name/pulls/7`. */
  call: string
  headers: Headers
}

export type RawError = Omit<RequestError, 'cause'>

/** Header names are in lower case. */
export type Headers = Readonly<Record<string, string | number | undefined>>

/** A header's value without white space around it, empty if it is missing. */
export function headerOf({ headers }: Pick<RequestError, 'headers'>, name: string): string {
  return String(headers[name] ?? '').trim()
}

/** A request that was given up: why, and one or two sentences that name the fix. */
export type Failure = {
  cause: Cause
  message: string
  /** The anchor of the entry in docs/troubleshooting.md, empty if there is none. */
  topic: string
  /** What it was judged by; absent if no request was made. */
  error?: RequestError
}

/** Whether trying again later, with nothing changed, cannot help. */
export function isLasting(cause: Cause): boolean {
  return !PASSING.includes(cause)
}

/** Whether every other write would fail too. */
export function isHopeless(cause: Cause): boolean {
  return cause === 'limit' || (isLasting(cause) && cause !== 'refused')
}

/** Whether a request may have been carried out although it failed, since its answer was lost. */
export function mayBeStored({ cause }: Failure): boolean {
  return ['unreachable', 'server', 'odd', 'unexpected'].includes(cause)
}

export const SECONDARY_LIMIT = /secondary rate limit|abuse detection/i
export const SINGLE_SIGN_ON = /SAML/
export const ARCHIVED = /archived/i
export const NO_COMMIT = /no commit found|object does not exist/i
const DENIED = /resource not accessible by|required scope|should have a permission/i
const CERTIFICATE = /CERT|UNABLE_TO_(GET|VERIFY)|HOSTNAME_MISMATCH/
const PROXY_REFUSED = /tunneling socket.{0,500}statusCode=4\d\d/

/** Judges an error, once: whether to retry and what to say and do follow from its cause. */
export function judged(error: RawError): RequestError {
  return { ...error, cause: causeOf(error) }
}

function causeOf(error: RawError): Cause {
  const { status, message, reasons, call } = error
  if (status === undefined) return causeOfSilence(error)
  if (isLimit(error)) return 'limit'
  if (NO_COMMIT.test(`${message} ${reasons}`)) return 'refused'
  if (isWrite(call) && status >= 200 && status < 300) return 'odd'
  return causeOfStatus(status, message)
}

const isWrite = (call: string) => call.startsWith('POST ')

/** Whether a server that lags may refuse only because the commit or the token is new to it. */
export function mayLag({ status, message, reasons, call }: RequestError): boolean {
  return status === 401 || (isWrite(call) && NO_COMMIT.test(`${message} ${reasons}`))
}

function causeOfSilence({ code, message }: RawError): Cause {
  if (CERTIFICATE.test(code)) return 'certificate'
  if (code === 'ERR_INVALID_CHAR' || PROXY_REFUSED.test(message)) return 'credentials'
  return code === '' || code === 'ERR_INVALID_URL' ? 'unexpected' : 'unreachable'
}

function causeOfStatus(status: number, message: string): Cause {
  if (status === 408 || (status >= 500 && status < 600)) return 'server'
  if (status === 401) return 'credentials'
  if (status === 403) return DENIED.test(message) ? 'permission' : 'refused'
  if (status === 404 || status === 410) return 'missing'
  return status >= 400 ? 'refused' : 'unexpected'
}

/**
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
function isLimit(error: RawError): boolean {
  const { status, message } = error
  if (status === 429) return true
  const isRefusal = [DENIED, SINGLE_SIGN_ON, ARCHIVED].some((refusal) => refusal.test(message))
  if (status !== 403 || isRefusal) return false

  const isUsedUp = headerOf(error, 'x-ratelimit-remaining') === '0'
  const isMarked = headerOf(error, 'retry-after') !== '' || isUsedUp
  return isMarked || /rate limit|abuse detection/i.test(message)
}
