/** What went wrong with one request. */
export type Trouble = {
  /** The HTTP status, or undefined where no whole answer came. */
  status: number | undefined
  /** Node's error code where no answer came, such as ECONNREFUSED. */
  code: string
  /** The error's own message, or the answer's `message`. */
  message: string
  /** The answer's `errors`, in words. */
  reasons: string
  headers: Readonly<Record<string, string | number | undefined>>
}

export type Cause =
  | 'unreachable'
  | 'server'
  | 'limit'
  | 'certificate'
  | 'credentials'
  | 'permission'
  | 'missing'
  | 'refused'
  | 'unexpected'

/** A request that is given up: why, and one sentence or two that name the fix. */
export type Failure = { cause: Cause; message: string }

const BACKOFF = 1_000
const LONGEST_BACKOFF = 30_000
const SECONDARY_LIMIT_WAIT = 60_000

/** Whether trying again later, without a change, cannot help. */
export function isLasting(cause: Cause): boolean {
  return !['unreachable', 'server', 'limit'].includes(cause)
}

/**
 * Milliseconds to wait before the next attempt, or undefined where another attempt is of no use. A quarter of what is
 * asked for is left to chance: the legs of a matrix are all told the same, and must not all come back at once.
 * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#handle-rate-limit-errors-appropriately
 * @param attempt how many attempts were made before this one
 * @param now milliseconds since 1970 @param random from 0 to 1
 */
export function waitBefore(
  trouble: Trouble,
  attempt: number,
  now: number,
  random: number,
): number | undefined {
  if (isLasting(causeOf(trouble))) return undefined
  const backoff = Math.min(BACKOFF * 2 ** attempt, LONGEST_BACKOFF) * (0.5 + random / 2)
  const asked = askedWait(trouble, now)
  return asked === undefined
    ? backoff
    : Math.max(asked + random * Math.max(asked / 4, BACKOFF), backoff)
}

/** Milliseconds that the server asks to wait: `retry-after`, the end of a used-up limit, or GitHub's rule without both. */
export function askedWait(trouble: Trouble, now: number): number | undefined {
  const after = header(trouble, 'retry-after')
  if (/^\d+$/.test(after)) return Math.min(Number(after), LONGEST_ASKED) * 1000
  const clock = clockOf(trouble, now)
  if (/^[a-z]{3}.*\d/i.test(after) && Date.parse(after))
    return Math.max(Date.parse(after) - clock, 0)
  if (!isLimit(trouble)) return undefined
  const reset = header(trouble, 'x-ratelimit-reset')
  if (header(trouble, 'x-ratelimit-remaining') === '0' && /^\d{1,11}$/.test(reset)) {
    return Math.max(Number(reset) * 1000 - clock, 0) + 1_000
  }
  return SECONDARY_LIMIT.test(trouble.message) ? SECONDARY_LIMIT_WAIT : undefined
}

/** In seconds: ten years, which is as good as for ever, and still has a date. */
const LONGEST_ASKED = 315_360_000

/** The server's clock, by which it counts. */
export function clockOf(trouble: Trouble, now: number): number {
  return Date.parse(header(trouble, 'date')) || now
}

export function header({ headers }: Trouble, name: string): string {
  return String(headers[name] ?? '').trim()
}

export const SECONDARY_LIMIT = /secondary rate limit|abuse detection/i
const DENIED = /resource not accessible by|required scope|should have a permission/i
export const SINGLE_SIGN_ON = /SAML/
export const ARCHIVED = /archived/i
export const NO_COMMIT = /no commit found|object does not exist/i
const CERTIFICATE = /CERT|UNABLE_TO_(GET|VERIFY)|HOSTNAME_MISMATCH/
export const PROXIED = /tunneling socket/
const PROXY_REFUSED = /tunneling socket.*statusCode=4\d\d/

function isLimit(trouble: Trouble): boolean {
  const { status, message } = trouble
  if (status === 429) return true
  if (status !== 403 || [DENIED, SINGLE_SIGN_ON, ARCHIVED].some((refusal) => refusal.test(message)))
    return false
  const marked =
    header(trouble, 'retry-after') !== '' || header(trouble, 'x-ratelimit-remaining') === '0'
  return marked || /rate limit|abuse detection/i.test(message)
}

export function causeOf(trouble: Trouble): Cause {
  const { status, code, message, reasons } = trouble
  if (status === undefined) {
    if (CERTIFICATE.test(code)) return 'certificate'
    if (code === 'ERR_INVALID_CHAR' || PROXY_REFUSED.test(message)) return 'credentials'
    return code === '' || code === 'ERR_INVALID_URL' ? 'unexpected' : 'unreachable'
  }
  if (isLimit(trouble)) return 'limit'
  if (NO_COMMIT.test(`${message} ${reasons}`)) return 'refused'
  if (status === 408 || (status >= 500 && status < 600)) return 'server'
  if (status === 401) return 'credentials'
  if (status === 403) return DENIED.test(message) ? 'permission' : 'refused'
  if (status === 404 || status === 410) return 'missing'
  return status >= 400 ? 'refused' : 'unexpected'
}
