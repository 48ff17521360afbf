import type { StatusRecord } from './bodies.ts'
import type { NewCheckRun } from './check-run.ts'
import { handle } from './handle.ts'
import { declareById, declareCheckRun, history, newest, publishStatus } from './histories.ts'
import type { ApiRequest, GitHubOptions } from './http.ts'
import { createStore, type NewStatus, type RepositoryOptions, type TokenOptions } from './model.ts'
import { declaredRepository, declareRepository } from './repositories.ts'
import type { NewSuite } from './suites.ts'
import { declareToken } from './tokens.ts'
import type { NewWorkflowRun } from './workflow-runs.ts'

export type { StatusRecord } from './bodies.ts'
export type { Protection, Rule } from './branches.ts'
export type { NewCheckRun } from './check-run.ts'
export type { ApiRequest, ApiResponse, GitHubOptions } from './http.ts'
export type { Access, NewStatus, RepositoryOptions, TokenOptions } from './model.ts'
export type { NewSuite } from './suites.ts'
export type { NewWorkflowRun } from './workflow-runs.ts'

/** A GitHub that knows commit statuses, in memory. Strict: only what was declared exists. */
export function createGitHub(options: GitHubOptions = {}) {
  const store = createStore(options.dialect ?? 'github', options.now ?? Date.now)
  return {
    handle: (request: ApiRequest) => handle(store, options, request),
    /** Declares a repository, or adds to what was declared. */
    repository: (fullName: string, declared?: RepositoryOptions) =>
      declareRepository(store, fullName, declared),
    /** Declares a token, or changes one. */
    token: (secret: string, declared?: TokenOptions) => declareToken(store, secret, declared),
    /** From now on the token is a bad credential, until it is declared again. */
    revoke: (secret: string) => void store.tokens.delete(secret),
    /** Puts a status in directly, as if another tool had published it. */
    publish: (fullName: string, sha: string, status: NewStatus) =>
      publishStatus(store, fullName, sha, status),
    /** Puts a check run in, or changes the one that has its id. */
    checkRun: (fullName: string, sha: string, run: NewCheckRun) =>
      declareCheckRun(store, fullName, sha, run),
    /** Puts a check suite in, or adds to the one that has its id: only one that is not what its check runs are. */
    checkSuite: (fullName: string, sha: string, suite: NewSuite) =>
      declareById(store, 'suites', fullName, sha, suite),
    /** Puts a run of a workflow in, or adds to the one that has its id. */
    workflowRun: (fullName: string, sha: string, run: NewWorkflowRun) =>
      declareById(store, 'workflowRuns', fullName, sha, run),
    /** All statuses of a commit, newest first. */
    statuses: (fullName: string, sha: string): StatusRecord[] =>
      history(declaredRepository(store, fullName), sha).toReversed(),
    /** The newest status of each context, by the name it was given. */
    current: (fullName: string, sha: string): Record<string, StatusRecord> =>
      Object.fromEntries(
        newest(store, declaredRepository(store, fullName), sha).map((one) => [one.context, one]),
      ),
  }
}

export type GitHub = ReturnType<typeof createGitHub>
