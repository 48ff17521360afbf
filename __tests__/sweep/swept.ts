import { put } from '../support/history.ts'
import { HEAD, REPOSITORY, type Setup, startJob, type TestJob } from '../support/job.ts'

export const RUN = 777
export const runPage = (run: number | string, repository = REPOSITORY) =>
  `https://github.com/${repository}/actions/runs/${run}`
export const JOB = `${runPage(RUN)}/job/50`
export const BEFORE = '2026-11-20T09:50:00Z'
export const END = '2026-11-20T10:00:00Z'
export const AFTER = '2026-11-20T10:00:01Z'

/** The event of run 777, which has ended. */
export const ended = (conclusion = 'cancelled') => ({
  name: 'workflow_run',
  payload: {
    action: 'completed',
    workflow_run: { id: RUN, run_number: 42, head_sha: HEAD, conclusion, updated_at: END },
  },
})

/** A sweep of run 777, whose commit is HEAD. */
export const start = (setup: Setup = {}) => startJob({ action: 'sweep', event: ended(), ...setup })

export type Left = { state?: string; link?: string; at?: string }

/** What a job of run 777 has left pending while the run lasted, unless told otherwise. */
export const leave = (
  job: TestJob,
  context: string,
  { state = 'pending', link = JOB, at = BEFORE }: Left = {},
) => put(job, { [context]: state }, { target_url: link, created_at: at }, HEAD)

export const stateOf = (job: TestJob, context: string, sha = HEAD) => job.shown(sha)[context]
