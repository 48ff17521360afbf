/** Whoever published a status. */
export interface Account {
  login: string
  id: number
  type: 'Bot' | 'User' | 'Organization'
}

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

/** What of a repository shows in the bodies. */
export interface RepositoryIdentity {
  id: number
  owner: string
  name: string
  private: boolean
}

/** GITHUB_TOKEN publishes as this account. */
export const githubActions: Account = { login: 'github-actions[bot]', id: 41898282, type: 'Bot' }

const userLinks = {
  followers_url: '/followers',
  following_url: '/following{/other_user}',
  gists_url: '/gists{/gist_id}',
  starred_url: '/starred{/owner}{/repo}',
  subscriptions_url: '/subscriptions',
  organizations_url: '/orgs',
  repos_url: '/repos',
  events_url: '/events{/privacy}',
  received_events_url: '/received_events',
}

const repositoryLinks = {
  forks_url: '/forks',
  keys_url: '/keys{/key_id}',
  collaborators_url: '/collaborators{/collaborator}',
  teams_url: '/teams',
  hooks_url: '/hooks',
  issue_events_url: '/issues/events{/number}',
  events_url: '/events',
  assignees_url: '/assignees{/user}',
  branches_url: '/branches{/branch}',
  tags_url: '/tags',
  blobs_url: '/git/blobs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  git_refs_url: '/git/refs{/sha}',
  trees_url: '/git/trees{/sha}',
  statuses_url: '/statuses/{sha}',
  languages_url: '/languages',
  stargazers_url: '/stargazers',
  contributors_url: '/contributors',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  commits_url: '/commits{/sha}',
  git_commits_url: '/git/commits{/sha}',
  comments_url: '/comments{/number}',
  issue_comment_url: '/issues/comments{/number}',
  contents_url: '/contents/{+path}',
  compare_url: '/compare/{base}...{head}',
  merges_url: '/merges',
  archive_url: '/{archive_format}{/ref}',
  downloads_url: '/downloads',
  issues_url: '/issues{/number}',
  pulls_url: '/pulls{/number}',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  labels_url: '/labels{/name}',
  releases_url: '/releases{/id}',
  deployments_url: '/deployments',
}

const under = (base: string, links: Record<string, string>) =>
  Object.fromEntries(Object.entries(links).map(([name, path]) => [name, base + path]))

const nodeId = (prefix: string, ...ids: number[]) =>
  prefix + Buffer.from(ids.join(':')).toString('base64url')

const avatar = ({ id, type }: Account) =>
  `https://avatars.githubusercontent.com/${type === 'Bot' ? 'in/15368' : `u/${id}`}?v=4`

/** A simple user. */
export const userBody = (base: string, account: Account) => {
  const url = `${base}/users/${encodeURIComponent(account.login)}`
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId('U_', account.id),
    avatar_url: avatar(account),
    gravatar_id: '',
    url,
    html_url: `https://github.com/${account.type === 'Bot' ? 'apps/github-actions' : account.login}`,
    ...under(url, userLinks),
    type: account.type,
    site_admin: false,
  }
}

/** A minimal repository, as the combined status holds it. */
export const repositoryBody = (
  base: string,
  { id, owner, name, private: hidden }: RepositoryIdentity,
) => {
  const url = `${base}/repos/${owner}/${name}`
  return {
    id,
    node_id: nodeId('R_', id),
    name,
    full_name: `${owner}/${name}`,
    private: hidden,
    owner: userBody(base, { login: owner, id: id + 1, type: 'Organization' }),
    html_url: `https://github.com/${owner}/${name}`,
    description: null,
    fork: false,
    url,
    ...under(url, repositoryLinks),
  }
}

/** A status without its creator, as the combined status holds it. */
export const simpleStatusBody = (
  base: string,
  { owner, name, id }: RepositoryIdentity,
  status: StatusRecord,
) => ({
  url: `${base}/repos/${owner}/${name}/statuses/${status.sha}`,
  avatar_url: status.creator && avatar(status.creator),
  id: status.id,
  node_id: nodeId('SC_', id, status.id),
  state: status.state,
  description: status.description,
  target_url: status.target_url,
  context: status.context,
  created_at: status.created_at,
  updated_at: status.updated_at,
})

/** A status with its creator, as create and list answer it. */
export const statusBody = (base: string, repository: RepositoryIdentity, status: StatusRecord) => ({
  ...simpleStatusBody(base, repository, status),
  creator: status.creator && userBody(base, status.creator),
})

/** A status as Gitea and Forgejo answer it: `status` in place of `state`. */
export const giteaStatusBody = (
  base: string,
  { owner, name }: RepositoryIdentity,
  status: StatusRecord,
) => ({
  id: status.id,
  status: status.state,
  target_url: status.target_url ?? '',
  description: status.description ?? '',
  url: `${base}/repos/${owner}/${name}/statuses/${status.sha}`,
  context: status.context,
  creator: status.creator && {
    id: status.creator.id,
    login: status.creator.login,
    username: status.creator.login,
  },
  created_at: status.created_at,
  updated_at: status.updated_at,
})
