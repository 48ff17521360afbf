import type { StageResult } from '../../sandbox/runner/stage-runner.ts'
import { put, type States } from './history.ts'
import type { TestJob } from './job.ts'

/**
 * Runs `combined`; publishes one after the other what comes, each as soon as the log says what it
 * waits for.
 */
export function readWhile(job: TestJob, ...coming: States[]): Promise<StageResult> {
  const publishNext = () => put(job, coming.shift() ?? {})
  return job.stage('main', { onLine: (line) => line.startsWith('Waiting. ') && publishNext() })
}

/** What the log said that it waited for. */
export const waits = ({ log }: StageResult) =>
  log.split('\n').flatMap((line) => /^Waiting\. (.*)/.exec(line)?.slice(1) ?? [])
