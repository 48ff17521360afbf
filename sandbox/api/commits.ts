import type { components } from '@octokit/openapi-types'
import { nodeId, octocat, type RepositoryIdentity, userBody } from './identities.ts'

type Schemas = components['schemas']

const SIGNATURE = { name: 'octocat', email: 'octocat@github.com', date: '2026-01-02T03:04:05Z' }
const MESSAGE = 'A commit'

/** A repository, as pull requests of a check suite or run name it. */
export const pullRepo = (base: string, { id, owner, name }: RepositoryIdentity) => ({
  id,
  url: `${base}/repos/${owner}/${name}`,
  name,
})

/** A commit as a branch names its own. */
export function commitBody(
  base: string,
  repository: RepositoryIdentity,
  sha: string,
): Schemas['commit'] {
  const { url } = pullRepo(base, repository)
  const user = userBody(base, octocat)
  return {
    sha,
    node_id: nodeId('C_', repository.id),
    commit: {
      author: SIGNATURE,
      committer: SIGNATURE,
      message: MESSAGE,
      tree: { sha, url: `${url}/git/trees/${sha}` },
      url: `${url}/git/commits/${sha}`,
      comment_count: 0,
    },
    url: `${url}/commits/${sha}`,
    html_url: `https://github.com/${repository.owner}/${repository.name}/commit/${sha}`,
    comments_url: `${url}/commits/${sha}/comments`,
    author: user,
    committer: user,
    parents: [],
  }
}

/** A commit as a check suite and a run of a workflow name theirs. */
export const simpleCommitBody = (sha: string): Schemas['simple-commit'] => ({
  id: sha,
  tree_id: sha,
  message: MESSAGE,
  timestamp: SIGNATURE.date,
  author: { name: SIGNATURE.name, email: SIGNATURE.email },
  committer: { name: SIGNATURE.name, email: SIGNATURE.email },
})
