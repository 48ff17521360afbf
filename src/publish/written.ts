import type { Failure } from '../github/cause.ts'
import type { GitHub } from '../github/connect.ts'
import type { Written } from '../github/write.ts'
import type { Access } from '../runner/access.ts'
import type { Problem } from '../runner/report.ts'
import type { Job } from '../status/link.ts'
import { listed, quote } from '../status/text.ts'
import { parseUrl } from '../status/url.ts'

/** What came of some statuses. `failure`: they were not tried, since the commit was not found. */
export type Outcome = { written: readonly Written[]; failure?: Failure }

/** All failures, that of the commit first. */
export function failuresIn({ written, failure }: Outcome): Failure[] {
  const each = writeFailuresIn({ written })
  return failure === undefined ? each : [failure, ...each]
}

/** The failures of the writes themselves. */
export function writeFailuresIn({ written }: Pick<Outcome, 'written'>): Failure[] {
  return written.flatMap((one) => one.failure ?? [])
}

/** What went wrong, with the names that were not tried after that. */
export function problemsIn(outcome: Outcome): Problem[] {
  const untried = outcome.written.filter(({ id, kept, failure }) => id === '' && !kept && !failure)
  if (untried.length === 0) return failuresIn(outcome)

  const failures = failuresIn(outcome)
  const start = failures.length > 0 ? 'Not attempted after that' : 'Cancelled before publishing'
  const names = listed(untried.map(({ status }) => status.context))
  return [...failures, { message: `${start}: ${names}.` }]
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

/**
 * The server of a repository's pages: our job's own, or empty if the API is that of another server.
 */
function ownServer({ server }: Job, { apiUrl }: Access): string {
  const [page, api] = [parseUrl(server)?.hostname, parseUrl(apiUrl)?.hostname]
  return page !== undefined && (api === page || api === `api.${page}`) ? server : ''
}
