import { duration } from '../status/description.ts'
import { quote } from '../status/text.ts'
import {
  ARCHIVED,
  askedWait,
  type Cause,
  causeOf,
  clockOf,
  type Failure,
  header,
  NO_COMMIT,
  PROXIED,
  SECONDARY_LIMIT,
  SINGLE_SIGN_ON,
  type Trouble,
} from './trouble.ts'

/** What was asked for, in words that fit after "Could not", and what it takes. */
export type Asked = {
  doing: string
  repository: string
  apiUrl: string
  permission: string
  /** The SHA, branch or tag that is read, where it is a reading. */
  ref?: string | undefined
}

/** Says what a request met and what helps. @param now milliseconds since 1970, for when a limit ends */
export function explain(trouble: Trouble, request: Asked, now: number): Failure {
  const cause = causeOf(trouble)
  return { cause, message: `Could not ${request.doing}: ${sentence(cause, trouble, request, now)}` }
}

function sentence(cause: Cause, trouble: Trouble, request: Asked, now: number): string {
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
        return `${repository} or this ref in it was not found: ${answered}. Check \`ref\` (\`sha\` in the publishing action), \`repository\`, and that \`token\` may see it.`
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
      if (code === '')
        return `the request could not be made, or its answer not be read (${met}). Check \`api_url\`, and any proxy between.`
      return `the request could not be made (${met}). Check \`api_url\`, and that \`https_proxy\` is an address such as http://HOST:PORT.`
    default:
      if (PROXIED.test(message))
        return `the proxy did not connect to ${host} (${met}). Check \`https_proxy\`, or name the host in \`no_proxy\`.`
      return `${host} gave no whole answer (${met}). Check \`api_url\`, the network, and \`https_proxy\` where there is a proxy.`
  }
}

/** The server's own words, with a space before them. */
function said({ message, reasons }: Trouble): string {
  const parts = reasons.toLowerCase().startsWith(message.toLowerCase())
    ? [reasons]
    : [message, reasons]
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
function permit({ message }: Trouble, { repository, permission }: Asked): string {
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
function refusal(trouble: Trouble, answered: string, { repository, ref }: Asked): string {
  const text = `${trouble.message} ${trouble.reasons}`
  if (NO_COMMIT.test(text)) {
    if (ref !== undefined)
      return `${repository} has no such SHA, branch or tag: ${answered}. Check \`ref\` (\`sha\` in the publishing action) and \`repository\`.`
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
