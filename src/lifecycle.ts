import { type Api, connect } from './api.js'
import { untrustedAuthor } from './commit.js'
import { describe } from './description.js'
import { type LateInputs, type Once, type PublishInputs, readLate, readPublish } from './inputs.js'
import { fingerprint, intentOf } from './intent.js'
import { isNewer, jobLink } from './link.js'
import { type Memory, type Opened, type Ready, recall } from './memory.js'
import { type Outcome, type Publication, publish } from './publish.js'
import { formatOutputs, outputsOf, reportFailures, reportReadOnly, setOutputs } from './report.js'
import type { Runner } from './runner.js'
import { stateOf } from './state.js'
import { type Fitted, fitDescription, quote } from './text.js'
import { type Failure, isLasting } from './trouble.js'

/** Milliseconds that a stage may take. The runner leaves a cancelled job 5 minutes for all that is still to do. */
const BUDGET = { pre: 20_000, main: 60_000, post: 240_000, postOfCancelled: 60_000, look: 5_000 }

/** Opens the status before the job's first step. Whatever goes wrong is a warning: main tries again. */
export async function pre(runner: Runner): Promise<void> {
  if (intentOf(runner.env) !== 'follow') return
  const read = readPublish(runner.env, runner.payload)
  if ('problems' in read)
    return runner.warning(['No status is opened yet; main tries again.', ...read.problems].join('\n'))
  const { outcome, memory } = await open(runner, read.values, BUDGET.pre)
  if (outcome.failures.length > 0 && !memory.readOnly) {
    return runner.warning([...outcome.failures.map(({ message }) => message), 'Main tries again.'].join('\n'))
  }
  const ready: Ready = {
    fingerprint: fingerprint(runner.env),
    outputs: formatOutputs(outputsOf(outcome)),
    said:
      outcome.published.length > 0 && !memory.readOnly ? 'Pending since pre; post publishes the result.' : SAID_IN_PRE,
  }
  runner.saveState('ready', JSON.stringify(ready))
}

