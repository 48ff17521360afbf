import { duration } from './description.js'
import { quote } from './text.js'

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

/** What was asked for, in words that fit after "Could not", and what it takes. */
export type Request = {
  doing: string
  repository: string
  apiUrl: string
  permission: string
  /** The SHA, branch or tag that is read, where it is a reading. */
  ref?: string
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
 * Milliseconds to wait before the next attempt, or undefined where another attempt is of no use.
 * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#handle-rate-limit-errors-appropriately
 * @param attempt how many attempts were made before this one
 * @param now milliseconds since 1970 @param random from 0 to 1
 */
export function waitBefore(trouble: Trouble, attempt: number, now: number, random: number): number | undefined {
  if (!['unreachable', 'server', 'limit'].includes(causeOf(trouble))) return undefined
  const asked = limitWait(trouble, now)
  if (asked !== undefined) return asked + random * BACKOFF
  return Math.min(BACKOFF * 2 ** attempt, LONGEST_BACKOFF) * (0.5 + random / 2)
}

/** Milliseconds that the server asks to wait: `retry-after`, the end of a used-up limit, or GitHub's rule without both. */
function limitWait({ status, headers, message }: Trouble, now: number): number | undefined {
  if (status === undefined) return undefined
  const after = String(headers['retry-after'] ?? '').trim()
  if (/^\d+$/.test(after)) return Number(after) * 1000
  const clock = Date.parse(String(headers.date ?? '')) || now
  if (!Number.isNaN(Date.parse(after))) return Math.max(Date.parse(after) - clock, 0)
  if (String(headers['x-ratelimit-remaining']) === '0') {
    return Math.max(Number(headers['x-ratelimit-reset'] ?? 0) * 1000 - clock, 0) + 1_000
  }
  return /secondary rate limit|abuse detection/i.test(message) ? SECONDARY_LIMIT_WAIT : undefined
}

function isLimit({ status, headers, message }: Trouble): boolean {
  if (status === 429) return true
  if (status !== 403) return false
  const marked = headers['retry-after'] !== undefined || String(headers['x-ratelimit-remaining']) === '0'
  return marked || /rate limit|abuse detection/i.test(message)
}

const CERTIFICATE = /CERT|UNABLE_TO_(GET|VERIFY)|ERR_TLS_CERT/
const PROXY_REFUSED = /tunneling socket.*statusCode=4\d\d/
const NO_COMMIT = /no commit found|object does not exist/i

function causeOf(trouble: Trouble): Cause {
  const { status, code, message, reasons } = trouble
  if (status === undefined) {
    if (CERTIFICATE.test(code)) return 'certificate'
    return PROXY_REFUSED.test(message) ? 'credentials' : 'unreachable'
  }
  if (isLimit(trouble)) return 'limit'
  if (NO_COMMIT.test(`${message} ${reasons}`)) return 'refused'
  if (status === 408 || status >= 500) return 'server'
  if (status === 401) return 'credentials'
  if (status === 403) return /resource not accessible by/i.test(message) ? 'permission' : 'refused'
  if (status === 404 || status === 410) return 'missing'
  return status >= 400 ? 'refused' : 'unexpected'
}

/** Says what a request met and what helps. @param now milliseconds since 1970, for when a limit ends */
export function explain(trouble: Trouble, request: Request, now: number): Failure {
  const cause = causeOf(trouble)
  return { cause, message: `Could not ${request.doing}: ${sentence(cause, trouble, request, now)}` }
}

function sentence(cause: Cause, trouble: Trouble, { repository, apiUrl, permission }: Request, now: number): string {
  const { status, code, message, reasons, headers } = trouble
  const host = URL.canParse(apiUrl) ? new URL(apiUrl).host : apiUrl
  const said = [message, reasons]
    .filter((part) => part !== '')
    .map((part) => quote(part, 300))
    .join(', ')
  const answered = `${host} answered ${status}${said === '' ? '' : ` ${said}`}`
  const proxied = /tunneling socket/.test(message)
  switch (cause) {
    case 'certificate':
      return `the certificate of ${host} is not trusted (${code}). Set NODE_EXTRA_CA_CERTS in the runner's environment to a file with the certificate of the authority that signed it.`
    case 'unreachable':
      if (proxied)
        return `the proxy did not connect to ${host} (${quote(message)}). Check \`https_proxy\`, or name the host in \`no_proxy\`.`
      return `${host} gave no whole answer (${code === '' ? '' : `${code}, `}${quote(message)}). Check \`api_url\`, the network, and the proxy if there is one.`
    case 'limit': {
      const wait = limitWait(trouble, now)
      const until =
        wait === undefined
          ? 'for now'
          : `until ${time(now + wait)} (${duration(wait)} from now), longer than this stage may wait`
      return `the rate limit of the token is used up ${until}. ${answered}. Run fewer statuses an hour (one roll-up of \`needs\` in place of one a job), or give another \`token\`.`
    }
    case 'server':
      return `${answered}, and it stayed so as long as this stage may try. Run the job again later.`
    case 'credentials':
      if (proxied)
        return `the proxy refused to connect to ${host} (${quote(message)}). Check the name and password in \`https_proxy\`.`
      return `the token is not valid: ${answered}. Check \`token\`: it may have expired, been revoked, or belong to another server.`
    case 'permission':
      if (/personal access token/i.test(message))
        return `the token lacks a permission: ${answered}. Give it "${permission}" for ${repository}.`
      return `the token lacks a permission: ${answered}. Add \`permissions: ${permission}\` to the job; once a job has \`permissions:\`, all that is not listed there is none.`
    case 'missing':
      return `${repository} was not found: ${answered}. Check \`repository\`, that \`token\` may see it (the default token sees its own repository only), and \`api_url\` (on GitHub Enterprise Server it ends in /api/v3).`
    case 'refused':
      return refusal(trouble, answered, repository)
    case 'unexpected':
      if (headers.location !== undefined)
        return `${answered} and redirects to ${quote(String(headers.location))}, which is not followed: a write would be lost, or the token would go to another host. Check \`api_url\` and \`repository\`.`
      return `${answered}, which is not the answer of a statuses API. Check \`api_url\`, and any proxy between.`
  }
}

function refusal({ message, reasons, headers }: Trouble, answered: string, repository: string): string {
  const text = `${message} ${reasons}`
  if (NO_COMMIT.test(text)) {
    return `the commit is not in ${repository}: ${answered}. Check \`sha\` and \`repository\`; a commit must be pushed before it can have a status.`
  }
  if (/maximum number of statuses/i.test(text)) {
    return `this commit has 1,000 statuses of this context, the most that GitHub keeps: ${answered}. Use another \`context\`, or push a new commit.`
  }
  if (headers['x-github-sso'] !== undefined || /SAML/.test(text)) {
    return `the organization asks for single sign-on: ${answered}. Authorize \`token\` for the organization in its settings.`
  }
  if (/archived/i.test(text)) return `${repository} is archived and read-only: ${answered}. Unarchive it first.`
  return `${answered}.`
}

/** `2026-11-21 10:00:00 UTC` */
export function time(milliseconds: number): string {
  const date = new Date(milliseconds)
  return Number.isNaN(date.getTime())
    ? 'a time out of range'
    : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
