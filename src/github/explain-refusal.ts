import { ARCHIVED, causeOf, NO_COMMIT, SINGLE_SIGN_ON } from './cause.ts'
import type { Asked, Explanation } from './explanation.ts'
import { headerOf, type RequestError } from './request-error.ts'

/** What helps if the server refused for good. */
export function explainRefusal(error: RequestError, asked: Asked): Explanation {
  switch (causeOf(error)) {
    case 'credentials':
      return {
        met: 'the token is not valid',
        fix: 'Check `token`: it may have expired, been revoked, or belong to another server. A token made by `actions/create-github-app-token` is revoked before the post step: set `skip-token-revoke: true` there.',
      }
    case 'permission':
      return { met: 'the token lacks a permission', fix: grant(error, asked) }
    case 'missing':
      return explainMissing(asked)
    default:
      return explainRejection(error, asked)
  }
}

function explainMissing({ ref, pullRequest, isJobToken }: Asked): Explanation {
  const own = isJobToken
    ? " (`token` was empty or the default: the job's own token sees its own repository only)"
    : ''
  if (pullRequest !== undefined) {
    return {
      met: 'the pull request was not found',
      fix: `Check \`pull_request\`, \`repository\`, and that \`token\` can see it${own}.`,
    }
  }
  if (ref !== undefined) {
    return {
      met: 'the repository or the ref was not found',
      fix: `Check \`ref\` (\`sha\` in the publishing action), \`repository\`, and that \`token\` can see it${own}.`,
    }
  }
  return {
    met: 'the repository was not found',
    fix: `Check \`repository\`, that \`token\` can see it${own || ' (a classic personal one needs the scope `repo:status`)'}, and \`api_url\` (on GitHub Enterprise Server it ends in /api/v3).`,
  }
}

const GITEA_REFUSAL = /required scope|should have a permission/i

/** How a token gets what it lacks: a job's own, a personal one, one of Gitea or Forgejo. */
function grant(
  { message }: RequestError,
  { repository, permission, ref, platform, isJobToken }: Asked,
): string {
  if (/personal access token/i.test(message)) {
    const [scope = '', level] = permission.replace('statuses', 'commit statuses').split(': ')
    const name = `${scope.charAt(0).toUpperCase()}${scope.slice(1).replace('-', ' ')}`
    return `In the settings of the personal access token, give it "${name}: ${level}" for ${repository}.`
  }
  if (platform.permission === 'contents: write' || GITEA_REFUSAL.test(message))
    return grantOnGitea(isJobToken)

  const statuses = ref === undefined ? 'statuses: write' : 'statuses: read'
  const all = permission.startsWith('statuses') ? permission : `${statuses}, ${permission}`
  return `Add \`permissions: { ${all} }\` to the job, and what its other steps need (such as \`contents: read\`): permissions not listed default to none.`
}

function grantOnGitea(isJobToken: boolean): string {
  const own =
    'On Gitea and Forgejo, add `permissions: { contents: write }` to the job, or omit `permissions`.'
  return isJobToken
    ? `${own} This token writes to its own repository only: for another one, use a token with the scope \`write:repository\`.`
    : `${own} A token of your own needs the scope \`write:repository\`.`
}

/**
 * A 403 or 422 with GitHub's own reason, and what that reason leaves out. Fields are named like the
 * inputs.
 */
function explainRejection(error: RequestError, asked: Asked): Explanation {
  const text = `${error.message} ${error.reasons}`
  if (NO_COMMIT.test(text)) return explainNoCommit(asked)
  if (/maximum number of statuses/i.test(text)) {
    return {
      met: 'this commit already has 1000 statuses with this context',
      fix: 'GitHub keeps no more. Use another `context`, or push a new commit.',
    }
  }
  if (SINGLE_SIGN_ON.test(text) || headerOf(error, 'x-github-sso') !== '') {
    return {
      met: 'the organization requires single sign-on',
      fix: 'Authorize `token` for the organization, in the settings of your personal access tokens.',
    }
  }
  if (ARCHIVED.test(text)) {
    return {
      met: 'the repository is archived',
      fix: 'It is read-only: unarchive it first, or remove this step.',
    }
  }
  if (error.status === 403) {
    return {
      met: 'the server blocks this token or runner',
      fix: 'Contact its administrator.',
    }
  }
  return { met: 'the server rejected the request', fix: correction(error.reasons) }
}

function explainNoCommit({ ref }: Asked): Explanation {
  if (ref !== undefined) {
    return {
      met: 'the repository has no such SHA, branch or tag',
      fix: 'Check `ref` (`sha` in the publishing action) and `repository`.',
    }
  }
  return {
    met: 'the commit is not in the repository',
    fix: 'Check `sha` and `repository`; a commit must be pushed before it can have a status.',
  }
}

const FIELDS = ['description', 'target_url', 'context', 'state', 'sha']

function correction(reasons: string): string {
  const field = FIELDS.find((name) =>
    new RegExp(`\\b${name.replace('_', '[_ ]')}\\b`, 'i').test(reasons),
  )
  if (field === undefined) return 'Check the inputs of this step, and `api_url`.'
  return `Correct the input \`${field}\`.`
}
