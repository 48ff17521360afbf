import type { Job } from '../status/link.ts'
import { type Platform, platformOf } from '../status/platform.ts'
import { withoutSlashes } from '../status/url.ts'

/** The environment of a stage as the runner sets it: GITHUB_*, INPUT_*, STATE_*. */
export type Env = Readonly<Record<string, string | undefined>>

/** The text of an input without the white space around it, empty if it is not given. */
export function inputText(env: Env, name: string): string {
  return (env[`INPUT_${name.toUpperCase()}`] ?? '').trim()
}

/** What ended a stage too early, in a sentence. */
export function unexpected(error: unknown): string {
  const {
    code,
    syscall = '',
    message,
  }: NodeJS.ErrnoException = error instanceof Error ? error : new Error(String(error))
  const isUnwritten = ['open', 'write'].includes(syscall) || message.startsWith('Missing file')
  return isUnwritten
    ? `A file of the runner could not be written (${code ?? 'it is missing'}): free some space on its disk, and check that a step has not removed or locked the file.`
    : `Unexpected error; please report it: ${message}`
}

/**
 * The job that runs this stage, from the environment and the wired input `check_run_id`. A
 * malformed id counts as unknown: the link is then the run's page.
 * https://docs.github.com/actions/reference/workflows-and-actions/variables
 */
export function jobOf(env: Env): Job {
  const platform = runnerPlatform(env)
  return {
    server: withoutSlashes(env.GITHUB_SERVER_URL ?? ''),
    repository: env.GITHUB_REPOSITORY ?? '',
    platform,
    run: digits(platform.hasJobIds ? env.GITHUB_RUN_ID : env.GITHUB_RUN_NUMBER),
    attempt: Number(digits(env.GITHUB_RUN_ATTEMPT, 9)) || 1,
    job: platform.hasJobIds ? digits(inputText(env, 'check_run_id')) : '',
  }
}

export function runnerPlatform(env: Env): Platform {
  return platformOf(env.GITHUB_API_URL ?? '')
}

function digits(text = '', most = 20): string {
  return /^\d+$/.test(text) && text.length <= most ? text : ''
}

/** The workflow's name, or its file's name if GITHUB_WORKFLOW is empty, as on Gitea. */
export function workflowName(env: Env): string {
  const [path = ''] = (env.GITHUB_WORKFLOW_REF ?? '').split('@')
  return env.GITHUB_WORKFLOW || (path.split('/').at(-1) ?? '')
}
