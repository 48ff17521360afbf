import type { CheckRun, Suite } from '../github/check-runs.ts'
import type { Status } from '../github/status.ts'
import { findingsOf } from './findings.ts'
import { goneFrom, type Missing, missingFrom, type Seen } from './missing.ts'
import { type Choice, type Found, hasGlob, isChosen, isIgnored, only } from './names.ts'
import { type Ask, type Finding, type Outcome, outcomeOfState } from './outcome.ts'
import { isOwnCheckRun, isOwnStatus, namesOfOwn, type OwnJob } from './own-job.ts'
import type { Runs } from './replaced.ts'
import { isRunAsked, isStatusAsked, leftOutAs, type Met, outcomesOf, unmetOf } from './rules/met.ts'
import type { Requirement } from './rules/required.ts'
import { currentOf } from './suites.ts'

/** What a gate makes of the statuses and check runs of a commit. */
export type Verdict = {
  state: 'failure' | 'pending' | 'success'
  /** The statuses and check runs that count. */
  statuses: readonly Status[]
  checkRuns: readonly CheckRun[]
  failing: string[]
  pending: string[]
  /** Lines of `contexts` that find nothing that counts, and names that were there before. */
  missing: Missing[]
  /** What the rules of the branch require, and what became of it. */
  required: Met[]
  /** What is required and not there, or not from its app. */
  unmet: Requirement[]
  /** Whether there is anything left to wait for: something pending or missing, or nothing at all. */
  isOpen: boolean
  /** Every name that is there and not ignored. */
  names: string[]
  /** Names of what is pending and could be the job that asks, or wait for it. */
  suspects: string[]
  /** Names of what fails or is pending and is the job that asks in another leg, run or attempt. */
  elsewhere: string[]
  /** Why some check runs fail or are pending although they look otherwise, a sentence each. */
  why: string[]
  /** What could make it another verdict, if it were read. */
  asks: Ask[]
}

/** All that was read. What is undefined was not asked for yet. */
export type Read = Found & {
  runs?: Runs
  suites?: readonly Suite[]
  /** What earlier readings of the commit have found. */
  before: Seen
  /** The page of the commit. */
  page: string
}

/**
 * GitHub's rule for the combined state, over check runs too: failure if something failed, else
 * pending if there is nothing or something is pending, else success. A line of `contexts` that
 * finds nothing is pending too.
 * https://docs.github.com/rest/commits/statuses#get-the-combined-status-for-a-specific-reference
 */
export function judge(read: Read, choice: Choice, own: OwnJob): Verdict {
  const { required = [], platform } = choice
  const current = currentOf(read.checkRuns)
  const { all, owned, others } = sorted({ ...read, checkRuns: current }, choice, own)
  const left = required.filter((one) => !leftOutAs(one, owned.checkRuns, choice))
  const { statuses, checkRuns } = only(
    others,
    (one) => isChosen(one.context, choice) || isStatusAsked(one, left, platform),
    (one) => isChosen(one.name, choice) || isRunAsked(one, left),
  )
  const findings = findingsOf(checkRuns, current, read, choice)

  const failing = namesWith('failing', statuses, findings)
  const pending = namesWith('pending', statuses, findings)
  const missing = [...missingFrom(others, owned, choice), ...goneFrom(read.before, read, platform)]
  const unmet = unmetOf(left, others, platform)
  const isNothing = statuses.length + findings.length === 0
  const isOpen = isNothing || pending.length + missing.length + unmet.length > 0
  const state = combinedState(failing.length > 0, isOpen)
  return {
    state,
    statuses,
    checkRuns: findings.map(({ run }) => run),
    failing,
    pending,
    missing,
    required: outcomesOf(required, owned.checkRuns, { unmet, failing, pending }, choice),
    unmet,
    isOpen,
    names: unique([
      ...all.statuses.map(({ context }) => context),
      ...all.checkRuns.map(({ name }) => name),
    ]),
    ...namesOfOwn(statuses, findings, owned.checkRuns, own),
    why: unique(findings.flatMap(({ why = [] }) => why)),
    asks: asksOf(state, findings, read, choice),
  }
}

/** What is there and not ignored: the job's own, which does not count, and the rest. */
function sorted(
  found: Found,
  choice: Choice,
  own: OwnJob,
): Record<'all' | 'owned' | 'others', Found> {
  const all = only(
    found,
    ({ context }) => !isIgnored(context, choice),
    ({ name }) => !isIgnored(name, choice),
  )
  const owned = only(
    all,
    (status) => isOwnStatus(status, own),
    (run) => isOwnCheckRun(run, own),
  )
  const others = only(
    all,
    (status) => !owned.statuses.includes(status),
    (run) => !owned.checkRuns.includes(run),
  )
  return { all, owned, others }
}

function asksOf(
  state: Verdict['state'],
  findings: readonly Finding[],
  { suites }: Read,
  choice: Choice,
): Ask[] {
  const asks = findings.flatMap(({ asks = [] }) => asks)
  const isPassed = state === 'success' && choice.withCheckRuns === true && hasGlob(choice)
  return isPassed && suites === undefined ? ['suites', ...asks] : asks
}

function namesWith(
  outcome: Outcome,
  statuses: readonly Status[],
  findings: readonly Finding[],
): string[] {
  return unique([
    ...statuses
      .filter(({ state }) => outcomeOfState(state) === outcome)
      .map(({ context }) => context),
    ...findings.filter((one) => one.outcome === outcome).map(({ run }) => run.name),
  ])
}

function combinedState(hasFailed: boolean, isOpen: boolean): Verdict['state'] {
  if (hasFailed) return 'failure'
  return isOpen ? 'pending' : 'success'
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Set(items)]
}
