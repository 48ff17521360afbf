import { SWEEP } from '../github/budgets.ts'
import { type Failure, isHopeless } from '../github/cause.ts'
import { readCombinedStatus } from '../github/combined-status.ts'
import { connect, type GitHub } from '../github/connect.ts'
import { historyOf } from '../github/history.ts'
import type { Status } from '../github/status.ts'
import { setJsonOutput } from '../runner/outputs.ts'
import { acceptInputs, report } from '../runner/report.ts'
import type { Runner } from '../runner/toolkit.ts'
import { parseLink } from '../status/link.ts'
import { close } from './close.ts'
import { readSweep, type SweepInputs } from './inputs.ts'

type Swept = { contexts: string[]; failures: Failure[] }

/**
 * Closes the statuses that the jobs of a run that has ended left pending, because their runner was
 * lost.
 */
export async function sweep(runner: Runner): Promise<void> {
  const inputs = acceptInputs(runner, readSweep(runner.env, runner.payload, Date.now()))
  if (inputs === undefined) return

  const { contexts, failures } = await sweepRun(runner, inputs)
  runner.setOutput('swept', String(contexts.length))
  setJsonOutput(runner, 'contexts', contexts)
  report(runner, 'fail', failures)
}

async function sweepRun(runner: Runner, inputs: SweepInputs): Promise<Swept> {
  const { run, sha, conclusion } = inputs
  if (conclusion === 'success') {
    runner.info(`Run ${run} succeeded: its pending statuses are left alone.`)
    return { contexts: [], failures: [] }
  }
  const github = connect(inputs, runner, SWEEP)
  const read = await readCombinedStatus(github, sha, new Map())
  if ('failure' in read) return { contexts: [], failures: [read.failure] }

  const lost = read.value.items.filter((status) => isLost(status, inputs))
  const swept = await closeAll(github, lost, inputs)
  runner.info(
    `Closed ${swept.contexts.length} of ${lost.length} statuses that run ${run} left pending.`,
  )
  return swept
}

async function closeAll(
  github: GitHub,
  lost: readonly Status[],
  { sha, conclusion }: SweepInputs,
): Promise<Swept> {
  const swept: Swept = { contexts: [], failures: [] }
  const history = historyOf(github, sha)
  for (const status of lost) {
    const closed = await close(github, history, status, sha, conclusion)
    if ('failure' in closed) {
      swept.failures.push(closed.failure)
      if (isHopeless(closed.failure.cause)) break
    } else if (closed.value) {
      swept.contexts.push(status.context)
    }
  }
  return swept
}

/** Whether a status waits for a job of the run: what came after its end belongs to a re-run. */
function isLost(
  { state, target_url, created_at }: Status,
  { run, endedAt, places }: SweepInputs,
): boolean {
  const isOfRun = places.some((place) => parseLink(target_url, place)?.run === String(BigInt(run)))
  return state === 'pending' && isOfRun && Date.parse(created_at) <= endedAt
}
