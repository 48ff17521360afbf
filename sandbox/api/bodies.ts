import type { components } from '@octokit/openapi-types'
import {
  type Account,
  avatar,
  nodeId,
  octocat,
  type RepositoryIdentity,
  repositoryBody,
  userBody,
} from './identities.ts'

type Schemas = components['schemas']

/** A status as the sandbox keeps it; the fields are named as the API names them. */
export interface StatusRecord {
  id: number
  sha: string
  state: string
  description: string | null
  target_url: string | null
  context: string
  created_at: string
  updated_at: string
  creator: Account
}

const statusUrl = (base: string, { owner, name }: RepositoryIdentity, { sha }: StatusRecord) =>
  `${base}/repos/${owner}/${name}/statuses/${sha}`

/** A status without its creator, as the combined status holds it. */
export function simpleStatusBody(
  base: string,
  repository: RepositoryIdentity,
  status: StatusRecord,
): Schemas['simple-commit-status'] {
  const { id, state, description, target_url, context, created_at, updated_at, creator } = status
  return {
    url: statusUrl(base, repository, status),
    avatar_url: avatar(creator, base),
    id,
    node_id: nodeId('SC_', repository.id, id),
    state,
    description,
    target_url,
    context,
    created_at,
    updated_at,
  }
}

/** A status with its creator, as create and list answer it. */
export const statusBody = (
  base: string,
  repository: RepositoryIdentity,
  status: StatusRecord,
): Schemas['status'] => ({
  ...simpleStatusBody(base, repository, status),
  creator: userBody(base, status.creator),
})

/** The combined status of a commit. */
export function combinedBody(
  base: string,
  repository: RepositoryIdentity,
  sha: string,
  parts: Pick<Schemas['combined-commit-status'], 'state' | 'statuses' | 'total_count'>,
): Schemas['combined-commit-status'] {
  const { owner, name } = repository
  const commit_url = `${base}/repos/${owner}/${name}/commits/${sha}`
  const { state, statuses, total_count } = parts
  return {
    state,
    statuses,
    sha,
    total_count,
    repository: repositoryBody(base, repository),
    commit_url,
    url: `${commit_url}/status`,
  }
}

/** As much of a pull request as concerns a commit. */
export function pullBody(
  base: string,
  repository: RepositoryIdentity,
  number: number,
  { head, base: into = 'main' }: { head: string; base?: string },
) {
  const { owner, name, id } = repository
  const repo = repositoryBody(base, repository)
  return {
    url: `${base}/repos/${owner}/${name}/pulls/${number}`,
    id: id + number,
    html_url: `https://github.com/${owner}/${name}/pull/${number}`,
    number,
    state: 'open',
    user: userBody(base, octocat),
    head: { label: `${owner}:change`, ref: 'change', sha: head, repo },
    base: { label: `${owner}:${into}`, ref: into, repo },
  }
}

/** A status as Gitea and Forgejo answer it: `status` in place of `state`. */
export function giteaStatusBody(
  base: string,
  repository: RepositoryIdentity,
  status: StatusRecord,
) {
  const { creator, description, target_url } = status
  return {
    id: status.id,
    status: status.state,
    target_url: target_url ?? '',
    description: description ?? '',
    url: statusUrl(base, repository, status),
    context: status.context,
    creator: { id: creator.id, login: creator.login, username: creator.login },
    created_at: status.created_at,
    updated_at: status.updated_at,
  }
}
