import type { Failure } from '../github/cause.ts'
import type { GitHub } from '../github/connect.ts'
import type { Result } from '../github/request.ts'
import { resolveRef } from '../github/resolve-ref.ts'
import { type Env, inputText } from '../runner/env.ts'
import type { PublishInputs } from './inputs/read.ts'
import type { Found, Memory } from './memory.ts'
import { commitKeyOf } from './mode.ts'

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
  { commit, once }: Pick<PublishInputs, 'commit' | 'once'>,
  before: Memory,
): Promise<{ found: Result<string>; memory: Memory }> {
  const isNeeded = once?.kind !== 'list' || once.entries.some(({ sha }) => sha === undefined)
  if (!isNeeded) return { found: { value: '' }, memory: before }
  const by = commitKeyOf(env)
  if (before.found?.by === by) return { found: resultOf(before.found), memory: before }
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

function resultOf(found: Found): Result<string> {
  if ('sha' in found) return { value: found.sha }
  const message = `The commit was not found when the job started, and another may have been pushed since: nothing is published. ${found.why}`
  const topic = 'the-commit-was-not-found-when-the-job-started'
  return { failure: { cause: 'missing', message, topic } }
}

function noCommit(reason: string): Failure {
  const message = `There is no commit for the entries of \`statuses\` without a \`sha\`: ${reason}.`
  return { cause: 'missing', message, topic: '' }
}
