import type { components } from '@octokit/openapi-types'
import type { RepositoryIdentity } from './identities.ts'

type Schemas = components['schemas']

/** A repository, as pull requests of a check suite or run name it. */
export const pullRepo = (base: string, { id, owner, name }: RepositoryIdentity) => ({
  id,
  url: `${base}/repos/${owner}/${name}`,
  name,
})

/** A commit as a check suite and a run of a workflow name theirs. */
export const simpleCommitBody = (sha: string): Schemas['simple-commit'] => ({
  id: sha,
  tree_id: sha,
  message: 'A commit',
  timestamp: '2026-01-02T03:04:05Z',
  author: { name: 'octocat', email: 'octocat@github.com' },
  committer: { name: 'octocat', email: 'octocat@github.com' },
})
