import { connect, type Status } from './github/api.ts'
import type { Failure } from './github/trouble.ts'
import { readSweep, type SweepInputs } from './publish/inputs.ts'
import { isHopeless, publish } from './publish/publish.ts'
import { setJsonOutput } from './publish/report.ts'
import type { Runner } from './runner/runner.ts'
import { parseLink } from './status/link.ts'

const BUDGET = 240_000

/** Settles the statuses that the jobs of a run that has ended left pending: their runner was lost. */
export async function sweep(runner: Runner): Promise<void> {
  const read = readSweep(runner.env, runner.payload, Date.now())
  if ('problems' in read) return runner.fail(read.problems.join('\n'))
  const inputs = read.values
  runner.mask(inputs.token)
  const { swept, failures } = await settle(runner, inputs)
  runner.setOutput('swept', String(swept.length))
  setJsonOutput(runner, 'contexts', swept)
  if (failures.length > 0) runner.fail(failures.map(({ message }) => message).join('\n'))
}

async function settle(
  runner: Runner,
  inputs: SweepInputs,
): Promise<{ swept: string[]; failures: Failure[] }> {
  const { sha, run, conclusion } = inputs
  const swept: string[] = []
  const failures: Failure[] = []
  if (conclusion === 'success') {
    runner.info(`Run ${run} succeeded: what it left pending was meant.`)
    return { swept, failures }
  }
  const api = connect(inputs, Date.now() + BUDGET, runner)
  const read = await api.combined(sha)
  if ('failure' in read) return { swept, failures: [read.failure] }
  const lost = read.value.statuses.filter((status) => isLost(status, inputs))
  for (const { context, target_url } of lost) {
    const publication = {
      commit: { sha },
      contexts: [context],
      state: conclusion === 'failure' ? 'failure' : 'error',
      description: `The job never reported; its run ended: ${conclusion}`,
      targetUrl: target_url,
    } as const
    const outcome = await publish(api, publication, runner.info)
    failures.push(...outcome.failures)
    if (outcome.failures.length === 0) swept.push(context)
    if (outcome.failures.some(isHopeless)) break
  }
  runner.info(
    `${swept.length} of ${lost.length} statuses that run ${run} left pending are settled.`,
  )
  return { swept, failures }
}

/** Whether a status waits for a job of the run, in an attempt that has ended: a later one is for a re-run to settle. */
function isLost(
  { state, target_url, created_at }: Status,
  { run, endedAt, places }: SweepInputs,
): boolean {
  const isOfRun = places.some((place) => parseLink(target_url, place)?.run === BigInt(run))
  return state === 'pending' && isOfRun && Date.parse(created_at) <= endedAt
}
