import { EACH_STATUS, SWEEP } from '../github/budgets.ts'
import { type Failure, isHopeless } from '../github/cause.ts'
import { connect, extended, type GitHub, paced, pause } from '../github/connect.ts'
import { historyOf } from '../github/history.ts'
import { readCombinedStatus } from '../github/list-statuses.ts'
import type { NewStatus, Status } from '../github/status.ts'
import { type Rule, write } from '../github/write.ts'
import { acceptInputs, report } from '../runner/report.ts'
import { type Runner, setOutputs } from '../runner/toolkit.ts'
import { parseLink } from '../status/link.ts'
import { quote } from '../status/text.ts'
import { readSweep, type SweepInputs } from './inputs.ts'

type Swept = { contexts: string[]; failures: Failure[] }

/** Closes the statuses that a run's jobs left pending because their runner was lost. */
export async function sweep(runner: Runner): Promise<void> {
  const inputs = acceptInputs(runner, readSweep(runner.env, runner.payload, Date.now()))
  if (inputs === undefined) return

  const { contexts, failures } = await sweepRun(runner, inputs)
  setOutputs(runner, { swept: contexts.length, contexts })
  report(runner, 'fail', failures)
}

async function sweepRun(runner: Runner, inputs: SweepInputs): Promise<Swept> {
  const { run, sha, conclusion } = inputs
  if (conclusion === 'success') {
    runner.info(`Run ${run} succeeded: its pending statuses are left alone.`)
    return { contexts: [], failures: [] }
  }
  const github = connect(inputs, runner, SWEEP)
  const read = await readCombinedStatus(github, sha)
  if ('failure' in read) return { contexts: [], failures: [read.failure] }

  const lost = read.value.items.filter((status) => isLost(status, inputs))
  const swept = await closeAll(github, lost, inputs)
  runner.info(
    `Closed ${swept.contexts.length} of ${lost.length} statuses that run ${run} left pending.`,
  )
  return swept
}

/** One after the other, at GitHub's pace, each only if it still is what its name shows. */
async function closeAll(
  connection: GitHub,
  lost: readonly Status[],
  { sha, conclusion }: SweepInputs,
): Promise<Swept> {
  const swept: Swept = { contexts: [], failures: [] }
  const sentAt: number[] = []
  const github = paced(extended(connection, EACH_STATUS * lost.length), sentAt)
  const history = historyOf(github, sha)
  for (const status of lost) {
    await pause(github, sentAt)
    const closing = closingOf(status, sha, conclusion)
    const { id, failure } = await write(github, history, closing, ruleFor(status))
    if (failure === undefined) github.log(lineOf(closing, id !== '', github))
    else swept.failures.push(failure)
    if (id !== '') swept.contexts.push(status.context)
    if (failure !== undefined && isHopeless(failure.cause)) break
  }
  return swept
}

function closingOf({ context, target_url }: Status, sha: string, conclusion: string): NewStatus {
  return {
    sha,
    state: conclusion === 'failure' ? 'failure' : 'error',
    context,
    description: `The job never reported; its run ended: ${conclusion}`,
    target_url,
  }
}

function ruleFor(lost: Status): Rule {
  return {
    looksFirst: true,
    decide: ([newest], status) =>
      newest === undefined || newest.id === lost.id
        ? { does: 'write', status }
        : { does: 'leave', why: 'newer' },
  }
}

function lineOf({ context, sha, state }: NewStatus, isClosed: boolean, { access }: GitHub): string {
  const name = `${quote(context, 255)} on ${access.repository}@${sha.slice(0, 7)}`
  return isClosed
    ? `Closed ${name}: ${state}`
    : `Left ${name} alone: something newer was published under this name.`
}

/** Whether a status waits for a job of the run: what came after its end belongs to a re-run. */
function isLost(
  { state, target_url, created_at }: Status,
  { run, endedAt, places }: SweepInputs,
): boolean {
  const isOfRun = places.some((place) => parseLink(target_url, place)?.run === String(BigInt(run)))
  return state === 'pending' && isOfRun && Date.parse(created_at) <= endedAt
}
