import { type Failure, isLasting } from '../github/trouble.ts'
import type { Runner } from '../runner/runner.ts'
import { quote } from '../status/text.ts'
import { readLate, readPublish } from './inputs.ts'
import { type Ready, recall, remember } from './memory.ts'
import { fingerprint, intentOf } from './mode.ts'
import { open, publishOnce } from './open.ts'
import {
  formatOutputs,
  outputsOf,
  readOnlyFor,
  reportFailures,
  reportReadOnly,
  setOutputs,
} from './report.ts'
import { settle } from './settle.ts'

/** Milliseconds that a stage may take. The runner leaves a cancelled job 5 minutes for all that is still to do. */
const BUDGET = { pre: 20_000, main: 60_000, post: 240_000, postOfCancelled: 60_000 }

/** Opens the status before the job's first step. Whatever goes wrong is a warning: main tries again. */
export async function pre(runner: Runner): Promise<void> {
  if (intentOf(runner.env) !== 'follow') return
  const read = readPublish(runner.env, runner.payload)
  if ('problems' in read)
    return runner.warning(
      [...read.problems, 'No status is opened yet; main tries again.'].join('\n'),
    )
  const { outcome, memory } = await open(runner, read.values, BUDGET.pre)
  if (outcome.failures.length > 0 && !memory.readOnly) {
    return runner.warning(
      [...outcome.failures.map(({ message }) => message), 'Main tries again.'].join('\n'),
    )
  }
  const ready: Ready = {
    fingerprint: fingerprint(runner.env),
    outputs: formatOutputs(outputsOf(outcome)),
    said:
      outcome.published.length > 0 && !memory.readOnly
        ? 'Pending since pre; post publishes the result.'
        : SAID_IN_PRE,
  }
  runner.saveState('ready', JSON.stringify(ready))
}

/** Publishes once; or opens the status where pre did not. */
export async function main(runner: Runner): Promise<void> {
  if (intentOf(runner.env) === 'off') {
    const isOpen = recall(runner.env) !== undefined
    runner.info(
      `Switched off by the input \`enabled\`${isOpen ? '; what pre has opened is settled at the end' : ''}.`,
    )
    return setOutputs(runner, outputsOf())
  }
  const read = readPublish(runner.env, runner.payload)
  if ('problems' in read) {
    setOutputs(runner, outputsOf())
    return runner.fail(read.problems.join('\n'))
  }
  if (recall(runner.env)?.readOnly) {
    runner.info(SAID_IN_PRE)
    return setOutputs(runner, outputsOf())
  }
  const { once, failOnError } = read.values
  const { outcome, memory } = once
    ? await publishOnce(runner, read.values, once, BUDGET.main)
    : await open(runner, read.values, BUDGET.main)
  setOutputs(runner, outputsOf(outcome))
  if (memory.readOnly || outcome.failures.length === 0) return
  remember(runner, { ...memory, failed: outcome.failures[0]?.cause })
  const isLimited = outcome.failures.every(({ cause }) => cause === 'limit')
  if (once || !isLimited) return reportFailures(runner, outcome.failures, failOnError)
  // What a rate limit still allows is for the results: no job fails for want of a pending status.
  runner.warning(
    [...outcome.failures.map(({ message }) => message), "Post publishes the job's result."].join(
      '\n',
    ),
  )
}

/** Publishes the job's result for all that pre or main opened, on the remembered commit and contexts. */
export async function post(runner: Runner): Promise<void> {
  const memory = recall(runner.env)
  if (memory === undefined || memory.readOnly || memory.opened.length === 0) return
  const late = readLate(runner.env)
  for (const problem of late.problems) runner.warning(`${problem} The value from before is used.`)
  if (late.contexts.some(({ text }) => !memory.contexts.includes(text))) {
    const kept = memory.opened.flatMap(({ contexts }) => contexts).map((name) => quote(name))
    runner.warning(
      `The input \`context\` has changed since the status was opened: ${kept.join(', ')} gets the result.`,
    )
  }
  const deadline = Date.now() + (late.word === 'cancelled' ? BUDGET.postOfCancelled : BUDGET.post)
  const failures: Failure[] = []
  for (const opened of memory.opened)
    failures.push(...(await settle(runner, opened, memory, late, deadline)))
  const author = readOnlyFor(runner, failures)
  if (author !== undefined) return reportReadOnly(runner, author)
  const known = failures.filter(({ cause }) => isLasting(cause) && cause === memory.failed)
  for (const { message } of known) runner.info(message)
  if (failures.length > known.length) {
    reportFailures(
      runner,
      failures.filter((failure) => !known.includes(failure)),
      memory.failOnError,
    )
  }
}

const SAID_IN_PRE = 'No status is published, as said in pre.'
