import type { NewCheckRun, NewWorkflowRun } from '../../sandbox/api/github.ts'
import { REPOSITORY, SHA } from './ids.ts'
import { type Setup, startJob, type TestJob } from './job.ts'

/** A job whose step counts check runs, too, and a GitHub that has some on GITHUB_SHA. */
export async function startWith(checkRuns: NewCheckRun[], setup: Setup = {}): Promise<TestJob> {
  const inputs = { check_runs: 'true', ...setup.with }
  const job = await startJob({ ...setup, action: 'combined', with: inputs })
  putRuns(job, ...checkRuns)
  return job
}

export function putRuns({ sandbox }: TestJob, ...checkRuns: NewCheckRun[]): void {
  for (const run of checkRuns) sandbox.github.checkRun(REPOSITORY, SHA, run)
}

let begun = Date.parse('2026-01-02T03:00:00Z')

/** A check run that is completed, and began after the one before had ended. */
export function run(
  name: string,
  conclusion: NonNullable<NewCheckRun['conclusion']>,
  more: Partial<NewCheckRun> = {},
): NewCheckRun {
  begun += 10_000
  const [started_at, completed_at] = [begun, begun + 5_000].map((at) => new Date(at).toISOString())
  const times = { started_at: started_at ?? null, completed_at: completed_at ?? null }
  return { name, status: 'completed', conclusion, ...times, ...more }
}

export const manyRuns = (count: number): NewCheckRun[] =>
  Array.from({ length: count }, (_, index) => run(`r${index}`, 'success'))

/** The requests for check runs. */
export const runRequests = ({ sandbox }: TestJob) =>
  sandbox.requests.filter(({ path }) => path.endsWith('/check-runs'))

/** A job's page, in a run whose id is that of its suite. */
export const jobPage = (suite: number, id: number) =>
  `https://github.com/${REPOSITORY}/actions/runs/${suite}/job/${id}`

/**
 * A workflow's run for a pull request, with its jobs' conclusions by name; empty for a job that still
 * runs. Its suite has the same id, and a greater one is newer.
 */
export function putWorkflow(
  job: TestJob,
  suite: number,
  jobs: Record<string, string>,
  more: Partial<NewWorkflowRun> = {},
): void {
  Object.entries(jobs).forEach(([name, conclusion], index) => {
    const id = 1_000 * suite + index
    const place = { id, suite, details_url: jobPage(suite, id) }
    putRuns(job, conclusion === '' ? { name, ...place } : run(name, conclusion as 'success', place))
  })
  job.sandbox.github.workflowRun(REPOSITORY, SHA, {
    id: suite,
    check_suite_id: suite,
    event: 'pull_request',
    ...more,
  })
}

/** How often the list of check suites or of workflow runs was asked for. */
export const asked = ({ sandbox }: TestJob, path: 'check-suites' | 'actions/runs') =>
  sandbox.requests.filter((request) => request.path.endsWith(path)).length
