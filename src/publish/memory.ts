import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Env, inputText } from '../runner/env.ts'
import type { Problem } from '../runner/report.ts'
import type { Runner } from '../runner/toolkit.ts'
import { DEFAULT_WORD_STATES, type State, type WordStates } from '../status/state.ts'
import { fingerprintOf, placeOf } from './mode.ts'
import { type Author, untrustedAuthor } from './outcome.ts'

export type Target = { repository: string; apiUrl: string; sha: string }

/** What was opened on one commit, or may have been: it is remembered before the request is made. */
export type Opened = Target & {
  /** The id is empty if it was not opened, {@link UNSURE} if it may have been. */
  statuses: { context: string; id: string }[]
  /** What the user gave, empty if it is derived. */
  description?: string
  targetUrl?: string
  /** Milliseconds since 1970. */
  startedAt: number
  /** Takes the place of the job's result, as the description of an error. */
  error?: string
}

/** Stands for the id of a status that may have been opened: the answer was lost. */
export const UNSURE = '?'

export function isKnownId(id: string): boolean {
  return id !== '' && id !== UNSURE
}

/**
 * The commit that the job's first stage found by a request, or why it could not. `by` stands for
 * the inputs that decide which commit it is.
 */
export type Found = { by: string } & ({ sha: string } | { why: string })

/** What one stage leaves for the next. It never holds a token. What it lacks is the default. */
export type Memory = {
  fingerprint: string
  place?: string
  opened: Opened[]
  found?: Found
  cancelledState?: State
  failOnError?: false
  /** Whose pull request it is, if GitHub gives that a read-only token. */
  author?: Author
  /** The job's own token cannot write, which was said once. */
  readOnly?: true
  /** Why main failed: the topic of its first failure. */
  failed?: string
  /** Inputs that were not known before the job's steps. */
  unknown?: string[]
}

export function emptyMemory(
  { choices: { cancelled }, failOnError }: { choices: WordStates; failOnError: boolean },
  { env, payload }: Runner,
): Memory {
  const place = placeOf(env)
  const author = untrustedAuthor(env, payload)
  return {
    fingerprint: fingerprintOf(env),
    opened: [],
    ...(place && { place }),
    ...(author && { author }),
    ...(cancelled !== DEFAULT_WORD_STATES.cancelled && { cancelledState: cancelled }),
    ...(!failOnError && { failOnError: false }),
  }
}

/**
 * Saves the memory with a seal: any step can put a value into `STATE_memory` by GITHUB_ENV if no
 * stage has saved one. The seal is keyed by the job's own token, an input, which no step can forge.
 * Nothing to remember is the empty text.
 */
export function remember(runner: Runner, memory: Memory | undefined): void {
  const text = memory === undefined ? '' : JSON.stringify(memory)
  runner.saveState('memory', text === '' ? '' : `${sealOf(text, runner.env)}.${text}`)
}

/** What the earlier stages left: a memory, nothing, or a text without the right seal. */
export function recall(env: Env): Memory | 'nothing' | 'not ours' {
  const saved = env.STATE_memory ?? ''
  if (saved === '') return 'nothing'

  const end = saved.indexOf('.')
  const seal = Buffer.from(saved.slice(0, Math.max(end, 0)))
  const right = Buffer.from(sealOf(saved.slice(end + 1), env))
  if (seal.length !== right.length || !timingSafeEqual(seal, right)) return 'not ours'
  return JSON.parse(saved.slice(end + 1))
}

function sealOf(text: string, env: Env): string {
  return createHmac('sha256', inputText(env, 'job_token')).update(text).digest('base64url')
}

/** Why a memory without the right seal is not used, and what follows. */
export function notOurs(consequence: string): Problem {
  return {
    message: `The saved state was not written by this job: another step set \`STATE_memory\`, or \`job_token\` has changed since. ${consequence}`,
    topic: 'the-saved-state-was-not-written-by-this-job',
  }
}
