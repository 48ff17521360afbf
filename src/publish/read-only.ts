import type { Failure } from '../github/cause.ts'
import type { Env } from '../runner/env.ts'
import { report } from '../runner/report.ts'
import type { Runner } from '../runner/toolkit.ts'
import { PULL_REQUEST_EVENTS } from '../status/event-commit.ts'
import { at } from '../status/json.ts'

export type Author = 'fork' | 'Dependabot'

const TEXT: Readonly<Record<Author, string>> = {
  fork: 'No commit status is published: pull requests from forks get a read-only token. The job is not affected. To publish for forks, add a workflow on `workflow_run`.',
  Dependabot:
    'No commit status is published: runs started by Dependabot get a read-only token. The job is not affected. To publish there too, add `permissions: { statuses: write }` to the job, and what its other steps need.',
}

const TOPIC: Readonly<Record<Author, string>> = {
  fork: 'no-commit-status-is-published-pull-requests-from-forks-get-a-read-only-token',
  Dependabot: 'no-commit-status-is-published-runs-started-by-dependabot-get-a-read-only-token',
}

/**
 * Whether failures mean that the job's own token is read-only. The answer decides, not the payload,
 * which only tells which advice fits; a token that was given is never the reason.
 * @param isJobToken whether the job's own token was refused
 */
export function isReadOnly(failures: readonly Failure[], isJobToken: boolean): boolean {
  return isJobToken && failures.some(({ topic }) => topic === 'the-token-lacks-a-permission')
}

const DEPENDABOT = 'dependabot[bot]'

/** Whose pull request makes the job's token read-only, undefined if neither applies. */
export function untrustedAuthor(env: Env, payload: unknown): Author | undefined {
  const { GITHUB_EVENT_NAME: event = '', GITHUB_ACTOR: actor } = env
  const isDependabot = [actor, at(payload, 'pull_request.user.login')].includes(DEPENDABOT)
  if (isDependabot) return 'Dependabot'
  if (!PULL_REQUEST_EVENTS.includes(event)) return undefined

  const head = at(payload, 'pull_request.head.repo.id')
  const base = at(payload, 'pull_request.base.repo.id')
  return head === base ? undefined : 'fork'
}

/**
 * Says, in the log and in the job summary, why nothing is published and what helps. The job stays
 * green.
 */
export async function reportReadOnly(runner: Runner, author: Author): Promise<void> {
  report(runner, 'warning', [{ message: TEXT[author], topic: TOPIC[author] }])
  await runner.summarize(`### Commit status\n\n${TEXT[author]}\n`)
}
