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
  if (isLasting(causeOf(trouble))) return undefined
  const backoff = Math.min(BACKOFF * 2 ** attempt, LONGEST_BACKOFF) * (0.5 + random / 2)
  const asked = askedWait(trouble, now)
  return asked === undefined ? backoff : Math.max(asked + random * BACKOFF, backoff)
}

/** Milliseconds that the server asks to wait: `retry-after`, the end of a used-up limit, or GitHub's rule without both. */
function askedWait(trouble: Trouble, now: number): number | undefined {
  const after = header(trouble, 'retry-after')
  if (/^\d+$/.test(after)) return Math.min(Number(after), LONGEST_ASKED) * 1000
  const clock = clockOf(trouble, now)
  if (/^[a-z]{3}.*\d/i.test(after) && Date.parse(after)) return Math.max(Date.parse(after) - clock, 0)
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
function clockOf(trouble: Trouble, now: number): number {
  return Date.parse(header(trouble, 'date')) || now
}

function header({ headers }: Trouble, name: string): string {
  return String(headers[name] ?? '').trim()
}

const SECONDARY_LIMIT = /secondary rate limit|abuse detection/i
const DENIED = /resource not accessible by|required scope|should have a permission/i
const SINGLE_SIGN_ON = /SAML/
const ARCHIVED = /archived/i
const NO_COMMIT = /no commit found|object does not exist/i
const CERTIFICATE = /CERT|UNABLE_TO_(GET|VERIFY)|HOSTNAME_MISMATCH/
const PROXIED = /tunneling socket/
const PROXY_REFUSED = /tunneling socket.*statusCode=4\d\d/

function isLimit(trouble: Trouble): boolean {
  const { status, message } = trouble
  if (status === 429) return true
  if (status !== 403 || [DENIED, SINGLE_SIGN_ON, ARCHIVED].some((refusal) => refusal.test(message))) return false
  const marked = header(trouble, 'retry-after') !== '' || header(trouble, 'x-ratelimit-remaining') === '0'
  return marked || /rate limit|abuse detection/i.test(message)
}

function causeOf(trouble: Trouble): Cause {
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

/** Says what a request met and what helps. @param now milliseconds since 1970, for when a limit ends */
export function explain(trouble: Trouble, request: Request, now: number): Failure {
  const cause = causeOf(trouble)
  return { cause, message: `Could not ${request.doing}: ${sentence(cause, trouble, request, now)}` }
}

function sentence(cause: Cause, trouble: Trouble, request: Request, now: number): string {
  const { apiUrl, repository, ref } = request
  const host = URL.canParse(apiUrl) ? new URL(apiUrl).host : apiUrl
  if (trouble.status === undefined) return unanswered(cause, trouble, host)
  const answered = `${host} answered ${trouble.status}${said(trouble)}`
  const location = header(trouble, 'location')
  switch (cause) {
    case 'limit':
      return `${SECONDARY_LIMIT.test(trouble.message) ? 'statuses are written too fast' : 'the rate limit of the token is used up'}: ${answered}${whenAgain(trouble, now)}. Publish fewer statuses (one roll-up of \`needs\` in place of one a job), or give another \`token\`.`
    case 'server':
      return `${answered}${whenAgain(trouble, now) || ', and it stayed so for as long as this stage may try'}. Run the job again later.`
    case 'credentials':
      return `the token is not valid: ${answered}. Check \`token\`: it may have expired, been revoked, or belong to another server.`
    case 'permission':
      return `the token lacks a permission: ${answered}. ${permit(trouble, request)}`
    case 'missing':
      if (ref !== undefined)
        return `${repository} or this ref in it was not found: ${answered}. Check \`ref\` (a SHA, branch or tag), \`repository\`, and that \`token\` may see it.`
      return `${repository} was not found: ${answered}. Check \`repository\`, that \`token\` may see it (the default one sees its own repository only, a classic personal one needs the scope \`repo:status\`), and \`api_url\` (on GitHub Enterprise Server it ends in /api/v3).`
    case 'unexpected':
      if (location !== '')
        return `${answered} and redirects to ${quote(location, 300)}, which is not followed: a write would be lost, or the token would go to another host. Correct \`api_url\` (http or https, the host) or \`repository\`, so that no redirect is needed.`
      return `${answered}, which is not the answer of a statuses API. Check \`api_url\`, and any proxy between.`
    default:
      return refusal(trouble, answered, request)
  }
}

/** What helps where no whole answer came. */
function unanswered(cause: Cause, { code, message }: Trouble, host: string): string {
  const met = message.includes(code) ? quote(message, 300) : `${code}, ${quote(message, 300)}`
  switch (cause) {
    case 'certificate':
      if (/EXPIRED|NOT_YET_VALID/.test(code))
        return `the certificate of ${host} is out of date (${code}). Renew it on that server, or set the runner's clock right.`
      if (/ALTNAME|HOSTNAME/.test(code))
        return `the certificate of ${host} is for another name (${met}). Check the host in \`api_url\`.`
      return `the certificate of ${host} is not trusted (${code}). Set NODE_EXTRA_CA_CERTS in the runner's environment to a file with the certificate of the authority that signed it.`
    case 'credentials':
      if (!PROXIED.test(message))
        return 'the token holds a character that no token has. Check what is given for `token`, such as a line break in a secret.'
      if (message.includes('=407'))
        return `the proxy asks for a name and password (${met}). Set them in \`https_proxy\`, as http://NAME:PASSWORD@HOST:PORT.`
      return `the proxy refuses to connect to ${host} (${met}). Have it allowed there, or name the host in \`no_proxy\`.`
    case 'unexpected':
      return `the request could not be made (${met}). Check \`api_url\`, and that \`https_proxy\` is an address such as http://HOST:PORT.`
    default:
      if (PROXIED.test(message))
        return `the proxy did not connect to ${host} (${met}). Check \`https_proxy\`, or name the host in \`no_proxy\`.`
      return `${host} gave no whole answer (${met}). Check \`api_url\`, the network, and \`https_proxy\` where there is a proxy.`
  }
}

/** The server's own words, with a space before them. */
function said({ message, reasons }: Trouble): string {
  const parts = reasons.toLowerCase().startsWith(message.toLowerCase()) ? [reasons] : [message, reasons]
  const words = parts.filter((part) => part.trim() !== '').map((part) => quote(part, 300))
  return words.length > 0 ? ` ${words.join(', ')}` : ''
}

/** When another attempt would be possible, where the server says so. */
function whenAgain(trouble: Trouble, now: number): string {
  const wait = askedWait(trouble, now)
  if (wait === undefined) return ''
  const again = new Date(clockOf(trouble, now) + wait).toISOString().slice(0, 19).replace('T', ' ')
  return `, and another attempt is possible at ${again} UTC (in ${duration(wait)}), later than this stage can wait`
}

/** How the token gets what it lacks: a job's own, a personal one, one of Gitea or Forgejo. */
function permit({ message }: Trouble, { repository, permission }: Request): string {
  if (/personal access token/i.test(message)) {
    const [name = '', access] = permission.replace('statuses', 'commit statuses').split(': ')
    return `In the settings of the personal access token, give it "${name[0]?.toUpperCase()}${name.slice(1).replace('-', ' ')}: ${access}" for ${repository}.`
  }
  if (!/integration/i.test(message)) {
    return 'On Gitea and Forgejo, add `permissions: { contents: write }` to the job, or leave `permissions` out; give a token of your own the scope `write:repository`.'
  }
  const all = permission.startsWith('statuses') ? permission : `statuses: write, ${permission}`
  return `Add \`permissions: { ${all} }\` to the job, and what its other steps need (such as \`contents: read\`): what is not listed there is none.`
}

/** What GitHub's own reason does not say. The fields are named as the inputs are. */
function refusal(trouble: Trouble, answered: string, { repository, ref }: Request): string {
  const text = `${trouble.message} ${trouble.reasons}`
  if (NO_COMMIT.test(text)) {
    if (ref !== undefined)
      return `${repository} has no such SHA, branch or tag: ${answered}. Check \`ref\` and \`repository\`.`
    return `the commit is not in ${repository}: ${answered}. Check \`sha\` and \`repository\`; a commit must be pushed before it can have a status.`
  }
  if (/maximum number of statuses/i.test(text)) {
    return `this commit has 1,000 statuses of this context, the most that GitHub keeps: ${answered}. Use another \`context\`, or push a new commit.`
  }
  if (SINGLE_SIGN_ON.test(text) || header(trouble, 'x-github-sso') !== '') {
    return `the organization asks for single sign-on: ${answered}. Authorize \`token\` for the organization, in the settings of your personal access tokens.`
  }
  if (ARCHIVED.test(text)) {
    return `${repository} is archived, which makes it read-only: ${answered}. Unarchive it first, or take this step out.`
  }
  const input = ['description', 'target_url', 'context', 'state', 'sha'].find((name) =>
    new RegExp(`\\b${name.replace('_', '[_ ]')}\\b`, 'i').test(trouble.reasons),
  )
  if (input !== undefined) return `${answered}. Correct the input \`${input}\`.`
  if (trouble.status === 403) {
    return `${answered}. The server, or something before it, does not let this token or this runner in: ask whoever runs it.`
  }
  return `${answered}. Check the inputs of this step, and \`api_url\`.`
}
