import type { GitHub } from '../github/connect.ts'
import type { NewStatus } from '../github/create-status.ts'
import type { History } from '../github/history.ts'
import type { Result } from '../github/request.ts'
import type { Status } from '../github/status.ts'
import { type Rule, write } from '../github/write.ts'
import { quote } from '../status/text.ts'

/**
 * Closes a status whose job never reported.
 * @returns whether it is closed: not if something else was published under its name meanwhile
 */
export async function close(
  github: GitHub,
  history: History,
  lost: Status,
  sha: string,
  conclusion: string,
): Promise<Result<boolean>> {
  const closing: NewStatus = {
    sha,
    state: conclusion === 'failure' ? 'failure' : 'error',
    context: lost.context,
    description: `The job never reported; its run ended: ${conclusion}`,
    target_url: lost.target_url,
  }
  const rule: Rule = {
    looksFirst: true,
    decide: ([newest], status) =>
      newest === undefined || newest.id === lost.id
        ? { does: 'write', status }
        : { does: 'leave', why: 'newer' },
  }

  const { id, failure } = await write(github, history, closing, rule)
  if (failure !== undefined) return { failure }
  const name = `${quote(lost.context, 255)} on ${github.access.repository}@${sha.slice(0, 7)}`
  github.log(
    id === ''
      ? `Left ${name} alone: something newer was published under this name.`
      : `Closed ${name}: ${closing.state}`,
  )
  return { value: id !== '' }
}
