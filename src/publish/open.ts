import { connect } from '../github/api.ts'
import type { Runner } from '../runner/runner.ts'
import { describe } from '../status/description.ts'
import { jobLink } from '../status/link.ts'
import { fitDescription } from '../status/text.ts'
import type { Once, PublishInputs } from './inputs.ts'
import { type Memory, type Opened, recall, remember, without } from './memory.ts'
import { type Outcome, type Publication, publish } from './publish.ts'
import { readOnlyFor, reportReadOnly, tellNotes } from './report.ts'

/** What came of it, and what is remembered of it. */
export type Done = { outcome: Outcome; memory: Memory }

/** Publishes pending, and remembers beforehand what may be opened by it: an answer can get lost. */
export async function open(runner: Runner, inputs: PublishInputs, budget: number): Promise<Done> {
  const { repository, apiUrl, commit, contexts, job } = inputs
  const before = recall(runner.env)?.opened ?? []
  const opened: Opened = {
    repository,
    apiUrl,
    commit,
    contexts: contexts.map((context) => tellNotes(runner, context)),
    description: tellNotes(runner, inputs.description),
    targetUrl: inputs.targetUrl ?? jobLink(job),
    startedAt: Math.min(Date.now(), ...before.map(({ startedAt }) => startedAt)),
  }
  const kept = without(before, opened, opened.contexts)
  const isNone = 'none' in commit
  remember(runner, memoryOf(inputs, isNone ? kept : [...kept, opened]))
  const publication = {
    ...opened,
    state: 'pending',
    description: opened.description || describe('in_progress'),
  } as const
  const outcome = await publishWith(runner, inputs, publication, budget)
  const resolved = outcome.sha === '' ? opened : { ...opened, commit: { sha: outcome.sha } }
  const others = without(kept, resolved, opened.contexts)
  return finish(runner, outcome, memoryOf(inputs, isNone ? others : [...others, resolved]))
}

/** Publishes a state at once. What pre opened of the same contexts is thereby closed. */
export async function publishOnce(
  runner: Runner,
  inputs: PublishInputs,
  once: Once,
  budget: number,
): Promise<Done> {
  const publication: Publication = {
    commit: inputs.commit,
    contexts: inputs.contexts.map((context) => tellNotes(runner, context)),
    state: once.state,
    description: tellNotes(runner, inputs.description) || fitDescription(once.description).text,
    targetUrl: inputs.targetUrl ?? jobLink(inputs.job),
  }
  const outcome = await publishWith(runner, inputs, publication, budget)
  const closed = outcome.published.filter(({ id }) => id !== '').map(({ context }) => context)
  const before = recall(runner.env)?.opened ?? []
  const resolved = { repository: inputs.repository, commit: { sha: outcome.sha } }
  return finish(
    runner,
    outcome,
    memoryOf(inputs, without(without(before, inputs, closed), resolved, closed)),
  )
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

function memoryOf({ contexts, choices, failOnError }: PublishInputs, opened: Opened[]): Memory {
  const names = contexts.map(({ text }) => text)
  return { opened, contexts: names, choices, failOnError, readOnly: false, failed: undefined }
}
