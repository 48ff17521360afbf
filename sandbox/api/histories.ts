import type { StatusRecord } from './bodies.ts'
import { type CheckRunRecord, checkRunRecord, type NewCheckRun } from './check-run.ts'
import { type Account, githubActions, octocat } from './identities.ts'
import { type NewStatus, present, type Repository, type Store } from './model.ts'
import { declaredRepository } from './repositories.ts'

/** All statuses of a commit, oldest first. */
export const history = ({ statuses }: Repository, sha: string) => statuses.get(sha) ?? []

export const checkRuns = (repository: Repository, sha: string) =>
  repository.checkRuns.get(sha) ?? []

/** Names are compared without case, on Gitea with. */
const sameContext = ({ dialect }: Store, context: string) =>
  dialect === 'gitea' ? context : context.toLowerCase()

/** The newest of each context, ascending by id. */
export function newest(store: Store, repository: Repository, sha: string): StatusRecord[] {
  const found = new Map(
    history(repository, sha).map((status) => [sameContext(store, status.context), status]),
  )
  return [...found.values()].sort((one, other) => one.id - other.id)
}

/** How many statuses a commit has under one name. */
export const countOf = (store: Store, repository: Repository, sha: string, context: string) =>
  history(repository, sha).filter(
    (status) => sameContext(store, status.context) === sameContext(store, context),
  ).length

function nextId(store: Store): number {
  store.lastId += 1
  return store.lastId
}

/** With one more, by the second of creation and then by id. */
function inOrder(statuses: StatusRecord[], record: StatusRecord): StatusRecord[] {
  const isOlder = (other: StatusRecord) =>
    other.created_at < record.created_at ||
    (other.created_at === record.created_at && other.id < record.id)
  return statuses.toSpliced(statuses.findLastIndex(isOlder) + 1, 0, record)
}

/** Stores a status. Ids count per commit on Gitea, and a status without a context has an empty one there. */
export function addStatus(
  store: Store,
  repository: Repository,
  sha: string,
  status: NewStatus,
  creator: Account,
): StatusRecord {
  const isGitea = store.dialect === 'gitea'
  const before = history(repository, sha)
  const { created_at = present(store), context = isGitea ? '' : 'default' } = status
  const record: StatusRecord = {
    id: status.id ?? (isGitea ? before.length + 1 : nextId(store)),
    sha,
    state: status.state,
    description: status.description ?? null,
    target_url: status.target_url ?? null,
    context,
    created_at,
    updated_at: created_at,
    creator,
  }
  repository.statuses.set(sha, isGitea ? [...before, record] : inOrder(before, record))
  return record
}

/** Puts a status in directly, as if another tool had published it. */
export function publishStatus(
  store: Store,
  fullName: string,
  sha: string,
  status: NewStatus,
): StatusRecord {
  const repository = declaredRepository(store, fullName, sha)
  const { creator: login, app } = status
  const person = login === undefined ? githubActions : { ...octocat, login }
  const bot = app !== undefined && { ...githubActions, login: `app-${app}[bot]`, id: app, app }
  const creator = bot || person
  return addStatus(store, repository, sha, status, creator)
}

/** Puts a check run in, or changes the one that has its id. */
export function declareCheckRun(
  store: Store,
  fullName: string,
  sha: string,
  run: NewCheckRun,
): CheckRunRecord {
  const repository = declaredRepository(store, fullName, sha)
  const known = checkRuns(repository, sha)
  const before = known.find(({ id }) => id === run.id)
  const record = checkRunRecord(sha, { ...before, ...run }, nextId(store), present(store))
  repository.checkRuns.set(sha, [...known.filter((other) => other !== before), record])
  return record
}

/** Puts a check suite or a run of a workflow in, or adds to the one that has its id. */
export function declareById<T extends { id: number }>(
  store: Store,
  kind: 'suites' | 'workflowRuns',
  fullName: string,
  sha: string,
  declared: T,
): void {
  const repository = declaredRepository(store, fullName, sha)
  const all = repository[kind] as unknown as Map<string, Map<number, T>>
  const known = all.get(sha) ?? new Map<number, T>()
  all.set(sha, known.set(declared.id, { ...known.get(declared.id), ...declared }))
}
