import type { Budget } from '../github/budgets.ts'
import { connect, type GitHub } from '../github/connect.ts'
import type { NewStatus } from '../github/create-status.ts'
import { resolveRef } from '../github/resolve-ref.ts'
import type { Runner } from '../runner/toolkit.ts'
import type { PublishInputs } from './inputs/read.ts'
import type { Us } from './last-word/entries.ts'
import { historyOf } from './last-word/history.ts'
import { hasNewerExecution } from './last-word/last-word.ts'
import { isKnownId, type Memory, type Opened, remember, UNSURE } from './memory.ts'
import { idsIn, withOpened } from './opened.ts'
import { IN_PROGRESS, pendingLink } from './ready.ts'
import { type Rule, write, writeInTurn } from './write.ts'
import { logWritten, type Outcome, type Written } from './written.ts'

/** What came of the stage's statuses, and what is to be remembered. */
export type Done = Outcome & { memory: Memory }

/**
 * Publishes pending under each name that is not known to be open yet, and remembers it beforehand,
 * since an answer can be lost.
 * @param before what the earlier stages left
 */
export async function open(
  runner: Runner,
  inputs: PublishInputs,
  before: Memory,
  budget: Budget,
): Promise<Done> {
  const { commit } = inputs
  if ('none' in commit) {
    runner.info(`Nothing is published, since there is no commit: ${commit.none}.`)
    return { written: [], memory: before }
  }
  const planned = planOf(inputs, before)
  const github = connect(inputs, runner, budget)
  const sha = await resolveRef(github, commit)
  if ('failure' in sha) {
    return { written: [], failure: sha.failure, memory: withOpened(before, planned) }
  }

  const placed = { ...planned, commit: { sha: sha.value } }
  const opened = { ...placed, ids: idsIn(before, placed) }
  const attempted = { ...opened, ids: opened.ids.map((id) => id || UNSURE) }
  remember(runner, withOpened(before, attempted))

  const written = await openEach(github, inputs, opened)
  return { written, memory: withOpened(before, { ...opened, ids: written.map(idOf) }) }
}

function planOf(inputs: PublishInputs, before: Memory): Opened {
  const { repository, apiUrl, commit, contexts, description, targetUrl } = inputs
  return {
    repository,
    apiUrl,
    commit,
    contexts,
    ids: contexts.map(() => ''),
    ...(description === '' ? {} : { description }),
    ...(targetUrl === '' ? {} : { targetUrl }),
    startedAt: Math.min(Date.now(), ...before.opened.map(({ startedAt }) => startedAt)),
  }
}

async function openEach(
  github: GitHub,
  { job, targetUrl }: PublishInputs,
  opened: Opened,
): Promise<Written[]> {
  const us: Us = { job, opened: [], follows: true }
  const sha = 'sha' in opened.commit ? opened.commit.sha : ''
  const history = historyOf(github, sha, new Map(opened.contexts.map((name) => [name, us])))
  const idsBefore = new Map(opened.contexts.map((name, index) => [name, opened.ids[index] ?? '']))

  const statuses = opened.contexts.map(
    (context): NewStatus => ({
      sha,
      context,
      state: 'pending',
      description: opened.description ?? IN_PROGRESS,
      target_url: pendingLink(job, targetUrl) || undefined,
    }),
  )
  return writeInTurn(statuses, async (status) => {
    const id = idsBefore.get(status.context) ?? ''
    if (isKnownId(id)) return { status, id }

    const rule = openingRule(us, id === UNSURE)
    const written = await write(github, history, status, rule)
    logWritten(github, job, written)
    return written
  })
}

/** A name that was left to a newer run may have been opened before: main looks first, too. */
function idOf({ id, kept, failure }: Written): string {
  return failure?.mayBeStored || kept !== undefined ? UNSURE : id
}

/** A pending is sent without a look, unless an earlier stage may have stored it already. */
function openingRule(us: Us, mayBeThere: boolean): Rule {
  return {
    looksFirst: mayBeThere,
    isRetry: mayBeThere,
    decide: (history) =>
      hasNewerExecution(history, us) ? { does: 'leave', why: 'newer' } : { does: 'publish' },
  }
}
