import type { Job } from '../status/link.ts'
import { isGiteaApi, withoutSlashes } from '../status/url.ts'
import { type Env, inputText } from './env.ts'

/**
 * The job that runs this stage, from the environment and the wired input `check_run_id`. A
 * malformed id counts as unknown: the link is then the run's page.
 * https://docs.github.com/actions/reference/workflows-and-actions/variables
 */
export function jobOf(env: Env): Job {
  const isGitea = isGiteaRunner(env)
  return {
    server: withoutSlashes(env.GITHUB_SERVER_URL ?? ''),
    repository: env.GITHUB_REPOSITORY ?? '',
    isGitea,
    run: digits(isGitea ? env.GITHUB_RUN_NUMBER : env.GITHUB_RUN_ID),
    attempt: Number(digits(env.GITHUB_RUN_ATTEMPT, 9)) || 1,
    job: isGitea ? '' : digits(inputText(env, 'check_run_id')),
  }
}

/**
 * Whether the runner belongs to Gitea or Forgejo, on which post and defaults behave differently.
 */
export function isGiteaRunner(env: Env): boolean {
  return isGiteaApi(env.GITHUB_API_URL ?? '')
}

function digits(text = '', most = 20): string {
  return /^\d+$/.test(text) && text.length <= most ? text : ''
}

/**
 * The workflow's name, or its file's name if it has none: on Gitea, GITHUB_WORKFLOW is then empty.
 */
export function workflowName(env: Env): string {
  const [path = ''] = (env.GITHUB_WORKFLOW_REF ?? '').split('@')
  return env.GITHUB_WORKFLOW || (path.split('/').at(-1) ?? '')
}
