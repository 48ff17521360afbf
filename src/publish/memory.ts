import type { Cause } from '../github/trouble.ts'
import type { Runner } from '../runner/runner.ts'
import type { Commit } from '../status/commit.ts'
import type { Choices } from '../status/state.ts'
import type { Env } from './mode.ts'

/** A status that was opened, or may have been: the request for it was about to be made. */
export type Opened = {
  repository: string
  apiUrl: string
  commit: Commit
  contexts: string[]
  /** What the user gave for it; empty where it is derived. */
  description: string
  targetUrl: string | undefined
  /** Milliseconds since 1970. */
  startedAt: number
}

/** What one stage leaves for the next, in the runner's state. It never holds a token. */
export type Memory = {
  opened: Opened[]
  /** The names that the input `context` came to. */
  contexts: string[]
  choices: Choices
  failOnError: boolean
  /** The token may not write, which was said once: no further request. */
  readOnly: boolean
  /** Why main failed. */
  failed: Cause | undefined
}

/** The outputs of main, ready to be appended to GITHUB_OUTPUT while the inputs are still those of `fingerprint`. */
export type Ready = { fingerprint: string; outputs: string; said: string }

export function recall(env: Env): Memory | undefined {
  return parse(env.STATE_memory)
}

export function readyOutputs(env: Env): Ready | undefined {
  return parse(env.STATE_ready)
}

function parse<T>(text: string | undefined): T | undefined {
  return text ? JSON.parse(text) : undefined
}

/** Says what there is to remember; nothing where there neither is nor was anything, so that post has nothing to load. */
export function remember(runner: Runner, memory: Memory): void {
  const isNews = memory.opened.length > 0 || memory.readOnly || recall(runner.env) !== undefined
  if (isNews) runner.saveState('memory', JSON.stringify(memory))
}

/** What is left of `opened` without these contexts of a commit. */
export function without(
  opened: readonly Opened[],
  { repository, commit }: Pick<Opened, 'repository' | 'commit'>,
  contexts: readonly string[],
): Opened[] {
  const names = contexts.map((name) => name.toLowerCase())
  return opened
    .map((one) =>
      one.repository === repository && JSON.stringify(one.commit) === JSON.stringify(commit)
        ? { ...one, contexts: one.contexts.filter((name) => !names.includes(name.toLowerCase())) }
        : one,
    )
    .filter((one) => one.contexts.length > 0)
}
