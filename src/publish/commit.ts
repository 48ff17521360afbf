import type { Failure } from '../github/cause.ts'
import type { GitHub } from '../github/connect.ts'
import type { Result } from '../github/request.ts'
import { resolveRef } from '../github/resolve-ref.ts'
import type { Access } from '../runner/access.ts'
import { type Env, inputText } from '../runner/env.ts'
import { type Inputs, strictText, wrong } from '../runner/inputs.ts'
import { readEventCommit, testMergeHead } from '../runner/ref.ts'
import { type Commit, expectedSha, isSha } from '../status/event-commit.ts'
import type { Found, Memory } from './memory.ts'
import { commitKeyOf } from './mode.ts'

/**
 * Which commit to publish on: `sha`, the head of `pull_request`, or the event's, which is told by
 * the table in `status/event-commit.ts`. An entry of `statuses` can name its own. Main keeps what
 * pre found for the same inputs.
 * @param isNeeded whether anything is published on it: not if every entry of a list names its own
 */
export function readCommit(
  inputs: Inputs,
  payload: unknown,
  access: Access,
  isNeeded: boolean,
  found?: Found,
): Commit {
  if (found && 'sha' in found && found.by === commitKeyOf(inputs.env)) return { sha: found.sha }
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

/**
 * Finds the commit to publish on. The head of a pull request takes a request, which the job's first
 * stage makes, once: somebody may push while the job runs, and its result must not go to a head
 * that it never saw. What that stage found, or that it could not, stands while the inputs that
 * decide the commit stay the same.
 * @returns the commit, empty if none is needed, and what is remembered of it
 */
export async function findCommit(
  github: GitHub,
  env: Env,
  { commit, needsCommit }: { commit: Commit; needsCommit: boolean },
  before: Memory,
): Promise<{ found: Result<string>; memory: Memory }> {
  if (!needsCommit) return { found: { value: '' }, memory: before }
  const by = commitKeyOf(env)
  const lost = before.found?.by === by && 'why' in before.found ? before.found.why : undefined
  if (lost !== undefined) return { found: { failure: lostCommit(lost) }, memory: before }
  if ('none' in commit) return { found: { failure: noCommit(commit.none) }, memory: before }
  if ('sha' in commit) return { found: { value: commit.sha }, memory: before }

  const found = await resolveRef(github, commit)
  const remembered = rememberedOf(found, by, env)
  return { found, memory: { ...before, ...(remembered && { found: remembered }) } }
}

/** A token that comes from a step may still find it. */
function rememberedOf(found: Result<string>, by: string, env: Env): Found | undefined {
  if ('value' in found) return { by, sha: found.value }
  return inputText(env, 'token') === '' ? undefined : { by, why: found.failure.message }
}

function lostCommit(why: string): Failure {
  const message = `The commit was not found when the job started, and another may have been pushed since: nothing is published. ${why}`
  return { cause: 'missing', message, topic: 'the-commit-was-not-found-when-the-job-started' }
}

function noCommit(reason: string): Failure {
  const message = `There is no commit for the entries of \`statuses\` without a \`sha\`: ${reason}.`
  return { cause: 'missing', message, topic: '' }
}
