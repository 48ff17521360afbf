import { EOL } from 'node:os'
import { type Env, jobOf } from '../runner/env.ts'
import { type Job, jobLink } from '../status/link.ts'
import { type State, worstOf } from '../status/state.ts'
import type { Memory, Opened } from './memory.ts'
import { fingerprintOf, modeOf } from './mode.ts'

/** What came of one status: `id` is empty if it was not published. */
type Published = {
  context: string
  sha: string
  id: string
  state: State
  description: string
  target_url: string
}

export type Outputs = Record<keyof typeof NONE, string>

const NONE = {
  state: '',
  context: '',
  description: '',
  target_url: '',
  sha: '',
  id: '',
  published: 'false',
  statuses: '[]',
}

/**
 * The outputs if there was nothing to publish.
 * @param isDone whether that is what was asked for: an empty list
 */
export function noOutputs(isDone = false): Outputs {
  return { ...NONE, published: String(isDone) }
}

/**
 * The outputs of the root action. Of several statuses, `context`, `sha` and `id` hold a line each,
 * empty for one that was not published. A list has the worst state, and no description and link of
 * its own.
 */
export function outputsOf(all: readonly Published[], isList = false): Outputs {
  const [first] = all
  if (first === undefined) return noOutputs()

  const there = all.filter(({ id }) => id !== '')
  const lines = (key: 'context' | 'sha' | 'id') =>
    all.map((one) => (one.id === '' ? '' : one[key])).join('\n')
  return {
    state: worstOf(all.map(({ state }) => state)),
    context: lines('context'),
    description: isList ? '' : first.description,
    target_url: isList ? '' : first.target_url,
    sha: lines('sha'),
    id: lines('id'),
    published: String(there.length === all.length),
    statuses: JSON.stringify(there.map(({ id, ...one }) => ({ ...one, id: Number(id) }))),
  }
}

/**
 * The outputs as the file named by GITHUB_OUTPUT holds them.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#multiline-strings
 */
export function formatOutputs(outputs: Outputs): string {
  const values = Object.values(outputs).join('\n')
  let end = 'end'
  while (values.includes(end)) end += '_'
  return Object.entries(outputs)
    .map(([name, value]) => `${name}<<${end}${EOL}${value}${EOL}${end}${EOL}`)
    .join('')
}

/** What main has left to do if pre did everything: set these outputs, and say so in the log. */
type Ready = { outputs: Outputs; line: string }

/** What main has left to do, undefined if inputs have changed or something was not published. */
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
 * The same without checking the seal. That is good enough for outputs: in direct use, where nobody
 * can forge both of these variables, only a step before pre could have saved another memory.
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
