import { connect, type GitHub } from '../github/connect.ts'
import type { Failure } from '../github/errors.ts'
import { resolve } from '../github/pull-request.ts'
import type { NewStatus } from '../github/statuses.ts'
import type { Runner } from '../runner/toolkit.ts'
import { jobLink } from '../status/link.ts'
import type { Us } from './entries.ts'
import { historyOf } from './history.ts'
import type { PublishInputs } from './inputs.ts'
import { hasNewerExecution } from './last-word.ts'
import { type Memory, type Opened, remember } from './memory.ts'
import { idsIn, wasTried, withOpened } from './opened.ts'
import { IN_PROGRESS } from './ready.ts'
import { ownServer } from './server.ts'
import { writeInTurn } from './several.ts'
import { lineOf, type Rule, type Written, write } from './write.ts'

/** What came of it, and what is to be remembered. `failure`: the commit was not found. */
export type Done = { written: Written[]; failure?: Failure; memory: Memory }

/**
 * Publishes pending under each name that is not known to be open yet, and remembers it beforehand, since an answer can be
 * lost.
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
  remember(runner, withOpened(before, opened))

  const written = await openEach(github, inputs, opened, before)
  const ids = written.map(({ id }) => id)
  return { written, memory: withOpened(before, { ...opened, ids }) }
}

/** Until the job ends, the status links to its log, whatever its result will link to. */
function planOf(inputs: PublishInputs, before: Memory): Opened {
  const { repository, apiUrl, commit, contexts, description, targetUrl, job } = inputs
  return {
    repository,
    apiUrl,
    commit,
    contexts,
    ids: contexts.map(() => ''),
    link: jobLink(job) ?? targetUrl,
    ...(description === '' ? {} : { description }),
    ...(targetUrl === '' ? {} : { targetUrl }),
    startedAt: Math.min(Date.now(), ...before.opened.map(({ startedAt }) => startedAt)),
  }
}

async function openEach(
  github: GitHub,
  { job }: PublishInputs,
  opened: Opened,
  before: Memory,
): Promise<Written[]> {
  const { access, log } = github
  const us: Us = { job, opened: [], follows: true }
  const sha = 'sha' in opened.commit ? opened.commit.sha : ''
  const history = historyOf(github, sha, new Map(opened.contexts.map((name) => [name, us])))
  const idOf = new Map(opened.contexts.map((name, index) => [name, opened.ids[index] ?? '']))

  const statuses = opened.contexts.map(
    (context): NewStatus => ({
      sha,
      context,
      state: 'pending',
      description: opened.description ?? IN_PROGRESS,
      target_url: opened.link || undefined,
    }),
  )
  return writeInTurn(statuses, async (status) => {
    const id = idOf.get(status.context) ?? ''
    if (id !== '') return { status, id }

    const rule = openingRule(us, wasTried(before, opened, status.context))
    const written = await write(github, history, status, rule)
    if (written.failure === undefined)
      log(lineOf(written, access.repository, ownServer(job, access)))
    return written
  })
}

/** A pending is sent without a look. If an earlier stage tried to, it may be there already. */
function openingRule(us: Us, wasTriedBefore: boolean): Rule {
  return {
    looksFirst: wasTriedBefore,
    decide: (history) =>
      hasNewerExecution(history, us) ? { does: 'leave', why: 'newer' } : { does: 'publish' },
  }
}
