import {
  type Account,
  githubActions,
  type RepositoryIdentity,
  type StatusRecord,
} from './bodies.ts'
import { type CheckRunRecord, checkRunRecord, type NewCheckRun } from './check-runs.ts'

export type Access = 'write' | 'read' | 'none'
/** `legacy`: a server from before contexts and the combined status. */
export type Dialect = 'github' | 'gitea' | 'legacy'

export interface TokenOptions {
  /** Default `write`. */
  statuses?: Access
  /** Default `read`. */
  pull_requests?: Access
  /** Default `read`. */
  checks?: Access
  /** An app's token such as GITHUB_TOKEN (the default), a fine-grained personal one, or a classic personal one. */
  kind?: 'installation' | 'personal' | 'classic'
  /** The organization asks for single sign-on, which this token has not passed. */
  saml?: boolean
  /** Full names of the repositories it was made for; default all. Public ones can be read all the same. */
  repositories?: string[]
  /** Milliseconds from this declaration on; afterwards it is a bad credential. */
  lifetime?: number
  /** Who publishes; default `github-actions[bot]`, or `octocat` for a personal token. */
  login?: string
}

export interface PullOptions {
  head: string
  /** Full name of the fork; default the repository itself. */
  head_repository?: string
  base?: string
}

export interface RepositoryOptions {
  commits?: string[]
  branches?: Record<string, string>
  tags?: Record<string, string>
  pulls?: Record<number, PullOptions>
  archived?: boolean
  private?: boolean
  /** Full name of the repository that this one became. */
  movedTo?: string
}

export interface NewStatus {
  state: string
  context?: string
  description?: string | null
  target_url?: string | null
  /** A login; null for none. */
  creator?: string | null
  /** `2026-01-02T03:04:05Z`; default now. Statuses are listed by it, those of one second by their id. */
  created_at?: string
  /** Default the next one. */
  id?: number
}

export interface Repository extends RepositoryIdentity {
  commits: Set<string>
  branches: Map<string, string>
  tags: Map<string, string>
  pulls: Map<number, PullOptions>
  archived: boolean
  movedTo?: string
  /** By commit, oldest first. */
  statuses: Map<string, StatusRecord[]>
  /** By commit, in the order in which they were declared. */
  checkRuns: Map<string, CheckRunRecord[]>
}

export interface Token {
  statuses: Access
  pull_requests: Access
  checks: Access
  kind: 'installation' | 'personal' | 'classic'
  saml: boolean
  repositories?: string[]
  expires: number
  creator: Account
  /** Of the rate limit, until `reset`. */
  used: number
  reset: number
}

export const isFullSha = (text: string) => /^[0-9a-f]{40}$/i.test(text)

