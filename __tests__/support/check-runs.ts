import type { NewCheckRun } from '../../sandbox/api/github.ts'
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

/** A check run that is completed. */
export const run = (
  name: string,
  conclusion: NonNullable<NewCheckRun['conclusion']>,
  more: Partial<NewCheckRun> = {},
): NewCheckRun => ({ name, status: 'completed', conclusion, ...more })

export const manyRuns = (count: number): NewCheckRun[] =>
  Array.from({ length: count }, (_, index) => run(`r${index}`, 'success'))

/** The requests for check runs. */
export const runRequests = ({ sandbox }: TestJob) =>
  sandbox.requests.filter(({ path }) => path.endsWith('/check-runs'))
