import { readCombinedStatus } from '../github/combined-status.ts'
import type { GitHub } from '../github/connect.ts'
import { createStatus, type NewStatus } from '../github/create-status.ts'
import type { Result } from '../github/request.ts'
import type { Status } from '../github/status.ts'
import { isSameName } from '../status/context.ts'
import { quote } from '../status/text.ts'

/**
 * Closes a status whose job never reported.
 * @returns whether it is closed: not if something else was published under its name meanwhile
 */
export async function close(
  github: GitHub,
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
  let newest: Status | undefined = lost
  const mayRetry = async () => {
    const read = await newestOf(github, sha, lost.context)
    if ('failure' in read) return true
    newest = read.value
    return newest?.id === lost.id
  }

  const created = await createStatus(github, closing, mayRetry)
  const name = `${quote(lost.context, 255)} on ${github.access.repository}@${sha.slice(0, 7)}`
  const isWithdrawn = 'failure' in created && created.failure.cause === 'withdrawn'
  if ('failure' in created && !isWithdrawn) return created
  if (isWithdrawn && !isSame(newest, closing)) {
    github.log(`Left ${name} alone: something newer was published under this name.`)
    return { value: false }
  }
  github.log(`Closed ${name}: ${closing.state}`)
  return { value: true }
}

async function newestOf(
  github: GitHub,
  sha: string,
  context: string,
): Promise<Result<Status | undefined>> {
  const read = await readCombinedStatus(github, sha, new Map())
  if ('failure' in read) return read
  const isNamed = (status: Status) => isSameName(status.context, context, github.access.platform)
  return { value: read.value.items.find(isNamed) }
}

function isSame(status: Status | undefined, closing: NewStatus): boolean {
  return (
    status?.state === closing.state &&
    status.description === closing.description &&
    status.target_url === closing.target_url
  )
}
