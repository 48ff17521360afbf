import type { Access } from '../runner/access.ts'
import { inputText } from '../runner/env.ts'
import { setOutputs } from '../runner/outputs.ts'
import { report } from '../runner/report.ts'
import type { Runner } from '../runner/toolkit.ts'
import type { PublishInputs } from './inputs/read.ts'
import { type Memory, remember } from './memory.ts'
import { noOutputs, type Outputs, outputsOf } from './outputs.ts'
import type { Done } from './publish.ts'
import { isReadOnly, reportReadOnly } from './read-only.ts'
import { failuresIn, problemsIn, writeFailuresIn } from './written.ts'

/**
 * Ends pre: it remembers what came of it, and whatever went wrong is a warning. If `token` is empty,
 * it may come from a later step: then it is a line in the log, and main judges anew.
 */
export function concludePre(runner: Runner, access: Access, done: Done): Promise<void> {
  const isTokenLate = inputText(runner.env, 'token') === ''
  const isLost = done.memory.found !== undefined && 'why' in done.memory.found
  const ending = isLost
    ? 'Nothing will be published: later, nobody knows on which commit the job has worked.'
    : 'The main step tries again.'
  const isJobToken = access.isJobToken && !isTokenLate
  return conclude(runner, isJobToken, done, isTokenLate ? 'info' : 'warning', ending)
}

/** Ends main: it sets the outputs, remembers what is left for post, and reports what went wrong. */
export function concludeMain(runner: Runner, inputs: PublishInputs, done: Done): Promise<void> {
  setOutputs(runner, outputsBy(inputs, done))

  const failures = failuresIn(done)
  const failed = failures[0]?.topic
  const { found: _, ...memory } = done.memory
  const ended = { ...done, memory: { ...memory, ...(failed && { failed }) } }

  // What a rate limit still allows is for results: no job fails because a pending status is missing.
  const isLimited = inputs.once === undefined && failures.every(({ cause }) => cause === 'limit')
  if (isLimited) {
    return conclude(
      runner,
      inputs.isJobToken,
      ended,
      'warning',
      "The post step publishes the job's result.",
    )
  }
  return conclude(runner, inputs.isJobToken, ended, inputs.failOnError ? 'fail' : 'warning')
}

async function conclude(
  runner: Runner,
  isJobToken: boolean,
  done: Done,
  level: 'info' | 'warning' | 'fail',
  ending?: string,
): Promise<void> {
  const author = isReadOnly(writeFailuresIn(done), isJobToken) ? done.memory.author : undefined
  const memory: Memory = { ...done.memory, ...(author && { readOnly: true }) }
  const isNothing = memory.opened.length === 0 && memory.found === undefined
  remember(runner, isNothing ? undefined : memory)

  if (author !== undefined) return reportReadOnly(runner, author)
  report(runner, level, problemsIn(done), ending)
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
