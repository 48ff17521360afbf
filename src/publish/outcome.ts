import type { Failure } from '../github/cause.ts'
import type { GitHub } from '../github/connect.ts'
import type { Written } from '../github/write.ts'
import type { Access } from '../runner/access.ts'
import type { Env } from '../runner/env.ts'
import { type Problem, report } from '../runner/report.ts'
import type { Runner } from '../runner/toolkit.ts'
import { PULL_REQUEST_EVENTS } from '../status/event-commit.ts'
import { at } from '../status/json.ts'
import type { Job } from '../status/link.ts'
import { quote } from '../status/text.ts'
import { parseUrl } from '../status/url.ts'

/** What came of some statuses. `failure`: they were not tried, since the commit was not found. */
export type Writes = { written: readonly Written[]; failure?: Failure }

/** All failures, that of the commit first. */
export function failuresIn({ written, failure }: Writes): Failure[] {
  const each = writeFailuresIn({ written })
  return failure === undefined ? each : [failure, ...each]
}

export function writeFailuresIn({ written }: Pick<Writes, 'written'>): Failure[] {
  return written.flatMap((one) => one.failure ?? [])
}

/** What went wrong, with the names that were not tried after that. */
export function problemsIn(writes: Writes): Problem[] {
  const failures = failuresIn(writes)
  const untried = writes.written.filter(({ id, kept, failure }) => id === '' && !kept && !failure)
  if (untried.length === 0) return failures

  const start = failures.length > 0 ? 'Not attempted after that' : 'Cancelled before publishing'
  const names = untried.map(({ status }) => quote(status.context, 255))
  return [...failures, { message: `${start}: ${names.join(', ')}.` }]
}

/** Says in the log what became of one status; a failure is reported later, with the others. */
export function logWritten({ access, log }: GitHub, job: Job, written: Written): void {
  if (written.failure === undefined) log(lineOf(written, access.repository, ownServer(job, access)))
}

function lineOf({ status, id, kept }: Written, repository: string, server: string): string {
  const { context, state, description, sha } = status
  const name = `${quote(context, 255)} on ${commitLabel(repository, sha, server)}`
  if (kept === 'newer') return `Left ${name}: a newer run has already published it.`
  if (kept === 'failure' && id === '') {
    return `Left ${name} as failed: this job's success must not hide another job's failure.`
  }
  if (kept === 'sibling' && id === '') {
    return `Left ${name} pending: another job still runs under this name.`
  }
  return `Published ${state} as ${name}: ${description}`
}

/** `owner/name@abc1234`, with the commit's page if the server is our own job's. */
function commitLabel(repository: string, sha: string, server: string): string {
  const label = `${repository}@${sha.slice(0, 7)}`
  return server === '' ? label : `${label} (${server}/${repository}/commit/${sha})`
}

/** The server of a repository's pages: our job's own, or empty if the API is another server's. */
function ownServer({ server }: Job, { apiUrl }: Access): string {
  const [page, api] = [parseUrl(server)?.hostname, parseUrl(apiUrl)?.hostname]
  return page !== undefined && (api === page || api === `api.${page}`) ? server : ''
}

export type Author = 'fork' | 'Dependabot'

const READ_ONLY: Readonly<Record<Author, Problem>> = {
  fork: {
    message:
      'No commit status is published: pull requests from forks get a read-only token. The job is not affected. To publish for forks, add a workflow on `workflow_run`.',
    topic: 'no-commit-status-is-published-pull-requests-from-forks-get-a-read-only-token',
  },
  Dependabot: {
    message:
      'No commit status is published: runs started by Dependabot get a read-only token. The job is not affected. To publish there too, add `permissions: { statuses: write }` to the job, and what its other steps need.',
    topic: 'no-commit-status-is-published-runs-started-by-dependabot-get-a-read-only-token',
  },
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

/** Says in the log and the job summary why nothing is published. The job stays green. */
export async function reportReadOnly(runner: Runner, author: Author): Promise<void> {
  report(runner, 'warning', [READ_ONLY[author]])
  await runner.summarize(`### Commit status\n\n${READ_ONLY[author].message}\n`)
}
