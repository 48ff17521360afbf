import type { components } from '@octokit/openapi-types'
import { pullRepo } from './commits.ts'
import { type ApiResponse, type Call, DOCS, json, notFound, refusal } from './http.ts'
import { pageOf } from './paging.ts'
import { isGitea } from './statuses.ts'

type Schemas = components['schemas']

/** A rule of a ruleset, as the API answers it. One of a type that no description of the API has yet fits too. */
export type Rule =
  | Schemas['repository-rule-detailed']
  | ({ type: `new_${string}`; parameters?: object } & Schemas['repository-rule-ruleset-info'])

/** What classic protection says of status checks; on Gitea, the branch's own rule. */
export type Protection = Partial<Schemas['protected-branch-required-status-check']>

const NO_RULES = 'Upgrade to GitHub Pro or make this repository public to enable this feature.'

/** The rules for a branch of that name, whether there is one or not. https://docs.github.com/rest/repos/rules#get-rules-for-a-branch */
export function branchRules(call: Call, name: string): ApiResponse {
  const { repository } = call
  if (repository.free && repository.private) return refusal(403, NO_RULES, DOCS.rules)
  const { items, headers } = pageOf(call, repository.rules.get(name) ?? [])
  return json(200, items, headers)
}

/** A branch with its classic protection, of its commit only the SHA; one that was renamed leads on. https://docs.github.com/rest/branches/branches#get-a-branch */
export function getBranch(call: Call, name: string): ApiResponse {
  const { store, repository, base } = call
  const sha = repository.branches.get(name)
  const renamed = repository.renamed.get(name)
  if (sha === undefined && renamed !== undefined && !isGitea(call)) {
    const url = `${base}/repositories/${repository.id}/branches/${encodeURIComponent(renamed)}`
    const body = { message: 'Moved Permanently', url, documentation_url: DOCS.redirects }
    return json(301, body, { location: url })
  }
  if (sha === undefined)
    return isGitea(call) ? notFound(store) : refusal(404, 'Branch not found', DOCS.branches)
  const protection = repository.protection.get(name)
  return json(
    200,
    isGitea(call)
      ? giteaBranchBody(name, sha, protection)
      : branchBody(call, name, sha, protection),
  )
}

function branchBody(
  { base, repository }: Call,
  name: string,
  sha: string,
  protection: Protection | undefined,
): Omit<Schemas['branch-with-protection'], 'commit'> & { commit: { sha: string } } {
  const { url } = pullRepo(base, repository)
  const { owner, name: repositoryName } = repository
  const self = `${url}/branches/${encodeURIComponent(name)}`
  return {
    name,
    commit: { sha },
    _links: { self, html: `https://github.com/${owner}/${repositoryName}/tree/${name}` },
    protected: protection !== undefined,
    protection: {
      enabled: protection !== undefined,
      required_status_checks: {
        enforcement_level: protection ? 'non_admins' : 'off',
        contexts: protection?.checks?.map(({ context }) => context) ?? [],
        checks: [],
        ...protection,
      },
    },
    protection_url: `${self}/protection`,
  }
}

/** https://docs.gitea.com/api/#tag/repository/operation/repoGetBranch */
const giteaBranchBody = (name: string, sha: string, protection: Protection | undefined) => ({
  name,
  commit: { id: sha, message: 'A commit' },
  protected: protection !== undefined,
  required_approvals: 0,
  enable_status_check: protection !== undefined && protection.enforcement_level !== 'off',
  status_check_contexts: protection?.contexts ?? [],
  user_can_push: true,
  user_can_merge: true,
  effective_branch_protection_name: protection ? name : '',
})
