import type { Repository, RepositoryOptions, Store } from './model.ts'

/** SHA-256 is for Gitea alone. */
export const isFullSha = (text: string) => /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(text)

const keyOf = (fullName: string) => fullName.toLowerCase()

export const repositoryByName = ({ repositories }: Store, fullName: string) =>
  repositories.get(keyOf(fullName))

export const repositoryById = ({ repositories }: Store, id: string) =>
  [...repositories.values()].find((known) => String(known.id) === id && !known.movedTo)

/** A repository and commit that a test names: an error if they were not declared. */
export function declaredRepository(store: Store, fullName: string, sha?: string): Repository {
  const found = repositoryByName(store, fullName)
  if (!found) throw new Error(`no such repository in the sandbox: ${fullName}`)
  if (sha !== undefined && !found.commits.has(sha))
    throw new Error(`no such commit in the sandbox: ${sha}`)
  return found
}

function newRepository(store: Store, fullName: string): Repository {
  const [owner = '', name = ''] = fullName.split('/')
  return {
    id: 515_435_682 + store.repositories.size * 10,
    owner,
    name,
    private: false,
    commits: new Set(),
    branches: new Map(),
    tags: new Map(),
    pulls: new Map(),
    rules: new Map(),
    protection: new Map(),
    renamed: new Map(),
    free: false,
    archived: false,
    statuses: new Map(),
    checkRuns: new Map(),
    suites: new Map(),
    workflowRuns: new Map(),
  }
}

function add<T>(known: Map<string, T>, declared: Record<string, T> = {}): void {
  for (const [name, value] of Object.entries(declared)) known.set(name, value)
}

/** Declares a repository, or adds to what was declared. */
export function declareRepository(
  store: Store,
  fullName: string,
  declared: RepositoryOptions = {},
): void {
  const { branches = {}, tags = {}, pulls = {}, commits = [], movedTo } = declared
  const known = repositoryByName(store, fullName) ?? newRepository(store, fullName)
  add(known.branches, branches)
  add(known.tags, tags)
  add(known.rules, declared.rules)
  add(known.protection, declared.protection)
  add(known.renamed, declared.renamed)
  for (const [number, pull] of Object.entries(pulls)) known.pulls.set(Number(number), pull)
  const heads = Object.values(pulls).map(({ head }) => head)
  for (const sha of [...commits, ...Object.values(branches), ...Object.values(tags), ...heads])
    known.commits.add(sha.toLowerCase())
  known.private = declared.private ?? known.private
  known.archived = declared.archived ?? known.archived
  known.free = declared.free ?? known.free
  if (movedTo) known.movedTo = movedTo
  store.repositories.set(keyOf(fullName), known)
}

/** The commit that a SHA, branch or tag names. */
export function resolveRef(
  { dialect }: Store,
  repository: Repository,
  ref: string,
): string | undefined {
  const { commits, branches, tags } = repository
  const asSha = ref.toLowerCase()
  if (isFullSha(ref)) return commits.has(asSha) ? asSha : undefined
  const plain = branches.get(ref) ?? tags.get(ref)
  if (plain || dialect === 'gitea') return plain
  if (ref === 'HEAD') return branches.get('main')
  if (ref.startsWith('heads/')) return branches.get(ref.slice('heads/'.length))
  if (ref.startsWith('tags/')) return tags.get(ref.slice('tags/'.length))
  return byShortSha(commits, asSha)
}

function byShortSha(commits: Set<string>, ref: string): string | undefined {
  if (!/^[0-9a-f]{4,39}$/.test(ref)) return undefined
  const fitting = [...commits].filter((sha) => sha.startsWith(ref))
  return fitting.length === 1 ? fitting[0] : undefined
}