/** Publishes once; or opens the status where pre did not. */
export async function main(runner: Runner): Promise<void> {
  if (intentOf(runner.env) === 'off') {
    runner.info('Switched off by the input `enabled`.')
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
    ? await publishOnce(runner, read.values, once)
    : await open(runner, read.values, BUDGET.main)
  setOutputs(runner, outputsOf(outcome))
  if (memory.readOnly || outcome.failures.length === 0) return
  remember(runner, { ...memory, failed: outcome.failures[0]?.cause })
  reportFailures(runner, outcome.failures, failOnError)
}

/** Publishes the job's result for all that pre or main opened, on the remembered commit and contexts. */
export async function post(runner: Runner): Promise<void> {
  const memory = recall(runner.env)
  if (memory === undefined || memory.readOnly || memory.opened.length === 0) return
  const late = readLate(runner.env)
  for (const problem of late.problems) runner.warning(`${problem} The value from before is used.`)
  if (late.contexts.some(({ text }) => !memory.contexts.includes(text))) {
    const kept = memory.opened.flatMap(({ contexts }) => contexts).map((name) => quote(name))
    runner.warning(`The input \`context\` has changed since the status was opened: ${kept.join(', ')} gets the result.`)
  }
  const deadline = Date.now() + (late.word === 'cancelled' ? BUDGET.postOfCancelled : BUDGET.post)
  const failures: Failure[] = []
  for (const opened of memory.opened) failures.push(...(await settle(runner, opened, memory, late, deadline)))
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

type Done = { outcome: Outcome; memory: Memory }

/** Publishes pending, and remembers beforehand what may be opened by it: an answer can get lost. */
async function open(runner: Runner, inputs: PublishInputs, budget: number): Promise<Done> {
  const { repository, apiUrl, commit, contexts, job } = inputs
  const before = recall(runner.env)?.opened ?? []
  const opened: Opened = {
    repository,
    apiUrl,
    commit,
    contexts: textsOf(runner, contexts),
    description: inputs.description === undefined ? '' : textOf(runner, inputs.description),
    targetUrl: inputs.targetUrl ?? jobLink(job),
    startedAt: Math.min(Date.now(), ...before.map(({ startedAt }) => startedAt)),
  }
  remember(runner, memoryOf(inputs, [...without(before, opened, opened.contexts), opened]))
  const publication = {
    ...opened,
    state: 'pending',
    description: opened.description || describe('in_progress'),
  } as const
  const outcome = await publishWith(runner, inputs, publication, budget)
  const resolved = outcome.sha === '' ? opened : { ...opened, commit: { sha: outcome.sha } }
  const others = without(without(before, opened, opened.contexts), resolved, opened.contexts)
  return finish(runner, outcome, memoryOf(inputs, 'none' in commit ? others : [...others, resolved]))
}

/** Publishes a state at once. What pre opened of the same contexts is thereby closed. */
async function publishOnce(runner: Runner, inputs: PublishInputs, once: Once): Promise<Done> {
  const publication: Publication = {
    commit: inputs.commit,
    contexts: textsOf(runner, inputs.contexts),
    state: once.state,
    description: textOf(runner, inputs.description ?? fitDescription(once.description)),
    targetUrl: inputs.targetUrl ?? jobLink(inputs.job),
  }
  const outcome = await publishWith(runner, inputs, publication, BUDGET.main)
  const closed = outcome.published.filter(({ id }) => id !== '').map(({ context }) => context)
  const before = recall(runner.env)?.opened ?? []
  const resolved = { repository: inputs.repository, commit: { sha: outcome.sha } }
  return finish(runner, outcome, memoryOf(inputs, without(without(before, inputs, closed), resolved, closed)))
}

async function settle(
  runner: Runner,
  opened: Opened,
  memory: Memory,
  late: LateInputs,
  deadline: number,
): Promise<Failure[]> {
  const state = stateOf(late.word, memory.choices)
  const said = state === undefined ? 'The job reported no result' : describe(late.word, Date.now() - opened.startedAt)
  const access = { ...opened, token: late.token }
  runner.mask(late.token)
  const look = connect(access, Math.min(deadline, Date.now() + BUDGET.look), runner)
  const contexts = await withoutSuperseded(runner, look, opened, late)
  if (contexts.length === 0) return []
  const publication: Publication = {
    ...opened,
    contexts,
    state: state ?? 'error',
    description: late.description ? textOf(runner, late.description) : opened.description || said,
    targetUrl: late.targetUrl ?? opened.targetUrl,
  }
  return (await publish(connect(access, deadline, runner), publication, runner.info)).failures
}

/** The contexts whose newest status is not a newer run's, which an old run must not overwrite. */
async function withoutSuperseded(
  runner: Runner,
  api: Api,
  { commit, contexts }: Opened,
  { job }: LateInputs,
): Promise<string[]> {
  if (!('sha' in commit) || job.run === '') return contexts
  const read = await api.statuses(commit.sha, () => true)
  if ('failure' in read) {
    runner.info(`${read.failure.message} The result is published without a look for newer runs.`)
    return contexts
  }
  return contexts.filter((context) => {
    const newest = read.value.find((status) => status.context.toLowerCase() === context.toLowerCase())
    const superseded = isNewer(newest?.target_url, job)
    if (superseded) runner.info(`A newer run has published ${quote(context, 255)}: its status is left as it is.`)
    return !superseded
  })
}

async function publishWith(
  runner: Runner,
  inputs: PublishInputs,
  publication: Publication,
  budget: number,
): Promise<Outcome> {
  runner.mask(inputs.token)
  return publish(connect(inputs, Date.now() + budget, runner), publication, runner.info)
}

/** Remembers how it came out. A token that GitHub keeps from writing is said once and fails nothing. */
async function finish(runner: Runner, outcome: Outcome, memory: Memory): Promise<Done> {
  const author = readOnlyFor(runner, outcome.failures)
  if (author !== undefined) await reportReadOnly(runner, author)
  const finished = { ...memory, readOnly: author !== undefined }
  remember(runner, finished)
  return { outcome, memory: finished }
}

/** Whose token it is that may not write, where GitHub keeps it so on purpose. */
function readOnlyFor({ env, payload }: Runner, failures: readonly Failure[]): ReturnType<typeof untrustedAuthor> {
  return failures.some(({ cause }) => cause === 'permission')
    ? untrustedAuthor(env.GITHUB_EVENT_NAME ?? '', payload, env.GITHUB_ACTOR ?? '')
    : undefined
}

function memoryOf({ contexts, choices, failOnError }: PublishInputs, opened: Opened[]): Memory {
  const names = contexts.map(({ text }) => text)
  return { opened, contexts: names, choices, failOnError, readOnly: false, failed: undefined }
}

/** Says what there is to remember; nothing where there neither is nor was anything, so that post has nothing to load. */
function remember(runner: Runner, memory: Memory): void {
  const isNews = memory.opened.length > 0 || memory.readOnly || recall(runner.env) !== undefined
  if (isNews) runner.saveState('memory', JSON.stringify(memory))
}

/** What is left of `opened` without these contexts of a commit. */
function without(
  opened: readonly Opened[],
  { repository, commit }: Pick<Opened, 'repository' | 'commit'>,
  contexts: readonly string[],
): Opened[] {
  const names = contexts.map((name) => name.toLowerCase())
  return opened
    .map((one) =>
      one.repository === repository && JSON.stringify(one.commit) === JSON.stringify(commit)
        ? { ...one, contexts: one.contexts.filter((name) => !names.includes(name.toLowerCase())) }
        : one,
    )
    .filter((one) => one.contexts.length > 0)
}

function textsOf(runner: Runner, fitted: readonly Fitted[]): string[] {
  return fitted.map((one) => textOf(runner, one))
}

function textOf(runner: Runner, { text, notes }: Fitted): string {
  for (const note of notes) runner.info(`Published is ${note}.`)
  return text
}
