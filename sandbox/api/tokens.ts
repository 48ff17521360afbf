import { githubActions, octocat } from './identities.ts'
import type { Repository, Store, Token, TokenOptions } from './model.ts'

/** Declares a token, or changes one. */
export function declareToken(
  { tokens, now }: Store,
  secret: string,
  { lifetime, ...declared }: TokenOptions = {},
): void {
  const before = tokens.get(secret)
  const kind = declared.kind ?? before?.kind ?? 'installation'
  tokens.set(secret, {
    statuses: 'write',
    pull_requests: 'read',
    checks: 'read',
    actions: 'read',
    contents: 'read',
    saml: false,
    expires: Number.POSITIVE_INFINITY,
    creator: kind === 'installation' ? githubActions : octocat,
    used: 0,
    reset: 0,
    ...before,
    ...declared,
    kind,
    ...(lifetime !== undefined && { expires: now() + lifetime }),
  })
}

/** The token that a request came with, unless it has run out or was never declared. */
export function tokenOf({ tokens, now }: Store, authorization = ''): Token | undefined {
  const [, secret = ''] = /^(?:token|bearer) +(\S+)$/i.exec(authorization) ?? []
  const found = tokens.get(secret)
  return found && found.expires > now() ? found : undefined
}

/** Whether a token was made for a repository. */
export const isFor = ({ repositories }: Token, { owner, name }: Repository) =>
  !repositories ||
  repositories.some((fullName) => fullName.toLowerCase() === `${owner}/${name}`.toLowerCase())
