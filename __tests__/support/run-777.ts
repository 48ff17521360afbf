import type { StageResult } from '../../sandbox/runner/stage-runner.ts'
import { page, put } from './history.ts'
import { HEAD, type Setup, startJob, type TestJob } from './job.ts'

/** A run that has ended, number 12 of its repository, and the page of one of its jobs. */
export const ENDED = 777
export const ENDED_JOB = page({ run: ENDED, job: 50 })
export const BEFORE = '2026-11-20T09:50:00Z'
export const END = '2026-11-20T10:00:00Z'
export const AFTER = '2026-11-20T10:00:01Z'

export const ended = (conclusion = 'cancelled') => ({
  name: 'workflow_run',
  payload: {
    action: 'completed',
    workflow_run: { id: ENDED, run_number: 12, head_sha: HEAD, conclusion, updated_at: END },
  },
})

/** A job that sweeps on the end of run 777, whose commit is HEAD. */
export const startSweep = (setup: Setup = {}) =>
  startJob({ action: 'sweep', event: ended(), ...setup })

export type Left = { state?: string; link?: string; at?: string }

/**
 * A status that a job of run 777 has left on its commit, pending and from before the run's end
 * unless told.
 */
export function leave(
  job: TestJob,
  context: string,
  { state = 'pending', link = ENDED_JOB, at = BEFORE }: Left = {},
): void {
  put(job, { [context]: state }, { target_url: link, created_at: at }, HEAD)
}

/** The names of what was closed, sorted. */
export const closed = ({ outputs }: StageResult): string[] =>
  JSON.parse(outputs.contexts ?? 'null').sort()
