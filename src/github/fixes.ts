import type { Access } from '../runner/access.ts'
import { duration } from '../status/description.ts'
import { quote } from '../status/text.ts'
import { withoutPassword } from '../status/url.ts'
import { headerOf, type RequestError } from './cause.ts'
import { askedWait, clockOf } from './retry-wait.ts'

/** What is asked of the API, in words and in terms of the inputs. */
export type Purpose = {
  /** In words that fit after "Could not". */
  doing: string
  permission: string
  /** The SHA, branch or tag, if something is read. */
  ref?: string | undefined
  /** The number of a pull request, if its head is asked for. */
  pullRequest?: number | undefined
}

/** What was asked for, and as whom. */
export type Asked = Purpose & Omit<Access, 'token' | 'hasStandIn'> & { route?: string }

/** The last date there is, should a server's clock be off. */
const LATEST_DATE = 8.64e15

/** When another attempt would be possible, if the server says so. */
export function whenAgain(error: RequestError, now: number): string {
  const wait = askedWait(error, now)
  if (wait === undefined) return ''
  const again = Math.min(clockOf(error, now) + wait, LATEST_DATE)
  const at = new Date(again).toISOString().slice(0, 19).replace('T', ' ')
  return `Another attempt is possible at ${at} UTC (in ${duration(wait)}), later than this stage can wait. `
}

export function redirected(error: RequestError): string {
  const location = quote(withoutPassword(headerOf(error, 'location')), 300)
  return `It is not followed, because a write would be lost or the token would go to another host: ${location}. Correct \`api_url\` (http or https, the host) or \`repository\`.`
}

/** What to check if the server finds nothing: it also says so of what the token must not see. */
export function notFound(
  _: RequestError,
  { ref, commitInput, pullRequest, isJobToken }: Asked,
): string {
  const own = isJobToken
    ? " (`token` was empty or the default: the job's own token sees its own repository only)"
    : ''
  if (pullRequest !== undefined) {
    return `Check \`pull_request\`, \`repository\`, and that \`token\` can see it${own}.`
  }
  if (ref !== undefined && commitInput === 'ref') {
    return `Check \`ref\`, \`repository\`, and that \`token\` can see it${own}.`
  }
  return `Check \`repository\`, that \`token\` can see it${own || ' (a classic personal one needs the scope `repo:status`)'}, and \`api_url\` (on GitHub Enterprise Server it ends in /api/v3).`
}

const GITEA_REFUSAL = /required scope|should have a permission/i

/** How a token gets what it lacks: a job's own, a personal one, one of Gitea or Forgejo. */
export function grant(
  { message }: RequestError,
  { repository, permission, ref, platform, isJobToken }: Asked,
): string {
  if (/personal access token/i.test(message)) {
    const [scope = '', level] = permission.replace('statuses', 'commit statuses').split(': ')
    const name = `${scope.charAt(0).toUpperCase()}${scope.slice(1).replace('-', ' ')}`
    return `In the settings of the personal access token, give it "${name}: ${level}" for ${repository}.`
  }
  if (!platform.hasStatusPermission || GITEA_REFUSAL.test(message)) return grantOnGitea(isJobToken)

  const statuses = ref === undefined ? 'statuses: write' : 'statuses: read'
  const all = permission.startsWith('statuses') ? permission : `${statuses}, ${permission}`
  return `Add \`permissions: { ${all} }\` to the job, and what its other steps need (such as \`contents: read\`): permissions not listed default to none.`
}

function grantOnGitea(isJobToken: boolean): string {
  const own =
    'On Gitea and Forgejo, add `permissions: { contents: write }` to the job, or omit `permissions`.'
  return isJobToken ? own : `${own} A token of your own needs the scope \`write:repository\`.`
}

/** The job's own token is refused in another repository, whatever its permissions. */
export function anotherToken(_: RequestError, { repository, permission, platform }: Asked): string {
  const what = platform.hasStatusPermission ? `\`${permission}\`` : 'the scope `write:repository`'
  return `No permission of the job helps: set \`token\` to another one, such as an app's or a personal one, with ${what} for ${repository}.`
}

/** Why a token can have become invalid. */
export function renewed(_: RequestError, { isJobToken }: Asked): string {
  return isJobToken
    ? "Check `token` and `api_url`: the job's own token is valid on its own server, and until the job ends."
    : 'Check `token`: it may belong to another server, or have been revoked or expired. A token made by `actions/create-github-app-token` is revoked before the post step (set `skip-token-revoke: true` there) and lives an hour: in a longer job, make another one at the end.'
}

const FIELDS = ['description', 'target_url', 'context', 'state', 'sha']

/** The input to correct: the API's fields are named like the inputs. */
export function correction({ reasons }: RequestError): string {
  const field = FIELDS.find((name) =>
    new RegExp(`\\b${name.replace('_', '[_ ]')}\\b`, 'i').test(reasons),
  )
  if (field === undefined) return 'Check the inputs of this step, and `api_url`.'
  return `Correct the input \`${field}\`.`
}
