import type { components } from '@octokit/openapi-types'
import { repositoryLinks, under, userLinks } from './links.ts'

type Schemas = components['schemas']

/** Whoever published a status. */
export interface Account {
  login: string
  id: number
  type: 'Bot' | 'User' | 'Organization'
  /** The id of a bot's app; default GitHub Actions. */
  app?: number
}

/** What of a repository shows in the bodies. */
export interface RepositoryIdentity {
  id: number
  owner: string
  name: string
  private: boolean
}

/** GITHUB_TOKEN publishes as this account. */
export const githubActions: Account = { login: 'github-actions[bot]', id: 41898282, type: 'Bot' }

export const octocat: Account = { login: 'octocat', id: 583231, type: 'User' }

/** An id as GraphQL has it. */
export const nodeId = (prefix: string, ...ids: number[]) =>
  prefix + Buffer.from(ids.join(':')).toString('base64url')

/** An app's picture is under its own id, except on GHES, whose addresses name no app. */
export function avatar({ id, type, app = 15368 }: Account, base = ''): string {
  if (base.endsWith('/api/v3')) return `${new URL(base).origin}/avatars/u/${id}?`
  return `https://avatars.githubusercontent.com/${type === 'Bot' ? `in/${app}` : `u/${id}`}?v=4`
}

/** A simple user. */
export function userBody(base: string, account: Account): Schemas['simple-user'] {
  const { login, id, type } = account
  const url = `${base}/users/${encodeURIComponent(login)}`
  return {
    login,
    id,
    node_id: nodeId('U_', id),
    avatar_url: avatar(account, base),
    gravatar_id: '',
    url,
    html_url: `https://github.com/${type === 'Bot' ? 'apps/github-actions' : login}`,
    ...under(url, userLinks),
    type,
    site_admin: false,
  }
}

/** A minimal repository, as the combined status holds it. */
export function repositoryBody(
  base: string,
  repository: RepositoryIdentity,
): Schemas['minimal-repository'] {
  const { id, owner, name } = repository
  const url = `${base}/repos/${owner}/${name}`
  return {
    id,
    node_id: nodeId('R_', id),
    name,
    full_name: `${owner}/${name}`,
    private: repository.private,
    owner: userBody(base, { login: owner, id: id + 1, type: 'Organization' }),
    html_url: `https://github.com/${owner}/${name}`,
    description: null,
    fork: false,
    url,
    ...under(url, repositoryLinks),
  }
}