const octocat: Account = { login: 'octocat', id: 583231, type: 'User' }
const isoSeconds = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`

/** With one more, by the second of creation and then by id. */
function inOrder(history: StatusRecord[], record: StatusRecord): StatusRecord[] {
  const isOlder = (other: StatusRecord) =>
    other.created_at < record.created_at ||
    (other.created_at === record.created_at && other.id < record.id)
  const place = history.findLastIndex(isOlder) + 1
  return history.toSpliced(place, 0, record)
}

/** What the sandbox's GitHub remembers: repositories, tokens and statuses. */
export function createStore(dialect: Dialect, now: () => number) {
  const repositories = new Map<string, Repository>()
  const tokens = new Map<string, Token>()
  let lastId = 18_402_522_000

  /** Names are compared without case, on Gitea with. */
  const sameContext = (context: string) => (dialect === 'gitea' ? context : context.toLowerCase())

  /** Declares a repository, or adds to what was declared. */
  function repository(fullName: string, declared: RepositoryOptions = {}) {
    const [owner = '', name = ''] = fullName.split('/')
    const known: Repository = repositories.get(fullName.toLowerCase()) ?? {
      id: 515_435_682 + repositories.size * 10,
      owner,
      name,
      private: false,
      commits: new Set(),
      branches: new Map(),
      tags: new Map(),
      pulls: new Map(),
      archived: false,
      statuses: new Map(),
      checkRuns: new Map(),
    }
    const { branches = {}, tags = {}, pulls = {}, commits = [] } = declared
    for (const [branch, sha] of Object.entries(branches)) known.branches.set(branch, sha)
    for (const [tag, sha] of Object.entries(tags)) known.tags.set(tag, sha)
    for (const [number, pull] of Object.entries(pulls)) known.pulls.set(Number(number), pull)
    const heads = Object.values(pulls).map(({ head }) => head)
    for (const sha of [...commits, ...Object.values(branches), ...Object.values(tags), ...heads]) {
      known.commits.add(sha.toLowerCase())
    }
    known.private = declared.private ?? known.private
    known.archived = declared.archived ?? known.archived
    if (declared.movedTo) known.movedTo = declared.movedTo
    repositories.set(fullName.toLowerCase(), known)
  }

  /** Declares a token, or changes one. */
  function token(secret: string, { lifetime, login, ...declared }: TokenOptions = {}) {
    const before = tokens.get(secret)
    const kind = declared.kind ?? before?.kind ?? 'installation'
    tokens.set(secret, {
      statuses: 'write',
      pull_requests: 'read',
      checks: 'read',
      saml: false,
      expires: Number.POSITIVE_INFINITY,
      creator: kind === 'installation' ? githubActions : octocat,
      used: 0,
      reset: 0,
      ...before,
      ...declared,
      kind,
      ...(lifetime !== undefined && { expires: now() + lifetime }),
      ...(login !== undefined && { creator: { login, id: 31_898_046, type: 'User' } }),
    })
  }

  /** From now on the token is a bad credential, until it is declared again. */
  const revoke = (secret: string) => void tokens.delete(secret)

  function tokenOf(secret: string): Token | undefined {
    const found = tokens.get(secret)
    return found && found.expires > now() ? found : undefined
  }

  const byName = (fullName: string) => repositories.get(fullName.toLowerCase())
  const byId = (id: string) =>
    [...repositories.values()].find((known) => String(known.id) === id && !known.movedTo)

  /** Ids count per commit on Gitea. */
  function nextId(history: StatusRecord[]): number {
    if (dialect === 'gitea') return history.length + 1
    lastId += 1
    return lastId
  }

  function add(
    target: Repository,
    sha: string,
    status: NewStatus,
    creator: Account | null,
  ): StatusRecord {
    const history = target.statuses.get(sha) ?? []
    const created_at = status.created_at ?? isoSeconds(now())
    const record: StatusRecord = {
      id: status.id ?? nextId(history),
      sha,
      state: status.state,
      description: status.description ?? null,
      target_url: status.target_url ?? null,
      context: status.context ?? (dialect === 'gitea' ? '' : 'default'),
      created_at,
      updated_at: created_at,
      creator,
    }
    target.statuses.set(sha, dialect === 'gitea' ? [...history, record] : inOrder(history, record))
    return record
  }

  /** All of a commit, oldest first. */
  const history = (target: Repository, sha: string) => target.statuses.get(sha) ?? []

  const checkRuns = (target: Repository, sha: string) => target.checkRuns.get(sha) ?? []

  /** The newest of each context, ascending by id. */
  function newest(target: Repository, sha: string): StatusRecord[] {
    const found = new Map(
      history(target, sha).map((status) => [sameContext(status.context), status]),
    )
    return [...found.values()].sort((a, b) => a.id - b.id)
  }

  /** How many statuses a commit has under one name. */
  const count = (target: Repository, sha: string, context: string) =>
    history(target, sha).filter((status) => sameContext(status.context) === sameContext(context))
      .length

  /** The commit that a sha, branch or tag names. */
  function resolve({ commits, branches, tags }: Repository, ref: string): string | undefined {
    if (isFullSha(ref)) return commits.has(ref.toLowerCase()) ? ref.toLowerCase() : undefined
    const plain = branches.get(ref) ?? tags.get(ref)
    if (plain || dialect === 'gitea') return plain
    if (ref === 'HEAD') return branches.get('main')
    if (ref.startsWith('heads/')) return branches.get(ref.slice('heads/'.length))
    if (ref.startsWith('tags/')) return tags.get(ref.slice('tags/'.length))
    const short = /^[0-9a-f]{4,39}$/i.test(ref)
      ? [...commits].filter((sha) => sha.startsWith(ref.toLowerCase()))
      : []
    return short.length === 1 ? short[0] : undefined
  }

  function declared(fullName: string): Repository {
    const found = byName(fullName)
    if (!found) throw new Error(`no such repository in the sandbox: ${fullName}`)
    return found
  }

  /** Puts a status in directly, as if another tool had published it. */
  function publish(fullName: string, sha: string, status: NewStatus): StatusRecord {
    const target = declared(fullName)
    if (!target.commits.has(sha)) throw new Error(`no such commit in the sandbox: ${sha}`)
    const { creator } = status
    return add(
      target,
      sha,
      status,
      creator === undefined ? githubActions : creator ? { ...octocat, login: creator } : null,
    )
  }

  /** Puts a check run in, or changes the one that has its id. */
  function checkRun(fullName: string, sha: string, run: NewCheckRun): CheckRunRecord {
    const target = declared(fullName)
    if (!target.commits.has(sha)) throw new Error(`no such commit in the sandbox: ${sha}`)
    const known = checkRuns(target, sha)
    lastId += 1
    const before = known.find(({ id }) => id === run.id)
    const record = checkRunRecord(sha, { ...before, ...run }, lastId, isoSeconds(now()))
    target.checkRuns.set(sha, [...known.filter((other) => other !== before), record])
    return record
  }

  /** All statuses of a commit, newest first. */
  const statuses = (fullName: string, sha: string): StatusRecord[] =>
    [...history(declared(fullName), sha)].reverse()

  /** The newest status of each context, by the name it was given. */
  const current = (fullName: string, sha: string): Record<string, StatusRecord> =>
    Object.fromEntries(newest(declared(fullName), sha).map((status) => [status.context, status]))

  return {
    /** For tests. */
    declare: { repository, token, revoke, publish, checkRun, statuses, current },
    tokenOf,
    byName,
    byId,
    add,
    history,
    checkRuns,
    newest,
    count,
    resolve,
  }
}
