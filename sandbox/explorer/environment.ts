import { join, resolve } from 'node:path'
import { initialContexts } from '../runner/contexts.ts'
import { environment } from '../runner/environment.ts'
import { readManifest } from '../runner/manifest.ts'
import { evaluateInputs } from '../runner/use.ts'
import { isLost, type JobRecord, type StageName } from './plan.ts'
import { API, REPOSITORY, SERVER, SHA } from './world.ts'

export const ROOT = resolve(import.meta.dirname, '../..')

const PUBLISH = readManifest(ROOT)
const MANIFESTS = {
  pre: PUBLISH,
  main: PUBLISH,
  post: PUBLISH,
  combined: readManifest(join(ROOT, 'combined')),
  sweep: readManifest(join(ROOT, 'sweep')),
}

/**
 * The environment of a stage as the stage runner makes it: inputs evaluated anew, and what the
 * earlier stages saved.
 */
export function environmentOf(
  { plan, id, result }: JobRecord,
  stage: StageName,
  state: Record<string, string>,
  needs: readonly JobRecord[],
): Record<string, string> {
  const { event, token, env, run: runId, attempt: runAttempt } = plan
  const checkRunId = plan.hasId ? id : null
  const given = { repository: REPOSITORY, sha: SHA, apiUrl: API, serverUrl: SERVER }
  const options = { ...given, event, token, env, runId, runAttempt, checkRunId }
  const dir = '/runner'
  const contexts = initialContexts(options, dir)
  contexts.job.status = result
  if (plan.isDirect) contexts.github.action_repository = 'octo-org/commit-status'

  const written = { ...plan.with, ...plan.changes[stage] }
  if (plan.kind === 'roll-up') written.needs = needsOf(plan.skips, needs)
  const inputs = evaluateInputs(MANIFESTS[stage].inputs, written, contexts)
  const job = { dir, contexts, masks: [], gitea: false }
  return environment(job, contexts, { inputs, state, files: {} })
}

/** The `needs` context: how the jobs before came out. */
function needsOf(skips: number, needs: readonly JobRecord[]): string {
  const skipped = Array.from({ length: skips }, (_, index) => [`skipped ${index}`, 'skipped'])
  const ran = needs.map((record) => [record.name, conclusionOf(record)])
  const results = [...ran, ...skipped].map(([name, result]) => [name, { result }])
  return JSON.stringify(Object.fromEntries(results))
}

/** How a job came out in the end: a post that fails makes it fail, and so does a lost machine. */
export function conclusionOf(record: JobRecord): JobRecord['result'] {
  const { result, stages } = record
  const hasFailed = stages.some(({ lines }) => lines.some(({ level }) => level === 'fail'))
  const isGreen = result === 'success' && !isLost(record) && !hasFailed
  return isGreen || result === 'cancelled' ? result : 'failure'
}
