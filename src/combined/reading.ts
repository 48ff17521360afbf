import type { KnownPages } from '../github/all-pages.ts'
import { type CheckRun, listCheckRuns } from '../github/check-runs.ts'
import { readCombinedStatus } from '../github/combined-status.ts'
import type { GitHub } from '../github/connect.ts'
import type { Result } from '../github/request.ts'
import type { Status } from '../github/status.ts'
import type { Runner } from '../runner/toolkit.ts'
import type { CombinedInputs } from './inputs.ts'
import { type BranchRules, nothingLeft, readRequired } from './rules/read.ts'
import type { Requirement } from './rules/required.ts'
import { type Found, judge, type Verdict } from './verdict.ts'

/** What is read: a SHA, branch or tag, and the branch whose rules count, if any. */
export type Place = { ref: string; branch?: string | undefined }

/** A commit and how it was judged. */
export type Reading = { sha: string; verdict: Verdict }

/** What earlier readings of a wait have found. */
export type Known = {
  statuses: KnownPages<Status>
  checkRuns: KnownPages<CheckRun>
  rules?: BranchRules
}

export function nothingKnown(branch: string | undefined, { contexts }: CombinedInputs): Known {
  const known: Known = { statuses: new Map(), checkRuns: new Map() }
  if (branch === undefined) return known
  return { ...known, rules: { branch, hasLines: contexts.length > 0, known: { rules: new Map() } } }
}

/** Reads what is there and judges it, by the rules of the branch if that is asked for. */
export async function readAndJudge(
  runner: Runner,
  github: GitHub,
  ref: string,
  inputs: CombinedInputs,
  known: Known,
): Promise<Result<Reading>> {
  const { rules } = known
  if (rules !== undefined && rules.required === undefined) {
    const first = await readRequired(runner, github, rules)
    if ('failure' in first) return first
  }
  const found = await readFound(github, ref, inputs, known)
  if ('failure' in found) return found

  const { sha, ...seen } = found.value
  const judged = (required?: readonly Requirement[]) =>
    judge(seen, { ...inputs, required }, inputs.own)
  let verdict = judged(rules?.required?.requirements)
  if (rules === undefined) return { value: { sha, verdict } }

  if (verdict.state === 'success') {
    const again = await readRequired(runner, github, rules)
    if ('failure' in again) return again
    verdict = judged(again.value.requirements)
  }
  const isLeftOut = ({ became }: Verdict['required'][number]) =>
    became === 'ignored' || became === 'this job'
  const isNothing = verdict.required.length > 0 && verdict.required.every(isLeftOut)
  return isNothing ? { failure: nothingLeft(rules) } : { value: { sha, verdict } }
}

async function readFound(
  github: GitHub,
  ref: string,
  { withCheckRuns }: CombinedInputs,
  known: Known,
): Promise<Result<Found & { sha: string }>> {
  const combined = await readCombinedStatus(github, ref, known.statuses)
  if ('failure' in combined) return combined

  const { sha, items: statuses } = combined.value
  if (!withCheckRuns) return { value: { sha, statuses, checkRuns: [] } }
  const listed = await listCheckRuns(github, sha || ref, known.checkRuns)
  return 'failure' in listed ? listed : { value: { sha, statuses, checkRuns: listed.value.items } }
}
