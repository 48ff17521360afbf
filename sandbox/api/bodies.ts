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
  creator: Account | null
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
    avatar_url: creator && avatar(creator),
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
  avatar_url: status.creator && avatar(status.creator),
  creator: status.creator && userBody(base, status.creator),
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

type Side = { repository: RepositoryIdentity; sha: string }

function sideBody(base: string, { repository, sha }: Side, ref: string) {
  const label = `${repository.owner}:${ref}`
  return { label, ref, sha, repo: repositoryBody(base, repository) }
}

/** As much of a pull request as concerns a commit. */
export function pullBody(
  base: string,
  number: number,
  { head, ...to }: Record<'head' | 'base', Side>,
) {
  const { owner, name, id } = to.base.repository
  const fullName = `${owner}/${name}`
  return {
    url: `${base}/repos/${fullName}/pulls/${number}`,
    id: id + number,
    html_url: `https://github.com/${fullName}/pull/${number}`,
    number,
    state: 'open',
    user: userBody(base, { ...octocat, login: head.repository.owner }),
    head: sideBody(base, head, 'change'),
    base: sideBody(base, to.base, 'main'),
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
    creator: creator && { id: creator.id, login: creator.login, username: creator.login },
    created_at: status.created_at,
    updated_at: status.updated_at,
  }
}
