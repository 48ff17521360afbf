import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { NewStatus } from '../../sandbox/api/github.ts'
import type { Recorded } from '../../sandbox/api/server.ts'
import type { StageOptions, StageResult } from '../../sandbox/runner/stage-runner.ts'
import { type Bench, REPOSITORY, type Setup, SHA, startJob } from './job.ts'

/** The states of some contexts, in the order in which they are published. */
export type States = Record<string, string>

/** A job whose one step uses a sub-action, and a GitHub that has some statuses of GITHUB_SHA. */
export async function startReading(
  action: 'combined' | 'list' | 'sweep',
  { statuses = {}, ...setup }: Setup & { statuses?: States } = {},
): Promise<Bench> {
  const bench = await startJob({
    action: fileURLToPath(new URL(`../../${action}`, import.meta.url)),
    ...setup,
  })
  put(bench, statuses)
  return bench
}

/** Publishes as if other tools did. */
export function put(
  { sandbox }: Bench,
  statuses: States,
  more: Partial<NewStatus> = {},
  sha = SHA,
): void {
  for (const [context, state] of Object.entries(statuses)) {
    sandbox.github.publish(REPOSITORY, sha, { context, state, ...more })
  }
}

/** So many contexts `c0`, `c1` and so on. */
export function many(count: number, state = 'success'): States {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`c${index}`, state]))
}

/** Runs the one stage that a sub-action has. */
export function read(bench: Bench, options: StageOptions = {}): Promise<StageResult> {
  return bench.stage('main', options)
}

/** The messages of the annotations, a line each. */
export function errors({ annotations }: StageResult): string[] {
  return annotations.flatMap(({ message }) => message.split('\n'))
}

/** An output that holds JSON. */
export function json<T = unknown>({ outputs }: StageResult, name: string): T {
  return JSON.parse(outputs[name] ?? 'null')
}

/** The requests for the combined status or the list. */
export function looks({ sandbox }: Bench): Recorded[] {
  return sandbox.requests.filter(({ path }) => /\/status(es)?$/.test(path))
}

/** Settles as soon as it is so. */
export async function until(isSo: () => boolean): Promise<void> {
  const end = Date.now() + 20_000
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`it never came to be: ${isSo}`)
    await sleep(5)
  }
}
