import type { CheckRun } from '../github/check-runs.ts'
import type { Status } from '../github/status.ts'
import { type Choice, isChosen, isIgnored } from './names.ts'
import { isOwnCheckRun, isOwnStatus, type OwnJob } from './own-job.ts'
import { isRunAsked, isStatusAsked } from './rules/met.ts'
import type { Requirement } from './rules/required.ts'

/** The statuses and check runs of a commit, or some of them. */
export type Found = { statuses: readonly Status[]; checkRuns: readonly CheckRun[] }

/** What `ignore` leaves out counts for nothing. */
export function withoutIgnored({ statuses, checkRuns }: Found, choice: Choice): Found {
  return {
    statuses: statuses.filter(({ context }) => !isIgnored(context, choice)),
    checkRuns: checkRuns.filter(({ name }) => !isIgnored(name, choice)),
  }
}

/** What is the job's own does not count. */
export function ofJob({ statuses, checkRuns }: Found, own: OwnJob): Found {
  return {
    statuses: statuses.filter((status) => isOwnStatus(status, own)),
    checkRuns: checkRuns.filter((run) => isOwnCheckRun(run, own)),
  }
}

export function without({ statuses, checkRuns }: Found, owned: Found): Found {
  return {
    statuses: statuses.filter((status) => !owned.statuses.includes(status)),
    checkRuns: checkRuns.filter((run) => !owned.checkRuns.includes(run)),
  }
}

/** What a line of `contexts` finds, and what is required. */
export function chosenOf(
  { statuses, checkRuns }: Found,
  choice: Choice,
  left: readonly Requirement[],
): Found {
  return {
    statuses: statuses.filter(
      (one) => isChosen(one.context, choice) || isStatusAsked(one, left, choice.platform),
    ),
    checkRuns: checkRuns.filter((one) => isChosen(one.name, choice) || isRunAsked(one, left)),
  }
}
