import type { CheckRun } from '../github/check-runs.ts'
import type { Status } from '../github/status.ts'
import { type Choice, isChosen, isIgnored, missingFrom } from './names.ts'
import { type Outcome, outcomeOfCheckRun, outcomeOfState } from './outcome.ts'
import {
  isOwnCheckRun,
  isOwnStatus,
  mayBeOwnCheckRun,
  mayBeOwnStatus,
  type OwnJob,
} from './own-job.ts'
import { isRunAsked, isStatusAsked, leftOf, type Met, outcomesOf, unmetOf } from './rules/met.ts'
import type { Requirement } from './rules/required.ts'
import { newestOfSuites, worstOfSuites } from './suites.ts'

/** What a gate makes of the statuses and check runs of a commit. */
export type Verdict = {
  state: 'failure' | 'pending' | 'success'
  /** The statuses and check runs that count. */
  statuses: Status[]
  checkRuns: CheckRun[]
  failing: string[]
  pending: string[]
  /** Lines of `contexts` that find nothing. */
  missing: string[]
  /** What the rules of the branch require, and what became of it. */
  required: Met[]
  /** What is required and not there, or not from its app. */
  unmet: Requirement[]
  /**
   * Whether there is anything left to wait for: something pending or missing, or nothing there at
   * all.
   */
  isOpen: boolean
  /** Every name that is there and not ignored. */
  names: string[]
  /** Names of what is pending and could be the job that asks, or wait for it. */
  suspects: string[]
}

/** The newest status of each context, and the check runs of all suites. */
export type Found = { statuses: readonly Status[]; checkRuns: readonly CheckRun[] }

/**
 * GitHub's rule for the combined state, over check runs too: failure if something failed, else
 * pending if there is nothing or something is pending, else success. A line of `contexts` that
 * finds nothing is pending too.
 * https://docs.github.com/rest/commits/statuses#get-the-combined-status-for-a-specific-reference
 */
export function judge(seen: Found, choice: Choice, own: OwnJob): Verdict {
  const all = withoutIgnored(seen, choice)
  const names = unique([
    ...all.statuses.map(({ context }) => context),
    ...all.checkRuns.map(({ name }) => name),
  ])
  const ownRuns = all.checkRuns.filter((run) => isOwnCheckRun(run, own))
  const { required = [], platform } = choice
  const left = leftOf(required, ownRuns, choice)
  const counted = withoutOwn(all, own)
  const { statuses, checkRuns } = countingOf(counted, choice, left)

  const failing = namesWith('failing', statuses, checkRuns)
  const pending = namesWith('pending', statuses, checkRuns)
  const missing = missingFrom(names, choice)
  const isNothing = statuses.length + checkRuns.length === 0
  const unmet = unmetOf(left, counted, platform)
  const isOpen = isNothing || pending.length + missing.length + unmet.length > 0

  return {
    state: combinedState(failing.length > 0, isOpen),
    statuses,
    checkRuns,
    failing,
    pending,
    missing,
    required: outcomesOf(required, left, { unmet, failing, pending }, choice),
    unmet,
    isOpen,
    names,
    suspects: suspectsOf(statuses, checkRuns, all.checkRuns, own),
  }
}

function withoutIgnored({ statuses, checkRuns }: Found, choice: Choice): Found {
  return {
    statuses: statuses.filter(({ context }) => !isIgnored(context, choice)),
    checkRuns: newestOfSuites(checkRuns).filter(({ name }) => !isIgnored(name, choice)),
  }
}

function withoutOwn({ statuses, checkRuns }: Found, own: OwnJob): Found {
  return {
    statuses: statuses.filter((status) => !isOwnStatus(status, own)),
    checkRuns: checkRuns.filter((run) => !isOwnCheckRun(run, own)),
  }
}

/** What a line of `contexts` finds, and what is required. */
function countingOf(
  { statuses, checkRuns }: Found,
  choice: Choice,
  left: readonly Requirement[],
): Pick<Verdict, 'statuses' | 'checkRuns'> {
  return {
    statuses: statuses.filter(
      (one) => isChosen(one.context, choice) || isStatusAsked(one, left, choice.platform),
    ),
    checkRuns: worstOfSuites(
      checkRuns.filter((one) => isChosen(one.name, choice) || isRunAsked(one, left)),
    ),
  }
}

function namesWith(
  outcome: Outcome,
  statuses: readonly Status[],
  checkRuns: readonly CheckRun[],
): string[] {
  return unique([
    ...statuses
      .filter(({ state }) => outcomeOfState(state) === outcome)
      .map(({ context }) => context),
    ...checkRuns.filter((run) => outcomeOfCheckRun(run) === outcome).map(({ name }) => name),
  ])
}

function combinedState(hasFailed: boolean, isOpen: boolean): Verdict['state'] {
  if (hasFailed) return 'failure'
  return isOpen ? 'pending' : 'success'
}

function suspectsOf(
  statuses: readonly Status[],
  checkRuns: readonly CheckRun[],
  all: readonly CheckRun[],
  own: OwnJob,
): string[] {
  const ownNames = all.filter((run) => isOwnCheckRun(run, own)).map(({ name }) => name)
  return unique([
    ...statuses.filter((status) => mayBeOwnStatus(status, own)).map(({ context }) => context),
    ...checkRuns.filter((run) => mayBeOwnCheckRun(run, ownNames, own)).map(({ name }) => name),
  ])
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)]
}
