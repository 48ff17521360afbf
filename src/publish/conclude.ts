import type { Access } from '../runner/access.ts'
import { inputText } from '../runner/env.ts'
import { report } from '../runner/report.ts'
import { type Runner, setOutputs } from '../runner/toolkit.ts'
import { listed } from '../status/text.ts'
import type { Once } from './inputs/once.ts'
import type { PublishInputs } from './inputs/read.ts'
import { type Memory, remember } from './memory.ts'
import { failuresIn, isReadOnly, problemsIn, reportReadOnly, writeFailuresIn } from './outcome.ts'
import { noOutputs, type Outputs, outputsOf } from './outputs.ts'
import type { Done } from './publish.ts'

/**
 * Ends pre: it remembers what came of it, and whatever went wrong is a warning. If `token` is empty,
 * it may come from a later step: then it is a line in the log, and main judges again.
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
  const level = inputs.failOnError && !isLimited ? 'fail' : 'warning'
  const ending = isLimited ? "The post step publishes the job's result." : ''
  return conclude(runner, inputs.isJobToken, ended, level, ending)
}

async function conclude(
  runner: Runner,
  isJobToken: boolean,
  done: Done,
  level: 'info' | 'warning' | 'fail',
  ending: string,
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

  const published = written.map(({ status: { target_url = '', ...status }, id }) => {
    return { ...status, target_url, id }
  })
  return outputsOf(published, isList)
}

/**
 * With `require_success`, the step fails unless what it was asked to publish is success, whatever
 * became of publishing it: on a fork's pull request nothing can be published.
 */
export function enforceSuccess(runner: Runner, { once, requireSuccess }: PublishInputs): void {
  if (!requireSuccess || once === undefined || once.state === 'success') return
  const asked = once.state === undefined ? 'there is none' : `it is \`${once.state}\``
  runner.fail(
    `Input \`require_success\` asks for the state \`success\`, but ${asked}${reasonOf(once)}.`,
  )
}

function reasonOf(once: Once): string {
  if (once.kind === 'roll-up') return `: ${once.description}. Look at the jobs that it names`
  if (once.kind === 'single') return `, as \`state\` says`
  const failing = once.entries.filter(({ state }) => state !== 'success')
  const contexts = failing.map(({ context }) => context)
  const names = listed(contexts, 5)
  return names === '' ? ', since `statuses` is an empty list' : `, because of ${names}`
}
