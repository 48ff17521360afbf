import { report, reportWrongInputs, tell } from '../runner/report.ts'
import { type Runner, setOutputs } from '../runner/toolkit.ts'
import { isSameName } from '../status/context.ts'
import { listed } from '../status/text.ts'
import { concludeMain, enforceSuccess } from './conclude.ts'
import { type PublishInputs, readPublish } from './inputs/read.ts'
import { emptyMemory, type Memory, notOurs, type Opened, recall, remember } from './memory.ts'
import { modeOf } from './mode.ts'
import { withError } from './opened.ts'
import { noOutputs, readyFrom } from './outputs.ts'
import { publish } from './publish.ts'

/** Publishes once, or opens what pre could not. It always saves its memory and sets all outputs. */
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
  const read = readPublish(env, runner.payload, earlier?.found)
  if ('problems' in read) {
    if (earlier?.opened.length) {
      remember(runner, withError(earlier, 'The inputs of the main step were wrong'))
    }
    setOutputs(runner, noOutputs())
    return reportWrongInputs(runner, 'fail', read.problems)
  }
  tell(runner, read)
  await perform(runner, read.values, earlier)
  enforceSuccess(runner, read.values)
}

async function perform(
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
  const { opened = [], found } = earlier ?? {}
  const before = { ...emptyMemory(inputs, runner), opened, ...(found && { found }) }
  if (inputs.once === undefined) warnOfChange(runner, inputs, opened)
  await concludeMain(runner, inputs, await publish(runner, inputs, before, 'main'))
}

/** A name that pre could see only in part was opened all the same. */
function warnOfChange(runner: Runner, inputs: PublishInputs, opened: readonly Opened[]): void {
  const before = opened.flatMap(({ statuses }) => statuses.map(({ context }) => context))
  const isNew = (name: string) => !before.some((one) => isSameName(one, name, inputs.platform))
  const added = inputs.contexts.filter(isNew)
  if (before.length === 0 || added.length === 0) return
  runner.warning(
    `Input \`context\` has changed since the pre step opened ${listed(before, 3)}: the job's result goes there and to ${listed(added, 3)}.`,
  )
}
