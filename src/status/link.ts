/** Where pages of runs are. */
export type Place = { server: string; repository: string }

/** Which job of which run: ids are decimal digits as GitHub writes them, `job` empty where the platform does not say. */
export type Job = Place & { run: string; job: string }

/** The page of the job, the page of its run where the job's id is not known, nothing where there is no run. */
export function jobLink({ server, repository, run, job }: Job): string | undefined {
  if (server === '' || repository === '' || run === '') return undefined
  return `${server}/${repository}/actions/runs/${run}${job === '' ? '' : `/job/${job}`}`
}

/**
 * Whether a status's link is a page of a newer run than ours: one with a greater id or, in the same run, of a job with
 * a greater id, which a re-run has. A link to anything else is not.
 */
export function isNewer(link: unknown, ours: Job): boolean {
  const other = parseLink(link, ours)
  if (other === undefined || ours.run === '') return false
  if (other.run !== BigInt(ours.run)) return other.run > BigInt(ours.run)
  return other.job !== undefined && ours.job !== '' && other.job > BigInt(ours.job)
}

/**
 * The newest status of the newest of the runs that are newer than ours, if there are any.
 * @param statuses of one context, newest first
 */
export function ofNewestRun<T extends { target_url: string }>(
  statuses: readonly T[],
  ours: Job,
): T | undefined {
  let newest: { status: T | undefined; job: Job } = { status: undefined, job: ours }
  for (const status of statuses) {
    const other = isNewer(status.target_url, newest.job)
      ? parseLink(status.target_url, ours)
      : undefined
    if (other !== undefined)
      newest = { status, job: { ...ours, run: `${other.run}`, job: `${other.job ?? ''}` } }
  }
  return newest.status
}

/** Whether a link is the page of our job, or of our run where the job's id is not known. */
export function isPageOf(link: unknown, ours: Job): boolean {
  const other = parseLink(link, ours)
  if (other === undefined || ours.run === '' || other.run !== BigInt(ours.run)) return false
  return ours.job === '' ? other.job === undefined : other.job === BigInt(ours.job)
}

/** The run and job that a link of this repository's names. */
export function parseLink(
  link: unknown,
  { server, repository }: Place,
): { run: bigint; job: bigint | undefined } | undefined {
  const start = `${server}/${repository}/actions/runs/`
  if (typeof link !== 'string' || !link.toLowerCase().startsWith(start.toLowerCase()))
    return undefined
  const ids = /^(\d{1,20})(?:\/attempts\/\d+)?(?:\/job\/(\d{1,20}))?(?:[/?#].*)?$/s.exec(
    link.slice(start.length),
  )
  if (ids?.[1] === undefined) return undefined
  return { run: BigInt(ids[1]), job: ids[2] === undefined ? undefined : BigInt(ids[2]) }
}
