import { connect, type GitHub } from '../github/connect.ts'
import type { NewStatus } from '../github/create-status.ts'
import type { Failure } from '../github/errors.ts'
import { resolve } from '../github/pull-request.ts'
import type { Runner } from '../runner/toolkit.ts'
import type { Us } from './entries.ts'
import { historyOf } from './history.ts'
import type { PublishInputs } from './inputs/read.ts'
import { hasNewerExecution } from './last-word.ts'
import { type Memory, type Opened, remember, UNSURE } from './memory.ts'
import { idsIn, withOpened } from './opened.ts'
import { IN_PROGRESS, pendingLink } from './ready.ts'
import { ownServer } from './server.ts'
import { writeInTurn } from './several.ts'
import { lineOf, type Rule, type Written, write } from './write.ts'

/** What came of it, and what is to be remembered. `failure`: the commit was not found. */
export type Done = { written: Written[]; failure?: Failure; memory: Memory }

/**
 * Publishes pending under each name that is not known to be open yet, and remembers it beforehand,
 * since an answer can be lost.
 * @param before what the earlier stages left
 * @param milliseconds the time limit
 */
export async function open(
  runner: Runner,
  inputs: PublishInputs,
  before: Memory,
  milliseconds: number,
): Promise<Done> {
  const { commit } = inputs
  if ('none' in commit) {
    runner.info(`Nothing is published, since there is no commit: ${commit.none}.`)
    return { written: [], memory: before }
  }
  const planned = planOf(inputs, before)
  const github = connect(inputs, runner, milliseconds)
  const sha = await resolve(github, commit)
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
  const { access, log } = github
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
    if (id !== '' && id !== UNSURE) return { status, id }

    const rule = openingRule(us, id === UNSURE)
    const written = await write(github, history, status, rule)
    if (written.failure === undefined)
      log(lineOf(written, access.repository, ownServer(job, access)))
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
