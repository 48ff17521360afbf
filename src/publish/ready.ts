import type { Env } from '../runner/env.ts'
import { jobOf } from '../runner/job.ts'
import { type Job, jobLink } from '../status/link.ts'
import type { Memory, Opened } from './memory.ts'
import { fingerprintOf, modeOf } from './mode.ts'
import { type Outputs, outputsOf } from './outputs.ts'

/** What main has left to do if pre did everything: set these outputs, and say so in the log. */
type Ready = { outputs: Outputs; line: string }

/**
 * What a memory leaves for main to do, or undefined if there is more: the inputs have changed, or
 * something was not published.
 */
export function readyFrom(memory: Memory, env: Env): Ready | undefined {
  const [opened] = memory.opened
  const isSame = memory.fingerprint === fingerprintOf(env) && modeOf(env) === 'follow'
  const isOpen = opened?.statuses.every(({ id }) => /^\d+$/.test(id))
  if (!isSame || !isOpen || opened === undefined || memory.opened.length > 1) return undefined
  return {
    outputs: outputsOf(publishedIn(opened, pendingLink(jobOf(env), opened.targetUrl))),
    line: 'Already pending; the result follows in the post step.',
  }
}

/**
 * The same for a memory whose seal is not checked, which is good enough to set outputs: in direct
 * use by reference, where nobody can forge both of these variables, only a step before pre could
 * have put it there.
 */
export function readyUnchecked(env: Env): Ready | undefined {
  const { STATE_memory: saved = '', GITHUB_ACTION_REPOSITORY, GITHUB_ACTION_PATH } = env
  const isDirect = Boolean(GITHUB_ACTION_REPOSITORY) && !GITHUB_ACTION_PATH
  if (!isDirect || saved === '') return undefined
  try {
    return readyFrom(JSON.parse(saved.slice(saved.indexOf('.') + 1)), env)
  } catch {
    return undefined
  }
}

function publishedIn({ statuses, sha, description }: Opened, link: string) {
  return statuses.map(({ context, id }) => ({
    context,
    sha,
    id,
    state: 'pending' as const,
    description: description ?? IN_PROGRESS,
    target_url: link,
  }))
}

/** Until the job ends, its status links to its log, whatever the result will link to. */
export function pendingLink(job: Job, targetUrl = ''): string {
  return jobLink(job, 'follows') ?? targetUrl
}

/** The description of a pending status, unless one is given. */
export const IN_PROGRESS = 'In progress'
