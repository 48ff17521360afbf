import type { StatusRecord } from './bodies.ts'
import type { Protection, Rule } from './branches.ts'
import type { CheckRunRecord } from './check-run.ts'
import type { Account, RepositoryIdentity } from './identities.ts'
import type { NewSuite } from './suites.ts'
import type { NewWorkflowRun } from './workflow-runs.ts'

export type Access = 'write' | 'read' | 'none'
/** `legacy`: a server from before contexts and the combined status. */
export type Dialect = 'github' | 'gitea' | 'legacy'
/** All but `metadata`, which every token can read. */
export type Permission = 'statuses' | 'pull_requests' | 'checks' | 'actions' | 'contents'

export interface TokenOptions extends Partial<Record<Permission, Access>> {
  /** Default `write`; all others `read`. */
  statuses?: Access
  /** An app's token such as GITHUB_TOKEN (the default), a fine-grained personal one, or a classic personal one. */
  kind?: 'installation' | 'personal' | 'classic'
  /** The organization asks for single sign-on, which this token has not passed. */
  saml?: boolean
  /** Full names of the repositories it was made for; default all. Public ones can be read all the same. */
  repositories?: string[]
  /** Milliseconds from this declaration on; afterwards it is a bad credential. */
  lifetime?: number
}

export interface RepositoryOptions {
  commits?: string[]
  branches?: Record<string, string>
  tags?: Record<string, string>
  /** The head of each pull request, and the branch that it goes into; default `main`. */
  pulls?: Record<number, { head: string; base?: string }>
  /** The rules of rulesets for each branch. */
  rules?: Record<string, Rule[]>
  /** What classic protection requires of each branch. */
  protection?: Record<string, Protection>
  /** What branches are called now, by their old names. */
  renamed?: Record<string, string>
  /** The owner's plan has no rules for private repositories. */
  free?: boolean
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
  /** A login; default `github-actions[bot]`. */
  creator?: string
  /** The id of the app whose bot published it; default GitHub Actions, none for a `creator`. */
  app?: number
  /** `2026-01-02T03:04:05Z`; default now. Statuses are listed by it, those of one second by their id. */
  created_at?: string
  /** Default the next one. */
  id?: number
}

export interface Repository extends RepositoryIdentity {
  commits: Set<string>
  branches: Map<string, string>
  tags: Map<string, string>
  pulls: Map<number, { head: string; base?: string }>
  rules: Map<string, Rule[]>
  protection: Map<string, Protection>
  renamed: Map<string, string>
  free: boolean
  archived: boolean
  movedTo?: string
  /** By commit, oldest first. */
  statuses: Map<string, StatusRecord[]>
  /** By commit, in the order in which they were declared. */
  checkRuns: Map<string, CheckRunRecord[]>
  /** By commit, by id. */
  suites: Map<string, Map<number, NewSuite>>
  workflowRuns: Map<string, Map<number, NewWorkflowRun>>
}

export interface Token extends Record<Permission, Access> {
  kind: 'installation' | 'personal' | 'classic'
  saml: boolean
  repositories?: string[]
  expires: number
  creator: Account
  /** Of the rate limit, until `reset`. */
  used: number
  reset: number
}

/** What the sandbox's GitHub remembers. */
export interface Store {
  dialect: Dialect
  /** Milliseconds since the epoch. */
  now: () => number
  repositories: Map<string, Repository>
  tokens: Map<string, Token>
  /** The newest id of a status or check run. */
  lastId: number
}

export const createStore = (dialect: Dialect, now: () => number): Store => ({
  dialect,
  now,
  repositories: new Map(),
  tokens: new Map(),
  lastId: 18_402_522_000,
})

/** The present second, as the API writes it. */
export const present = ({ now }: Store) => `${new Date(now()).toISOString().slice(0, 19)}Z`
