import type { CheckRun } from '../github/check-runs.ts'
import type { Status } from '../github/status.ts'
import type { Suite } from '../github/workflow-runs.ts'
import { chosenOf, type Found, ofJob, without, withoutIgnored } from './counting.ts'
import { goneFrom, type Missing, missingFrom, type Seen } from './missing.ts'
import { type Choice, hasGlob, isIgnored } from './names.ts'
import { type Ask, type Finding, findingOf, type Outcome, outcomeOfState } from './outcome.ts'
import { namesOfOwn, type OwnJob } from './own-job.ts'
import { afterNewerRuns, type Runs } from './replaced.ts'
import { leftOutAs, type Met, outcomesOf, unmetOf } from './rules/met.ts'
import type { Requirement } from './rules/required.ts'
import { currentOf, groupsOf, idleSuites, worstOfNames } from './suites.ts'

/** What a gate makes of the statuses and check runs of a commit. */
export type Verdict = {
  state: 'failure' | 'pending' | 'success'
  /** The statuses and check runs that count. */
  statuses: Status[]
  checkRuns: CheckRun[]
  failing: string[]
  pending: string[]
  /** Lines of `contexts` that find nothing that counts, and names that were there before. */
  missing: Missing[]
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
  /** Names of what fails or is pending and is the job that asks in another leg, run or attempt. */
  elsewhere: string[]
  /** Why some check runs fail or are pending in spite of what is shown of them, a sentence each. */
  why: string[]
  /** What could make it another verdict, if it were read. */
  asks: Ask[]
}

/** All that was read. What is undefined was not asked for yet. */
export type Read = Found & {
  runs?: Runs
  suites?: readonly Suite[] | undefined
  /** What earlier readings of the commit have found. */
  before?: Seen
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
  const all = withoutIgnored({ statuses: read.statuses, checkRuns: current }, choice)
  const owned = ofJob(all, own)
  const counted = without(all, owned)
  const left = required.filter((one) => !leftOutAs(one, owned.checkRuns, choice))
  const { statuses, checkRuns } = chosenOf(counted, choice, left)
  const findings = [
    ...worstOfNames(findingsOf(checkRuns, counted.checkRuns, current, read, choice)),
    ...idleOf(read, choice),
  ]

  const failing = namesWith('failing', statuses, findings)
  const pending = namesWith('pending', statuses, findings)
  const missing = [
    ...missingFrom(counted, owned, choice),
    ...goneFrom(read.before ?? new Map(), read, platform),
  ]
  const unmet = unmetOf(left, counted, platform)
  const isNothing = statuses.length + findings.length === 0
  const isOpen = isNothing || pending.length + missing.length + unmet.length > 0
  return {
    state: combinedState(failing.length > 0, isOpen),
    statuses: [...statuses],
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
    asks: findings.flatMap(({ asks = [] }) => asks),
  }
}

/**
 * @param siblings what counts in each suite
 * @param current the same, the job's own and what is ignored too
 */
function findingsOf(
  checkRuns: readonly CheckRun[],
  siblings: readonly CheckRun[],
  current: readonly CheckRun[],
  { checkRuns: all, suites, runs }: Read,
  choice: Choice,
): Finding[] {
  const isCurrent = new Set(current)
  const bySuite = groupsOf(siblings, ({ suite }) => suite)
  const earlier = groupsOf(
    all.filter((run) => !isCurrent.has(run) && !isIgnored(run.name, choice)),
    ({ suite }) => suite,
  )
  return checkRuns.flatMap((run) => {
    const { suite } = run
    const among = bySuite.get(suite) ?? []
    const finding = findingOf(run, among, earlier.get(suite) ?? [], suites, choice)
    const isFinal = finding.outcome !== 'failing' || finding.asks !== undefined
    return isFinal ? finding : (afterNewerRuns(finding, current, runs) ?? [])
  })
}

/** Workflows that could not start or wait for approval, if not only names are chosen. */
function idleOf({ suites = [], checkRuns, page }: Read, choice: Choice): Finding[] {
  if (!hasGlob(choice)) return []
  return idleSuites(suites, checkRuns, page).filter(({ run }) => !isIgnored(run.name, choice))
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
