import { textOf } from './json.ts'
import type { Platform } from './platform.ts'

/** Where pages of runs are; `server` does not end in a slash, `repository` is `owner/name`. */
export type Place = { server: string; repository: string; platform: Platform }

/**
 * One job of one execution; an execution is one attempt of one run. Ids are decimal digits, empty
 * if unknown. On Gitea `run` is the run's number (GITHUB_RUN_NUMBER), elsewhere GITHUB_RUN_ID.
 * `attempt` counts from 1.
 */
export type Job = Place & { run: string; attempt: number; job: string }

/**
 * What a status of ours says about itself at the end of its link: the pending of a followed job, and
 * the pending of one that has passed while another job of its name still runs.
 */
export type Mark = 'follows' | 'passed'

/**
 * What a link names: ids without leading zeros, `job` empty if it is the page of a run. It is vague
 * if it is a run's page that does not say which attempt: then the first one is a guess.
 */
export type Page = { run: string; attempt: number; job: string; mark?: Mark; isVague?: boolean }

const GITHUB_PAGE =
  /^(?<run>\d{1,20})(?:\/attempts\/(?<attempt>\d{1,9}))?(?:\/job\/(?<job>\d{1,20}))?(?:[/?][^#]*)?(?:#(?<fragment>.*))?$/s
const RUNS = /^\/([^/?#]+\/[^/?#]+)\/actions\/runs\/(.*)$/s
const GITEA_PAGE = /^(?<run>\d{1,20})\?by_index=1(?:&[^#]*)?(?:#(?<fragment>.*))?$/s
const GITEA_JOB = /^(?<run>\d{1,20})\/jobs\/\d{1,20}(?:[/?#].*)?$/s

/**
 * The job's page, or the run's page if the job's id is unknown. It ends in `#attempt-N` from the
 * second attempt on, and in a mark if there is one: `#follows`, `#attempt-2,follows`.
 *
 * Gitea up to 1.25 and Forgejo count the runs of each repository for their pages, Gitea from 1.26
 * on uses ids; with `by_index=1` all of them find a run by its number. Their job ids are unknown,
 * so their links lead to the run.
 */
export function jobLink(job: Job, mark?: Mark): string | undefined {
  if (job.server === '' || job.repository === '' || job.run === '') return undefined

  const parts = [job.attempt > 1 ? `attempt-${job.attempt}` : '', mark ?? ''].filter(Boolean)
  const fragment = parts.length === 0 ? '' : `#${parts.join(',')}`
  const run = `${job.server}/${job.repository}/actions/runs/${job.run}`
  if (!job.platform.hasJobIds) return `${run}?by_index=1${fragment}`

  return `${run}${job.job === '' ? '' : `/job/${job.job}`}${fragment}`
}

/**
 * The run, attempt and job that a link names, if it leads to a run of this repository on this
 * server. Without `#attempt-N` or `/attempts/N` it is the first attempt.
 *
 * On Gitea only a link with `by_index=1` names a run: any other holds a number or an id, depending
 * on the version.
 */
export function parseLink(link: unknown, place: Place): Page | undefined {
  return pageAt(afterRuns(link, place), place)
}

/**
 * The same for a run of any repository on this server: GitHub's run ids are unique on a server, and
 * a repository can be renamed. Gitea counts each repository's runs.
 */
export function parseServerLink(link: unknown, place: Place): Page | undefined {
  return pageAt(afterRuns(link, place, place.platform.hasJobIds), place)
}

function pageAt(rest: string, { server, platform }: Place): Page | undefined {
  const groups = (platform.hasJobIds ? GITHUB_PAGE : GITEA_PAGE).exec(rest)?.groups
  if (server === '' || !groups?.run) return undefined

  const parts = (groups.fragment ?? '').split(',')
  const said = parts.flatMap((part) => /^attempt-(\d{1,9})$/.exec(part)?.[1] ?? [])
  const attempt = groups.attempt ?? said[0]
  const mark = (['follows', 'passed'] as const).find((one) => parts.includes(one))
  const isVague = attempt === undefined && mark === undefined && groups.job === undefined
  return {
    run: withoutZeros(groups.run),
    attempt: Math.max(1, Number(attempt ?? 1)),
    job: withoutZeros(groups.job ?? ''),
    ...(mark && { mark }),
    ...(isVague && { isVague }),
  }
}

/** What our own links name. */
export function pageOf({ run, attempt, job, platform }: Job): Page {
  return { run: withoutZeros(run), attempt, job: platform.hasJobIds ? withoutZeros(job) : '' }
}

/** Whether two pages belong to the same attempt of the same run. */
export function isSameExecution(one: Page, other: Page): boolean {
  return one.run === other.run && one.attempt === other.attempt
}

/** Whether a link is our job's page in our attempt, or our run's if our job's id is unknown. */
export function isOurJob(link: unknown, job: Job): boolean {
  const page = parseLink(link, job)
  const ours = pageOf(job)
  return page !== undefined && isSameExecution(page, ours) && page.job === ours.job
}

/**
 * Whether a link is one that Gitea or Forgejo itself gives the status of a job of our run:
 * `/owner/name/actions/runs/N/jobs/I`, without a host.
 * @param ids what N can be: the run's number up to Gitea 1.25 and on Forgejo, its id from 1.26 on
 */
export function isGiteaJobOf(link: unknown, place: Place, ids: readonly string[]): boolean {
  const server = place.server.replace(/^https?:\/\/[^/]*/i, '')
  const rest = afterRuns(link, place) || afterRuns(link, { ...place, server })
  const run = GITEA_JOB.exec(rest)?.groups?.run
  return (
    !place.platform.hasJobIds &&
    run !== undefined &&
    ids.map(withoutZeros).includes(withoutZeros(run))
  )
}

/** Whether an id is greater than another. One that is unknown is neither greater nor smaller. */
export function isGreaterId(one: string, other: string): boolean {
  if (one === '' || other === '') return false
  return BigInt(one) > BigInt(other)
}

/** What follows the address of a repository's runs, in lower case; empty if it leads elsewhere. */
function afterRuns(link: unknown, { server, repository }: Place, isAny = false): string {
  const lower = textOf(link).toLowerCase()
  if (!lower.startsWith(`${server}/`.toLowerCase())) return ''
  const [, name, rest = ''] = RUNS.exec(lower.slice(server.length)) ?? []
  return isAny || name === repository.toLowerCase() ? rest : ''
}

function withoutZeros(id: string): string {
  return id.replace(/^0+(?=\d)/, '')
}
