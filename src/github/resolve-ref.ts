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
  const pull = await readPull(github, ref.pullRequest)
  return 'failure' in pull ? pull : { value: pull.value.sha }
}

/** The head of a pull request, and the branch that it goes into. */
export function readPull(
  github: GitHub,
  number: number,
): Promise<Result<{ sha: string; base: string }>> {
  return request(github, {
    doing: `find the head of pull request #${number}`,
    permission: 'pull-requests: read',
    pullRequest: number,
    route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}',
    parameters: { pull_number: number },
    expected: 200,
    parse: (data) => {
      const [sha, base] = [at(data, 'head.sha'), at(data, 'base.ref')]
      const isWhole = isSha(sha) && typeof base === 'string'
      return isWhole ? { sha: sha.toLowerCase(), base } : undefined
    },
  })
}
