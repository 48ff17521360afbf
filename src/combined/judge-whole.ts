import type { KnownPages } from '../github/all-pages.ts'
import type { CheckRun } from '../github/check-runs.ts'
import type { GitHub } from '../github/connect.ts'
import type { Result } from '../github/request.ts'
import type { Status } from '../github/status.ts'
import {
  listSuites,
  listWorkflowRuns,
  type Suite,
  type WorkflowRun,
} from '../github/workflow-runs.ts'
import type { CombinedInputs } from './inputs.ts'
import type { Seen } from './missing.ts'
import { hasGlob } from './names.ts'
import type { Ask } from './outcome.ts'
import type { BranchRules } from './rules/read.ts'
import { judge, type Read, type Verdict } from './verdict.ts'

/** What earlier readings of a wait have found. */
export type Known = {
  statuses: KnownPages<Status>
  checkRuns: KnownPages<CheckRun>
  suites: KnownPages<Suite>
  runs: KnownPages<WorkflowRun>
  rules?: BranchRules
  /** The commit that was read last, and the names that were there. */
  sha: string
  seen: Seen
}

/** Judges what was read, and reads what else could make it another verdict. */
export async function judgeWhole(
  github: GitHub,
  read: Read,
  inputs: CombinedInputs,
  { sha, suites, runs, rules }: Known,
): Promise<Result<Verdict>> {
  const choice = { ...inputs, required: rules?.required?.requirements }
  for (const all = { ...read }; ; ) {
    const verdict = judge(all, choice, inputs.own)
    const asked = askOf(verdict, inputs.withCheckRuns && hasGlob(choice), all)
    if (asked === undefined) return { value: verdict }
    const more =
      asked === 'suites'
        ? await listSuites(github, sha, suites)
        : await listWorkflowRuns(github, sha, runs)
    if ('failure' in more) return more
    Object.assign(all, { [asked]: more.value })
  }
}

/** What could make it another verdict. A workflow that could not start has nothing but its suite. */
function askOf(
  { asks, state }: Verdict,
  countsAll: boolean,
  { suites, runs }: Read,
): Ask | undefined {
  const asksForSuites = asks.includes('suites') || (state === 'success' && countsAll)
  if (asksForSuites && suites === undefined) return 'suites'
  return asks.includes('runs') && runs === undefined ? 'runs' : undefined
}
