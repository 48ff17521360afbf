import { pullBody } from './bodies.ts'
import { checkRunBody, latestCheckRuns } from './check-run.ts'
import { checkRuns } from './histories.ts'
import { type ApiResponse, type Call, json, notFound } from './http.ts'
import { pageOf } from './paging.ts'
import { resolveRef } from './repositories.ts'
import { unresolved } from './statuses.ts'

/** https://docs.github.com/rest/checks/runs#list-check-runs-for-a-git-reference */
export function listCheckRuns(call: Call, ref: string): ApiResponse {
  const { store, base, repository, query } = call
  const sha = resolveRef(store, repository, ref)
  if (!sha) return unresolved(call, ref)
  const all = checkRuns(repository, sha).toSorted((one, other) => other.id - one.id)
  const runs = query.get('filter') === 'all' ? all : latestCheckRuns(all)
  const { items, headers } = pageOf(call, runs)
  const fullName = `${repository.owner}/${repository.name}`
  const check_runs = items.map((run) => checkRunBody(base, fullName, run))
  return json(200, { total_count: runs.length, check_runs }, headers)
}

/** https://docs.github.com/rest/pulls/pulls#get-a-pull-request */
export function getPull({ store, base, repository }: Call, number: string): ApiResponse {
  const found = /^\d+$/.test(number) ? repository.pulls.get(Number(number)) : undefined
  if (!found) return notFound(store)
  return json(200, pullBody(base, repository, Number(number), found))
}
