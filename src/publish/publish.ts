import {
  type Budget,
  EACH_STATUS,
  OPEN_IN_MAIN,
  PRE,
  PUBLISH_ONCE,
  plus,
} from '../github/budgets.ts'
import type { Failure } from '../github/cause.ts'
import { connect } from '../github/connect.ts'
import type { Result } from '../github/request.ts'
import type { Written } from '../github/write.ts'
import type { Runner } from '../runner/toolkit.ts'
import { findCommit } from './commit.ts'
import { repeatsIn } from './inputs/once.ts'
import type { PublishInputs } from './inputs/read.ts'
import { isKnownId, type Memory, type Opened, remember, UNSURE } from './memory.ts'
import { afterPublishing, NOT_PUBLISHED, withError, withOpened } from './opened.ts'
import type { Writes } from './outcome.ts'
import { type Plan, planList, planOnce, planOpening } from './plan.ts'
import { writeInTurn } from './write-in-turn.ts'

export type Done = Writes & { memory: Memory }

/** Publishes what pre or main is asked for: finds the commit, plans, and writes each status. */
export async function publish(
  runner: Runner,
  inputs: PublishInputs,
  before: Memory,
  stage: 'pre' | 'main',
): Promise<Done> {
  const { commit, once, job } = inputs
  const isList = once?.kind === 'list'
  if ('none' in commit && !isList) {
    runner.info(`Nothing is published, since there is no commit: ${commit.none}.`)
    return { written: [], memory: before }
  }
  const startedAt = Date.now()
  const github = connect(inputs, runner, budgetOf(inputs, stage))
  const { found, memory } = await findCommit(github, runner.env, inputs, before)
  const failed = 'failure' in found ? { failure: found.failure } : {}
  const plan =
    isList || 'value' in found
      ? planOf(inputs, shaIn(found), memory, startedAt, runner.payload)
      : failed
  if (!('statuses' in plan)) {
    return { written: [], ...plan, memory: withError(memory, NOT_PUBLISHED) }
  }

  if (plan.opens) remember(runner, withOpened(memory, plan.opens))
  const written = await writeInTurn(runner, github, plan, job)
  const after = plan.opens
    ? withOpened(memory, openedBy(plan.opens, written))
    : afterPublishing(memory, inputs, written)
  return { written, ...failed, memory: after }
}

function budgetOf({ once }: PublishInputs, stage: 'pre' | 'main'): Budget {
  if (stage === 'pre') return PRE
  if (once === undefined) return OPEN_IN_MAIN
  return once.kind === 'list' ? plus(PUBLISH_ONCE, EACH_STATUS * once.entries.length) : PUBLISH_ONCE
}

const shaIn = (found: Result<string>) => ('value' in found ? found.value : '')

function planOf(
  inputs: PublishInputs,
  sha: string,
  memory: Memory,
  startedAt: number,
  payload: unknown,
): Plan | { failure: Failure } {
  const { once, platform } = inputs
  if (once === undefined) return planOpening(inputs, sha, memory, startedAt)
  if (once.kind !== 'list') return planOnce(inputs, once, sha, payload)

  // Two entries of one name on the head of a pull request, which was not known before.
  const repeats = repeatsIn(once.entries, sha, platform)
  if (repeats.length === 0) return planList(inputs, once.entries, sha)
  return { failure: { cause: 'refused', message: repeats.slice(0, 3).join(' '), topic: '' } }
}

/** A name that was left to a newer run may have been opened before: main looks first, too. */
function openedBy(opens: Opened, written: readonly Written[]): Opened {
  const statuses = written.map(({ status, id, kept, mayBeStored }) => {
    const isUnsure = !isKnownId(id) && (mayBeStored || kept !== undefined)
    return { context: status.context, id: isUnsure ? UNSURE : id }
  })
  return { ...opens, statuses }
}
