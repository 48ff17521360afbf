import type { NewStatus } from '../../sandbox/api/github.ts'
import { JOB, REPOSITORY, RUN, SHA } from './ids.ts'
import type { TestJob } from './job.ts'

/** The states of some contexts, in the order in which they are published. */
export type States = Record<string, string>

/** Publishes as if other tools did. */
export function put(
  { sandbox, contexts }: Pick<TestJob, 'sandbox' | 'contexts'>,
  statuses: States,
  more: Partial<NewStatus> = {},
  sha = SHA,
): void {
  for (const [context, state] of Object.entries(statuses)) {
    sandbox.github.publish(String(contexts.github.repository), sha, { context, state, ...more })
  }
}

/** So many contexts `c0`, `c1` and so on. */
export function many(count: number, state = 'success'): States {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`c${index}`, state]))
}

export type Page = {
  run?: number | string
  /** A job's id; without it, the page of the run. */
  job?: number | null
  attempt?: number
  repository?: string
  server?: string
  mark?: 'follows' | 'passed'
}

/** The address of a run's or a job's page, as the action links to it; the job under test unless told. */
export function page({
  run = RUN,
  job = run === RUN ? JOB : null,
  attempt = 1,
  repository = REPOSITORY,
  server = 'https://github.com',
  mark,
}: Page = {}): string {
  const jobPart = job === null ? '' : `/job/${job}`
  const fragment = [attempt > 1 ? `attempt-${attempt}` : [], mark ?? []].flat().join(',')
  return `${server}/${repository}/actions/runs/${run}${jobPart}${fragment && `#${fragment}`}`
}

/** Publishes as a job of some execution did: another run, an attempt, a sibling in the same run. */
export function putFrom(
  job: TestJob,
  from: Page,
  statuses: States,
  more: Partial<NewStatus> = {},
): void {
  put(job, statuses, { target_url: page(from), ...more })
}
