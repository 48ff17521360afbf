import type { CheckRun, WorkflowRun } from '../github/check-runs.ts'

/** The jobs that count in their suites, whatever their names. */
export type Jobs = {
  byName: ReadonlyMap<string, CheckRun[]>
  byRun: ReadonlyMap<string, CheckRun[]>
  open: readonly CheckRun[]
  /** By the ids of two runs, what the newer one lacks of what ran in the older one. */
  pairs: Map<string, Pair>
}

export type Pair = {
  lacking: readonly string[]
  /** Whether what it lacks can still come. */
  isOpen: boolean
}

/** @param current what counts in each suite */
export function jobsIn(current: readonly CheckRun[]): Jobs {
  const jobs = current.filter((run) => runIdOf(run) !== undefined)
  return {
    byName: groupsOf(jobs, ({ name }) => name),
    byRun: groupsOf(jobs, (job) => `${job.suite} ${runIdOf(job)}`),
    open: jobs.filter(({ status }) => status !== 'completed'),
    pairs: new Map(),
  }
}

/** The items that have the same key, in groups of at least one. */
export function groupsOf<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}

const JOB_PAGE = /\/actions\/runs\/(\d{1,16})\/job\/(\d{1,16})$/

/**
 * The run that a job links to. A check run that somebody made with a job's token lands in any suite
 * of the commit, but does not link to a job of its own id.
 */
export function runIdOf({ id, isOfActions, details_url }: CheckRun): number | undefined {
  const [, run, job] = (isOfActions && JOB_PAGE.exec(details_url)) || []
  return Number(job) === id ? Number(run) : undefined
}

/** What a newer run lacks of what ran in an older one. */
export function pairOf(older: WorkflowRun, newer: WorkflowRun, jobs: Jobs): Pair {
  const key = `${older.id} ${newer.id}`
  const known = jobs.pairs.get(key)
  if (known !== undefined) return known

  const theirs = jobsOf(newer, jobs)
  const there = new Set(theirs.map(({ name }) => name))
  const skipped = new Set(theirs.filter(isSkipped).map(({ name }) => name))
  const ran = new Set(
    jobsOf(older, jobs)
      .filter((job) => !isSkipped(job))
      .map(({ name }) => name),
  )
  const lacking = [...ran].filter((name) => skipped.has(name) || !there.has(name))
  const isOver = newer.isOver && theirs.every(({ status }) => status === 'completed')
  const pair = { lacking, isOpen: !isOver && lacking.every((name) => !there.has(name)) }
  jobs.pairs.set(key, pair)
  return pair
}

function jobsOf({ id, suite }: WorkflowRun, { byRun }: Jobs): readonly CheckRun[] {
  return byRun.get(`${suite} ${id}`) ?? []
}

function isSkipped({ conclusion }: CheckRun): boolean {
  return conclusion === 'skipped'
}
