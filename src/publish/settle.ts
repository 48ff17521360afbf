import type { Budget } from '../github/budgets.ts'
import { connect, type GitHub } from '../github/connect.ts'
import type { NewStatus } from '../github/create-status.ts'
import { resolveRef } from '../github/resolve-ref.ts'
import type { Access } from '../runner/access.ts'
import type { Runner } from '../runner/toolkit.ts'
import { describe } from '../status/description.ts'
import { type Job, jobLink } from '../status/link.ts'
import { type Choices, stateOf } from '../status/state.ts'
import type { Late } from './inputs/late.ts'
import type { Us } from './last-word/entries.ts'
import { historyOf } from './last-word/history.ts'
import { lastWord } from './last-word/last-word.ts'
import { isKnownId, type Opened } from './memory.ts'
import { type Rule, write, writeInTurn } from './write.ts'
import { logWritten, type Outcome, type Written } from './written.ts'

/** How the job ended. */
export type JobEnd = { job: Job; late: Late; choices: Choices }

/**
 * Publishes the job's result under every name that was opened on one commit, unless another has the
 * last word.
 */
export async function settle(
  runner: Runner,
  access: Access,
  opened: Opened,
  end: JobEnd,
  budget: Budget,
): Promise<Outcome> {
  const { commit, contexts } = opened
  if ('none' in commit) return { written: [] }
  const github = connect(access, runner, budget)
  const sha = await resolveRef(github, commit)
  if ('failure' in sha) return { written: [], failure: sha.failure }

  const result = resultOf(opened, end)
  const statuses = contexts.map((context): NewStatus => ({ ...result, sha: sha.value, context }))
  return { written: await settleEach(github, statuses, opened, end) }
}

async function settleEach(
  github: GitHub,
  statuses: readonly NewStatus[],
  opened: Opened,
  { job }: JobEnd,
): Promise<Written[]> {
  const usOf = new Map(
    opened.contexts.map((name, index): [string, Us] => {
      const ids = [opened.ids[index]].filter(isKnownId)
      return [name, { job, opened: ids, follows: true }]
    }),
  )
  const history = historyOf(github, statuses[0]?.sha ?? '', usOf)

  return writeInTurn(statuses, async (status) => {
    const us = usOf.get(status.context) ?? { job, opened: [], follows: true }
    const rule: Rule = {
      looksFirst: true,
      decide: (seen) => lastWord(seen, us, status.state),
    }
    const written = await write(github, history, status, rule)
    logWritten(github, job, written)
    return written
  })
}

/** The job's result; an error if the status was opened on this commit but then went to another. */
function resultOf(
  opened: Opened,
  { job, late, choices }: JobEnd,
): Pick<NewStatus, 'state' | 'description' | 'target_url'> {
  const target_url = late.targetUrl || opened.targetUrl || jobLink(job)
  if (opened.error !== undefined) {
    return { state: 'error', description: opened.error, target_url }
  }
  const state = stateOf(late.result, choices)
  const derived =
    state === undefined
      ? 'The job reported no result'
      : describe(late.result, Date.now() - opened.startedAt)
  return {
    state: state ?? 'error',
    description: late.description || opened.description || derived,
    target_url,
  }
}
