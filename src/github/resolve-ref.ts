import { isSha, type Ref } from '../status/event-commit.ts'
import { at } from '../status/json.ts'
import type { GitHub } from './connect.ts'
import { type Result, request } from './request.ts'

/**
 * The SHA, branch or tag to ask for. Only the head of a pull request takes a request.
 * https://docs.github.com/rest/pulls/pulls#get-a-pull-request
 */
export async function resolveRef(github: GitHub, ref: Ref): Promise<Result<string>> {
  if ('ref' in ref) return { value: ref.ref }
  if ('sha' in ref) return { value: ref.sha }
  return request(github, {
    doing: `find the head of pull request #${ref.pullRequest}`,
    permission: 'pull-requests: read',
    pullRequest: ref.pullRequest,
    route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}',
    parameters: { pull_number: ref.pullRequest },
    expected: 200,
    parse: (data) => {
      const sha = at(data, 'head.sha')
      return isSha(sha) ? sha.toLowerCase() : undefined
    },
  })
}
