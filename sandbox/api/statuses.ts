import {
  combinedBody,
  giteaStatusBody,
  type StatusRecord,
  simpleStatusBody,
  statusBody,
} from './bodies.ts'
import { history, newest } from './histories.ts'
import { type ApiResponse, type Call, giteaRefusal, json, notFound, refusal } from './http.ts'
import { pageOf } from './paging.ts'
import { isFullSha, resolveRef } from './repositories.ts'
import { combinedState, giteaCombinedState } from './rules.ts'

export const isGitea = ({ store }: Call) => store.dialect === 'gitea'

/** The answer if a ref names no commit. */
export function unresolved(call: Call, ref: string): ApiResponse {
  if (!isGitea(call)) return refusal(422, `No commit found for SHA: ${ref}`)
  return isFullSha(ref)
    ? giteaRefusal(500, `GetCommit[${ref}]: object does not exist`)
    : notFound(call.store)
}

/** A status as the dialect has it. */
export function render({ store, base, repository }: Call, status: StatusRecord) {
  if (store.dialect === 'gitea') return giteaStatusBody(base, repository, status)
  const body = statusBody(base, repository, status)
  if (store.dialect === 'github') return body
  const { context, ...withoutContext } = body
  return withoutContext
}

/** https://docs.github.com/rest/commits/statuses#list-commit-statuses-for-a-reference */
export function listStatuses(call: Call, ref: string): ApiResponse {
  const sha = resolveRef(call.store, call.repository, ref)
  if (!sha) return unresolved(call, ref)
  const newestFirst = history(call.repository, sha).toReversed()
  // Gitea sorts by the second of creation, and leaves those of one second in no useful order.
  const bySecond = (a: StatusRecord, b: StatusRecord) =>
    b.created_at.localeCompare(a.created_at) || a.id - b.id
  const { items, headers } = pageOf(call, isGitea(call) ? newestFirst.sort(bySecond) : newestFirst)
  return json(
    200,
    items.map((status) => render(call, status)),
    headers,
  )
}

/** The older list: on Gitea one of a branch is empty. */
export const listStatusesOfSha = (call: Call, sha: string): ApiResponse =>
  isGitea(call) && !isFullSha(sha) ? json(200, []) : listStatuses(call, sha)

/** https://docs.github.com/rest/commits/statuses#get-the-combined-status-for-a-specific-reference */
export function combinedStatus(call: Call, ref: string): ApiResponse {
  const { store, base, repository, options } = call
  const sha = resolveRef(store, repository, ref)
  if (!sha) return unresolved(call, ref)
  const all = newest(store, repository, sha)
  const { items, headers } = pageOf(call, all, options.combinedLink)
  const states = (of: StatusRecord[]) => of.map(({ state }) => state)
  const body = combinedBody(base, repository, sha, {
    state: combinedState(states(all)),
    statuses: items.map((status) => simpleStatusBody(base, repository, status)),
    total_count: all.length,
  })
  if (!isGitea(call)) return json(200, body, headers)
  const statuses = items.map((status) => giteaStatusBody(base, repository, status))
  const ofPage = {
    state: giteaCombinedState(states(items)),
    statuses: statuses.length ? statuses : null,
    total_count: items.length,
  }
  return json(200, { ...body, ...ofPage }, headers)
}
