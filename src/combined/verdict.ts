import type { CheckRun } from '../github/check-runs.ts'
import type { Status } from '../github/status.ts'
import { currentOf, findingsOf, type Read } from './findings.ts'
import {
  type Choice,
  foundIn,
  goneFrom,
  hasGlob,
  type Item,
  isChosen,
  isIgnored,
  itemsOf,
  type Missing,
  missingFrom,
  namesIn,
} from './names.ts'
import {
  type Ask,
  type Finding,
  isNamed,
  leftOutAs,
  type Met,
  meet,
  type Outcome,
} from './outcome.ts'
import { isOwn, namesOfOwn, type OwnJob } from './own-job.ts'

export type Verdict = {
  state: 'failure' | 'pending' | 'success'
  statuses: readonly Status[]
  checkRuns: readonly CheckRun[]
  /** All that was asked for and is there, in whatever suite. */
  chosen: readonly Item[]
  failing: string[]
  pending: string[]
  /** Lines of `contexts` that find nothing that counts, and names that were there before. */
  missing: Missing[]
  required: Met[]
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

/**
 * GitHub's rule for the combined state, over check runs too: failure if something failed, else
 * pending if there is nothing or something is pending, else success. A line of `contexts` that
 * finds nothing is pending too.
 * https://docs.github.com/rest/commits/statuses#get-the-combined-status-for-a-specific-reference
 */
export function judge(read: Read, choice: Choice, own: OwnJob): Verdict {
  const current = currentOf(read.checkRuns)
  const there = itemsOf(read.statuses, current).filter(({ name }) => !isIgnored(name, choice))
  const owned = there.filter((item) => isOwn(item, own))
  const others = there.filter((item) => !owned.includes(item))
  const asked = choice.required?.filter((one) => !leftOutAs(one, owned, choice)) ?? []
  const chosen = others.filter(
    (item) =>
      isChosen(item.name, choice) ||
      asked.some((requirement) => isNamed(requirement, item, choice)),
  )
  const findings = findingsOf(chosen, current, read, choice)

  const namesWith = (outcome: Outcome) => namesIn(findings.filter((one) => one.outcome === outcome))
  const [failing, pending] = [namesWith('failing'), namesWith('pending')]
  const gone = goneFrom(read.before, itemsOf(read.statuses, read.checkRuns), choice.platform)
  const missing = [...missingFrom(others, owned, choice), ...gone]
  const required = meet(choice.required ?? [], owned, others, findings, choice)
  const isUnmet = required.some(({ became }) => became === 'missing')
  const isNothing = findings.length === 0
  const isOpen = isNothing || isUnmet || pending.length + missing.length > 0
  const unless = isOpen ? 'pending' : 'success'
  const state = failing.length > 0 ? 'failure' : unless
  return {
    state,
    ...foundIn(findings),
    chosen,
    failing,
    pending,
    missing,
    required,
    isOpen,
    names: namesIn(there),
    ...namesOfOwn(
      findings.filter(({ outcome }) => outcome !== 'passing'),
      foundIn(owned).checkRuns,
      own,
    ),
    why: [...new Set(findings.flatMap(({ why = [] }) => why))],
    asks: asksOf(state, findings, read, choice),
  }
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
