import type { StageResult } from '../../sandbox/runner/stage-runner.ts'
import { looks } from '../support/expect.ts'
import { put, type States } from '../support/history.ts'
import { startJob, type TestJob } from '../support/job.ts'

/** A gate waits for half a minute at most, and looks often. */
export const GATE = { timeout_minutes: '0.5', interval_seconds: '0.1', require_success: 'true' }

/** A job that waits at a gate for what is there, and what comes. */
export const startGate = (statuses: States, inputs: Record<string, string> = {}) =>
  startJob({ action: 'combined', statuses, with: { ...GATE, ...inputs } })

/** Runs the stage; publishes one after the other what comes, each as soon as the log says what it waits for. */
export function readWhile(job: TestJob, ...coming: States[]): Promise<StageResult> {
  const publishNext = () => put(job, coming.shift() ?? {})
  return job.stage('main', { onLine: (line) => isWaiting(line) && publishNext() })
}

/** Whether the log says what the gate waits for. */
export const isWaiting = (line: string) => /^Waiting/.test(line)

/** What the log said that it waited for. */
export const waits = ({ log }: StageResult) =>
  log
    .split('\n')
    .filter(isWaiting)
    .map((line) => line.replace(/^Waiting\W*(for )?/, ''))

/** How many looks found nothing new. */
export const unchanged = (job: TestJob) => looks(job).filter(({ status }) => status === 304).length
