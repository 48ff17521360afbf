import { OPEN_IN_MAIN } from '../github/budgets.ts'
import { tell } from '../runner/accept.ts'
import { setOutputs } from '../runner/outputs.ts'
import { report, reportWrongInputs } from '../runner/report.ts'
import type { Runner } from '../runner/toolkit.ts'
import type { Commit } from '../status/event-commit.ts'
import { type PublishInputs, readPublish } from './inputs/read.ts'
import { emptyMemory, type Memory, notOurs, recall, remember } from './memory.ts'
import { modeOf } from './mode.ts'
import { type Done, open } from './open.ts'
import { withError } from './opened.ts'
import { noOutputs, type Outputs, outputsOf } from './outputs.ts'
import { publishList } from './publish-list.ts'
import { publishOnce } from './publish-once.ts'
import { readOnlyAuthor, reportReadOnly } from './read-only.ts'
import { readyFrom } from './ready.ts'
import { failuresIn, problemsIn, writeFailuresIn } from './written.ts'

/**
 * Publishes once, or opens what pre could not. It always leaves a saved memory, and sets all
 * outputs.
 */
export async function main(runner: Runner): Promise<void> {
  const { env } = runner
  const recalled = recall(env)
  if (recalled === 'not ours') report(runner, 'warning', [notOurs('It is ignored.')])
  const earlier = typeof recalled === 'string' ? undefined : recalled
  const isNothingLeft = earlier === undefined || (earlier.opened.length === 0 && !earlier.readOnly)
  if (isNothingLeft) remember(runner, undefined)

  if (modeOf(env) === 'off') {
    const ending = earlier?.opened.length ? '; the post step closes what pre opened' : ''
    runner.info(`Switched off by the input \`enabled\`${ending}.`)
    return setOutputs(runner, noOutputs())
  }
  const read = readPublish(env, runner.payload)
  if ('problems' in read) {
    if (earlier?.opened.length) {
      remember(runner, withError(earlier, 'The inputs of the main step were wrong'))
    }
    setOutputs(runner, noOutputs())
    return reportWrongInputs(runner, 'fail', read.problems)
  }
  tell(runner, read)
  return publish(runner, read.values, earlier)
}

async function publish(
  runner: Runner,
  inputs: PublishInputs,
  earlier: Memory | undefined,
): Promise<void> {
  if (earlier?.readOnly && inputs.isJobToken) {
    runner.info('No status is published: see the warning in the pre step.')
    return setOutputs(runner, noOutputs())
  }
  const ready = earlier && inputs.once === undefined ? readyFrom(earlier, runner.env) : undefined
  if (ready !== undefined) {
    runner.info(ready.line)
    return setOutputs(runner, ready.outputs)
  }
  const before = { ...emptyMemory(inputs, runner.env), opened: earlier?.opened ?? [] }
  const commit = earlier && commitFoundFor(before, earlier)
  const done = await publishBy(runner, commit ? { ...inputs, commit } : inputs, before)
  await finish(runner, inputs, done)
}

/** The commit that pre has found for the same inputs: another may have been pushed since. */
function commitFoundFor({ fingerprint }: Memory, earlier: Memory): Commit | undefined {
  if (fingerprint !== earlier.fingerprint) return undefined
  return earlier.opened.find(({ commit }) => 'sha' in commit)?.commit
}

function publishBy(runner: Runner, inputs: PublishInputs, before: Memory): Promise<Done> {
  const { once } = inputs
  if (once === undefined) return open(runner, inputs, before, OPEN_IN_MAIN)
  if (once.kind === 'list') return publishList(runner, inputs, once.entries, before)
  return publishOnce(runner, inputs, once, before)
}

/** Sets the outputs, remembers what came of it, and reports what went wrong. */
async function finish(runner: Runner, inputs: PublishInputs, done: Done): Promise<void> {
  setOutputs(runner, outputsBy(inputs, done))

  const failures = failuresIn(done)
  const author = readOnlyAuthor(runner, writeFailuresIn(done), inputs.isJobToken)
  if (author !== undefined) {
    remember(runner, { ...done.memory, readOnly: true })
    return reportReadOnly(runner, author)
  }
  const failed = failures[0]?.topic
  const isNothing = done.memory.opened.length === 0
  remember(runner, isNothing ? undefined : { ...done.memory, ...(failed && { failed }) })

  // What a rate limit still allows is for results: no job fails because a pending status is missing.
  const isLimited = inputs.once === undefined && failures.every(({ cause }) => cause === 'limit')
  if (isLimited) {
    return report(runner, 'warning', problemsIn(done), "The post step publishes the job's result.")
  }
  report(runner, inputs.failOnError ? 'fail' : 'warning', problemsIn(done))
}

function outputsBy({ once }: PublishInputs, { written }: Done): Outputs {
  const isList = once?.kind === 'list'
  if (isList && once.entries.length === 0) return noOutputs(true)

  const published = written.map(({ status, id }) => ({
    ...status,
    id,
    target_url: status.target_url ?? '',
  }))
  return outputsOf(published, isList)
}
