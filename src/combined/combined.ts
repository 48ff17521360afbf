import { COMBINED_ONCE, LAST_READING, upTo } from '../github/budgets.ts'
import { connect } from '../github/connect.ts'
import { resolveRef } from '../github/resolve-ref.ts'
import { acceptInputs } from '../runner/accept.ts'
import { setJsonOutput } from '../runner/outputs.ts'
import { report } from '../runner/report.ts'
import type { Runner } from '../runner/toolkit.ts'
import { isSha } from '../status/event-commit.ts'
import { quote } from '../status/text.ts'
import { describeVerdict } from './describe.ts'
import { readCombined } from './inputs.ts'
import { literal, summaryTable } from './summary.ts'
import type { Verdict } from './verdict.ts'
import { type Reading, watch } from './watch.ts'

/**
 * Reads the combined status of a ref; waits for it, and fails unless it is success, if that is
 * asked for.
 */
export async function combined(runner: Runner): Promise<void> {
  const inputs = acceptInputs(runner, readCombined(runner.env, runner.payload))
  if (inputs === undefined) return

  const { timeout, repository, requireSuccess } = inputs
  const end = Date.now() + timeout
  const budget = timeout === 0 ? COMBINED_ONCE : upTo(timeout + LAST_READING)
  const github = connect(inputs, runner, budget)
  const ref = await resolveRef(github, inputs.ref)
  if ('failure' in ref) return report(runner, 'fail', [ref.failure])

  const { reading, problem } = await watch(runner, github, ref.value, inputs, end)
  const commit = reading?.sha || ref.value
  const name = quote(`${repository}@${isSha(commit) ? commit.slice(0, 7) : commit}`, 300)
  if (reading !== undefined) await publishReading(runner, reading, name)
  if (problem !== undefined) return report(runner, 'fail', [problem])
  if (reading === undefined) return

  const { verdict } = reading
  const line = `The combined status of ${name} is ${verdict.state}. ${describeVerdict(verdict, inputs)}`
  if (requireSuccess && verdict.state !== 'success') runner.fail(line)
  else runner.info(line)
}

/** Sets the outputs and adds the table to the job summary. */
async function publishReading(
  runner: Runner,
  { sha, verdict }: Reading,
  name: string,
): Promise<void> {
  const { state, statuses, checkRuns, failing, pending, missing } = verdict
  runner.setOutput('state', state)
  runner.setOutput('sha', sha)
  runner.setOutput('total_count', String(statuses.length + checkRuns.length))
  const lists = { failing, pending, missing, statuses, check_runs: checkRuns.map(shown) }
  for (const [output, list] of Object.entries(lists)) setJsonOutput(runner, output, list)

  await runner.summarize(
    `### Combined status of ${literal(name)}: ${state}\n\n${summaryTable(verdict)}`,
  )
}

function shown({ name, status, conclusion, details_url }: Verdict['checkRuns'][number]) {
  return { name, status, conclusion, details_url }
}
