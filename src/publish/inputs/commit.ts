import { type Inputs, strictText, wrong } from '../../runner/inputs.ts'
import { readEventCommit } from '../../runner/ref.ts'
import { type Commit, isSha, isTestMerge } from '../../status/event-commit.ts'

/**
 * Which commit to publish on: `sha`, the head of `pull_request`, or the event's (`event-commit.ts` has
 * the table). An entry of `statuses` can name its own: `entry.ts`. Main keeps what pre found for the
 * same inputs: `commitFoundFor`.
 */
export function readCommit(inputs: Inputs, payload: unknown): Commit {
  const sha = strictText(inputs, 'sha', "'event'", 'the 40 hexadecimal digits of a commit')
  const pullRequest = strictText(inputs, 'pull_request', "'none'", 'the number of a pull request')

  if (pullRequest !== '' && pullRequest !== 'none') {
    if (sha !== '' && sha !== 'event')
      wrong(inputs, 'sha', 'to be omitted: `pull_request` decides the commit')
    return readPullRequest(inputs, pullRequest)
  }
  if (sha === 'event') return readEventCommit(inputs, 'sha', payload)
  if (sha !== '' && !isSha(sha))
    wrong(inputs, 'sha', '`event`, or the 40 hexadecimal digits of a commit')
  warnOfTestMerge(inputs, sha, payload)
  return { sha: sha.toLowerCase() }
}

function readPullRequest(inputs: Inputs, value: string): Commit {
  const number = /^\d{1,15}$/.test(value) ? Number(value) : 0
  if (number === 0) wrong(inputs, 'pull_request', '`none`, or the number of a pull request')
  return { pullRequest: number }
}

function warnOfTestMerge(inputs: Inputs, sha: string, payload: unknown): void {
  const { GITHUB_EVENT_NAME = '', GITHUB_SHA = '' } = inputs.env
  if (!isTestMerge(sha.toLowerCase(), GITHUB_EVENT_NAME, payload, GITHUB_SHA)) return
  inputs.warnings.push(
    `Input \`sha\` is the pull request's test merge commit, whose statuses override the head's. Omit \`sha\` to publish on the head.`,
  )
}
