import { readFileSync } from 'node:fs'
import * as core from '@actions/core'
import type { Env } from '../publish/mode.ts'
import { type Fetch, nodeFetch } from './transport.ts'

/**
 * What a stage touches of the machine it runs on, and of the network. Texts may hold anything: a line that the runner would take for a
 * workflow command never leaves here, but for those that are meant.
 */
export type Runner = {
  env: Env
  /** The event's payload, or undefined where there is no readable one. */
  payload: unknown
  fetch: Fetch
  info(text: string): void
  /** An annotation that leaves the step green. */
  warning(text: string): void
  /** An annotation that makes the step fail. */
  fail(text: string): void
  mask(secret: string): void
  setOutput(name: string, value: string): void
  saveState(name: string, value: string): void
  /** Settles once the runner stops this step: by SIGINT, and 7.5 s later SIGTERM. */
  cancelled(): Promise<void>
  /** Adds Markdown to the job summary. A summary that cannot be written is no reason to fail. */
  summarize(markdown: string): Promise<void>
}

/** The GitHub Actions runner, through its toolkit. */
export function actionsRunner(): Runner {
  return {
    env: process.env,
    payload: readPayload(process.env.GITHUB_EVENT_PATH),
    fetch: nodeFetch,
    info: (text) => core.info(harmless(text)),
    warning: (text) => core.warning(harmless(text)),
    fail: (text) => core.setFailed(harmless(text)),
    mask: core.setSecret,
    setOutput: core.setOutput,
    saveState: core.saveState,
    cancelled: () =>
      new Promise((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
      }),
    summarize: async (markdown) => {
      await core.summary
        .addRaw(markdown, true)
        .write()
        .catch((error) => core.debug(harmless(String(error))))
    },
  }
}

/**
 * The runner takes a line that starts with `::`, and `##[name]` anywhere in a line, for a workflow command.
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
function harmless(text: string): string {
  return text
    .split(/[\r\n\u2028\u2029]+/)
    .map((line) => line.replace(/^\s*::/, ': :').replaceAll('##[', '# #['))
    .join('\n')
}

function readPayload(path: string | undefined): unknown {
  try {
    return path ? JSON.parse(readFileSync(path, 'utf8')) : undefined
  } catch {
    return undefined
  }
}
