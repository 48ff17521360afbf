import { isRecord } from '../status/json.ts'
import type { State } from '../status/state.ts'
import { quote } from '../status/text.ts'
import type { GitHub } from './connect.ts'
import { type Result, request } from './request.ts'
import { stateIn } from './status.ts'

/** A status to be created. */
export type NewStatus = {
  sha: string
  state: State
  context: string
  description: string
  target_url: string | undefined
}

/**
 * Sends one status once, and gives its id. Only a 201 that repeats the state counts: anything else
 * lost the write.
 * https://docs.github.com/rest/commits/statuses#create-a-commit-status
 */
export function createStatus(
  github: GitHub,
  { sha, ...status }: NewStatus,
): Promise<Result<{ id: string }>> {
  const { repository } = github.access
  const { target_url = undefined, ...texts } = status
  return request(github, {
    doing: `publish ${quote(status.context, 255)} on ${repository}@${sha.slice(0, 7)}`,
    permission: 'statuses: write',
    route: 'POST /repos/{owner}/{repo}/statuses/{sha}',
    parameters: { sha, ...texts, ...(target_url === undefined ? {} : { target_url }) },
    expected: 201,
    parse: (data) => createdId(data, status.state),
  })
}

function createdId(data: unknown, state: State): { id: string } | undefined {
  const isStored = isRecord(data) && stateIn(data) === state && Number.isSafeInteger(data.id)
  return isStored ? { id: String(data.id) } : undefined
}
