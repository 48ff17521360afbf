import { plus, postBudget } from '../github/budgets.ts'
import { type Failure, isLasting } from '../github/cause.ts'
import { jobOf, runnerPlatform } from '../runner/env.ts'
import { type Problem, report, tell } from '../runner/report.ts'
import type { Runner } from '../runner/toolkit.ts'
import { DEFAULT_WORD_STATES } from '../status/state.ts'
import { lateAccess, readLate } from './inputs/late.ts'
import { isKnownId, type Memory, notOurs, type Opened, recall } from './memory.ts'
import {
  failuresIn,
  isReadOnly,
  problemsIn,
  reportReadOnly,
  type Writes,
  writeFailuresIn,
} from './outcome.ts'
import type { JobEnd } from './plan.ts'
import { type Settled, settle } from './settle.ts'

/**
 * Publishes the job's result for everything that pre or main opened, by the rule of the last word.
 * Silent if nothing was opened, or an earlier stage has said that the token is read-only.
 */
export async function post(runner: Runner): Promise<void> {
  const memory = recall(runner.env)
  if (memory === 'nothing') return
  if (memory === 'not ours') return report(runner, 'fail', [notOurs('Nothing is published.')])
  if (memory.opened.length === 0) return sayUnknown(runner, memory)

  const late = readLate(runner.env, memory)
  tell(runner, late)
  const { cancelledState: cancelled = DEFAULT_WORD_STATES.cancelled } = memory
  const choices = { ...DEFAULT_WORD_STATES, cancelled }
  await settleAll(runner, memory, { job: jobOf(runner.env), late, choices })
}

function sayUnknown(runner: Runner, { unknown = [] }: Memory): void {
  if (unknown.length === 0) return
  const names = unknown.map((name) => `\`${name}\``).join(', ')
  const message = `Nothing is published: ${names} was not known when the job started, and the main step did not run. To run it after a step has failed, give it \`if: always()\`.`
  report(runner, 'info', [{ message, topic: 'if-always-is-forgotten' }])
}

async function settleAll(runner: Runner, memory: Memory, end: JobEnd): Promise<void> {
  const names = memory.opened.flatMap(({ statuses }) => statuses)
  const budget = postBudget(end.late.result, names.length)
  const start = Date.now()
  const all: Settled[] = []
  for (const opened of memory.opened) {
    const { isJobToken } = lateAccess(runner.env, opened)
    if (memory.readOnly && isJobToken && !hasKnown(opened)) continue
    all.push(await settle(runner, opened, end, plus(budget, start - Date.now())))
  }
  await reportAll(runner, memory, all)
}

function isRefused(settled: Writes): boolean {
  return failuresIn(settled).some(({ cause }) => cause === 'credentials')
}

const SEVERAL_JOBS: Problem = {
  message:
    'Several jobs publish under this name, so it turns green only if all of them pass. Give each job its own `context`.',
  topic: 'several-jobs-publish-under-this-name-so-it-turns-green-only-if-all-of-them-pass',
}

async function reportAll(runner: Runner, memory: Memory, all: readonly Settled[]): Promise<void> {
  const ofOwnToken = all.filter(({ access }) => access.isJobToken)
  const { author } = memory
  if (author && isReadOnly(ofOwnToken.flatMap(writeFailuresIn), true)) {
    return reportReadOnly(runner, author)
  }

  if (!runnerPlatform(runner.env).keepsTokens && ofOwnToken.some(isRefused)) {
    return runner.warning(
      'The result is not published: the token of this job is no longer valid. Gitea and Forgejo revoke it when a job is cancelled. On Gitea, the `sweep` action on `workflow_run` closes what stays pending.',
    )
  }
  if (all.some(({ written }) => written.some(({ kept }) => kept && kept !== 'newer'))) {
    report(runner, 'warning', [SEVERAL_JOBS])
  }
  if (isSaidBefore(memory, all)) {
    return runner.info('The result is not published, for the same reason as in the main step.')
  }
  report(runner, memory.failOnError === false ? 'warning' : 'fail', all.flatMap(problemsIn))
}

/** Whether all that failed had already failed in main, for the same lasting reason. */
function isSaidBefore({ failed, opened }: Memory, all: readonly Writes[]): boolean {
  const failures = all.flatMap(failuresIn)
  const isSame = ({ cause, topic }: Failure) => isLasting(cause) && topic === failed
  if (failures.length === 0 || !failures.every(isSame)) return false

  const names = all.flatMap(({ written }) =>
    written.filter(({ failure }) => failure !== undefined).map(({ status }) => status.context),
  )
  return !opened.some((one) => hasKnown(one, names))
}

/** Whether one of the names is known to have been opened. */
function hasKnown({ statuses }: Opened, names?: readonly string[]): boolean {
  return statuses.some(({ context, id }) => isKnownId(id) && (names?.includes(context) ?? true))
}
