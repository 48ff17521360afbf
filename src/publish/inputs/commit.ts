import type { Access } from '../../runner/access.ts'
import { type Inputs, strictText, wrong } from '../../runner/inputs.ts'
import { readEventCommit, testMergeHead } from '../../runner/ref.ts'
import { type Commit, expectedSha, isSha } from '../../status/event-commit.ts'

/**
 * Which commit to publish on: `sha`, the head of `pull_request`, or the event's, see `event-
 * commit.ts`. An entry of `statuses` can name its own. Main keeps what pre found: `find-commit.ts`.
 * @param isNeeded whether anything is published on it: not if every entry of a list names its own
 */
export function readCommit(
  inputs: Inputs,
  payload: unknown,
  access: Access,
  isNeeded: boolean,
): Commit {
  const sha = strictText(inputs, 'sha', "'event'", `\`event\`, or ${expectedSha()}`)
  const pullRequest = strictText(inputs, 'pull_request', "'none'", 'the number of a pull request')

  if (pullRequest !== '' && pullRequest !== 'none') {
    if (sha !== '' && sha !== 'event')
      wrong(inputs, 'sha', 'to be omitted: `pull_request` decides the commit')
    return readPullRequest(inputs, pullRequest)
  }
  if (sha === 'event') {
    return isNeeded ? readEventCommit(inputs, 'sha', payload, access) : { none: 'none is needed' }
  }
  if (sha !== '' && !isSha(sha)) wrong(inputs, 'sha', `\`event\`, or ${expectedSha(sha)}`)
  warnOfTestMerge(inputs, 'Input `sha`', sha, payload)
  return { sha: sha.toLowerCase() }
}

function readPullRequest(inputs: Inputs, value: string): Commit {
  const number = /^\d{1,15}$/.test(value) ? Number(value) : 0
  if (number === 0) wrong(inputs, 'pull_request', '`none`, or the number of a pull request')
  return { pullRequest: number }
}

/** @param where what names the commit, such as `statuses[3].sha` */
export function warnOfTestMerge(
  inputs: Inputs,
  where: string,
  sha: string,
  payload: unknown,
): void {
  const head = testMergeHead(inputs, sha, payload)
  if (head === undefined) return
  inputs.warnings.push(
    `${where} is the pull request's test merge commit, whose statuses override the head's. Omit it to publish on ${head} where people look.`,
  )
}
