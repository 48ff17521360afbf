import type { Api } from '../github/api.ts'
import { type Failure, isLasting } from '../github/trouble.ts'
import type { Commit } from '../status/commit.ts'
import type { State } from '../status/state.ts'
import { quote } from '../status/text.ts'

/** One state for some contexts of one commit, in texts that GitHub accepts. */
export type Publication = {
  commit: Commit
  contexts: readonly string[]
  state: State
  description: string
  targetUrl: string | undefined
}

/** What came of it: an `id` is empty where that context was refused, `sha` where no commit was found. */
export type Outcome = Pick<Publication, 'state' | 'description' | 'targetUrl'> & {
  sha: string
  published: { context: string; id: string }[]
  failures: Failure[]
}

/** Publishes the state under one context after the other; the rest are still tried where one is refused. */
export async function publish(
  api: Api,
  publication: Publication,
  log: (line: string) => void,
): Promise<Outcome> {
  const { contexts, state, description, targetUrl } = publication
  const outcome: Outcome = { state, description, targetUrl, sha: '', published: [], failures: [] }
  if ('none' in publication.commit) {
    log(`Nothing is published, since there is no commit: ${publication.commit.none}.`)
    return outcome
  }
  const sha = await api.resolve(publication.commit)
  if ('failure' in sha) return { ...outcome, failures: [sha.failure] }
  outcome.sha = sha.value
  for (const context of contexts) {
    const result = outcome.failures.some(isHopeless)
      ? undefined
      : await api.createStatus({ sha: outcome.sha, state, context, description, targetUrl })
    const id = result !== undefined && 'value' in result ? result.value.id : ''
    outcome.published.push({ context, id })
    if (result !== undefined && 'failure' in result) outcome.failures.push(result.failure)
    else if (id !== '')
      log(
        `Published ${state} as ${quote(context, 255)} on ${api.repository}@${outcome.sha}: ${description}`,
      )
  }
  return outcome
}

/** Whether no other context can fare better: it is the token, the repository or the server that is wrong. */
export function isHopeless({ cause }: Failure): boolean {
  return isLasting(cause) && cause !== 'refused'
}
