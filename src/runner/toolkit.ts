import { readFileSync } from 'node:fs'
import * as core from '@actions/core'
import { type Env, runnerPlatform } from './env.ts'
import { type Fetch, nodeFetch } from './transport.ts'

/**
 * Everything a stage touches outside itself. Texts can contain anything: a line that the runner
 * would treat as a workflow command never leaves here, except those that are meant.
 */
export type Runner = {
  env: Env
  /** The event's payload, or undefined if there is none that can be read. */
  payload: unknown
  fetch: Fetch
  info(text: string): void
  /** An annotation that leaves the step green. */
  warning(text: string): void
  /** An annotation that fails the step. */
  fail(text: string): void
  mask(secret: string): void
  setOutput(name: string, value: string): void
  saveState(name: string, value: string): void
  /** Settles when the runner stops this step: by SIGINT, and 7.5 s later SIGTERM. */
  cancelled(): Promise<void>
  /** Adds Markdown to the job summary. A summary that cannot be written fails nothing. */
  summarize(markdown: string): Promise<void>
}

/** The GitHub Actions runner, through its toolkit. */
export function actionsRunner(): Runner {
  const { env } = process
  // The log of Gitea and Forgejo shows a line break in an annotation as `%0A`.
  const annotation = (text: string) =>
    harmless(runnerPlatform(env).hasLongAnnotations ? text : text.split('\n').join(' '))

  return {
    env,
    payload: readPayload(env.GITHUB_EVENT_PATH),
    fetch: nodeFetch,
    info: (text) => core.info(harmless(text)),
    warning: (text) => core.warning(annotation(text)),
    fail: (text) => core.setFailed(annotation(text)),
    mask: core.setSecret,
    setOutput: core.setOutput,
    saveState: core.saveState,
    cancelled,
    summarize,
  }
}

function cancelled(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}

async function summarize(markdown: string): Promise<void> {
  await core.summary
    .addRaw(markdown, true)
    .write()
    .catch((error) => core.debug(harmless(String(error))))
}

/**
 * The runner treats a line that starts with `::`, after any blanks, and `##[name]` anywhere as a
 * command.
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
function harmless(text: string): string {
  return text
    .split(/[\r\n\u0085\u2028\u2029]+/)
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

/**
 * "Outputs can be a maximum of 1 MB per job. […] Size is approximated based on UTF-16 encoding."
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs
 */
const LARGEST = 1_048_576

/** Sets outputs, as JSON unless they are texts. One that is too large is left empty. */
export function setOutputs(runner: Runner, outputs: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(outputs)) {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    const share = (text.length * 2) / LARGEST
    runner.setOutput(name, share > 1 ? '' : text)
    if (share <= 1) continue
    runner.warning(
      `The output \`${name}\` is left empty: it would be ${share.toFixed(1)} MB, and the runner's limit is 1 MB. Narrow it with a name or a limit.`,
    )
  }
}
