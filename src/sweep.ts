import { connect, type Status } from './api.js'
import { readSweep, type SweepInputs } from './inputs.js'
import { parseLink } from './link.js'
import { publish } from './publish.js'
import { setJsonOutput } from './report.js'
import type { Runner } from './runner.js'
import { fitDescription } from './text.js'

const BUDGET = 240_000

/** Settles the statuses that the jobs of a run that has ended left pending: their runner was lost. */
export async function sweep(runner: Runner): Promise<void> {
  const read = readSweep(runner.env, runner.payload, Date.now())
  if ('problems' in read) return runner.fail(read.problems.join('\n'))
  const inputs = read.values
  const { sha, run, conclusion } = inputs
  runner.mask(inputs.token)
  const swept: string[] = []
  const failures: string[] = []
  if (conclusion === 'success') {
    runner.info(`Run ${run} succeeded: what it left pending was meant.`)
  } else {
    const api = connect(inputs, Date.now() + BUDGET, runner)
    const read = await api.combined(sha)
    if ('failure' in read) return runner.fail(read.failure.message)
    for (const { context, target_url } of read.value.statuses.filter((status) => isLost(status, inputs))) {
      const publication = {
        commit: { sha },
        contexts: [context],
        state: conclusion === 'failure' ? 'failure' : 'error',
        description: fitDescription(`The job never reported; its run ended: ${conclusion}`).text,
        targetUrl: target_url,
      } as const
      const outcome = await publish(api, publication, runner.info)
      failures.push(...outcome.failures.map(({ message }) => message))
      if (outcome.failures.length === 0) swept.push(context)
    }
    runner.info(`${swept.length} statuses of run ${run} were left pending and are settled.`)
  }
  runner.setOutput('swept', String(swept.length))
  setJsonOutput(runner, 'contexts', swept)
  if (failures.length > 0) runner.fail(failures.join('\n'))
}

/** Whether a status waits for a job of the run, in an attempt that has ended: a later one is for a re-run to settle. */
function isLost({ state, target_url, created_at }: Status, { run, endedAt, job }: SweepInputs): boolean {
  return state === 'pending' && parseLink(target_url, job)?.run === BigInt(run) && Date.parse(created_at) <= endedAt
}
