import type { KnownPages } from '../github/all-pages.ts'
import type { Failure } from '../github/cause.ts'
import {
  type CheckRun,
  listCheckRuns,
  listSuites,
  listWorkflowRuns,
  type Suite,
  type WorkflowRun,
} from '../github/check-runs.ts'
import { readCombinedStatus } from '../github/combined-status.ts'
import type { GitHub } from '../github/connect.ts'
import type { Result } from '../github/request.ts'
import type { Status } from '../github/status.ts'
import type { Runner } from '../runner/toolkit.ts'
import { isSha } from '../status/event-commit.ts'
import { listed } from '../status/text.ts'
import type { CombinedInputs } from './inputs.ts'
import { itemsOf, remember, type Seen } from './names.ts'
import { type BranchRules, nothingLeft, readRequired } from './rules/read.ts'
import { judge, type Read, type Verdict } from './verdict.ts'

/** What is read: a SHA, branch or tag, and the branch whose rules count, if any. */
export type Place = { ref: string; branch?: string | undefined }

/** A commit and how it was judged. */
export type Reading = { sha: string; verdict: Verdict }

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

export function nothingKnown(branch: string | undefined, { contexts }: CombinedInputs): Known {
  const pages = { statuses: new Map(), checkRuns: new Map(), suites: new Map(), runs: new Map() }
  const known: Known = { ...pages, sha: '', seen: new Map() }
  if (branch === undefined) return known
  const rules = { protection: new Map(), rules: new Map() }
  return { ...known, rules: { branch, hasLines: contexts.length > 0, known: rules } }
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

  let judged = await judgeWhole(github, found.value, inputs, known)
  if (rules !== undefined && isPassed(judged)) {
    const again = await readRequired(runner, github, rules)
    judged = 'failure' in again ? again : await judgeWhole(github, found.value, inputs, known)
  }
  return 'failure' in judged ? judged : concluded(judged.value, inputs, known)
}

function isPassed(judged: Result<Verdict>): boolean {
  return 'value' in judged && judged.value.state === 'success'
}

function concluded(verdict: Verdict, { platform }: CombinedInputs, known: Known): Result<Reading> {
  const checkRuns = verdict.checkRuns.filter(({ id }) => id > 0)
  known.seen = remember(known.seen, itemsOf(verdict.statuses, checkRuns), platform)
  const failure = hopeless(verdict, known.rules)
  const sha = isSha(known.sha) ? known.sha : ''
  return failure === undefined ? { value: { sha, verdict } } : { failure }
}

/** Judges what was read, and reads what else could make it another verdict. */
async function judgeWhole(
  github: GitHub,
  read: Read,
  inputs: CombinedInputs,
  { sha, suites, runs, rules }: Known,
): Promise<Result<Verdict>> {
  const choice = { ...inputs, required: rules?.required?.requirements }
  for (const all = { ...read }; ; ) {
    const verdict = judge(all, choice, inputs.own)
    const [ask] = verdict.asks
    if (ask === undefined) return { value: verdict }
    const isSuites = ask === 'suites'
    const more = await (isSuites
      ? listSuites(github, sha, suites)
      : listWorkflowRuns(github, sha, runs))
    if ('failure' in more) return more
    Object.assign(all, { [ask]: more.value })
  }
}

/** Why waiting cannot help: what is asked for is this job, or ignored. */
function hopeless(
  { missing, required }: Verdict,
  rules: BranchRules | undefined,
): Failure | undefined {
  const own = missing.filter(({ isHopeless }) => isHopeless).map(({ line }) => line)
  if (own.length > 0) {
    return {
      cause: 'refused',
      message: `Input \`contexts\` names this job itself, which cannot wait for its own end: ${listed(own, 3)}. Remove that line, or give the job another name.`,
      topic: 'contexts-names-this-job-itself',
    }
  }
  const isLeftOut = ({ became }: Verdict['required'][number]) =>
    became === 'ignored' || became === 'this job'
  const isNothing = required.length > 0 && required.every(isLeftOut)
  return rules !== undefined && isNothing ? nothingLeft(rules) : undefined
}

async function readFound(
  github: GitHub,
  ref: string,
  { withCheckRuns, own }: CombinedInputs,
  known: Known,
): Promise<Result<Read>> {
  const combined = await readCombinedStatus(github, ref, known.statuses)
  if ('failure' in combined) return combined

  const { items: statuses } = combined.value
  const sha = combined.value.sha || ref
  const listed = withCheckRuns
    ? await listCheckRuns(github, sha, known.checkRuns)
    : { value: { items: [] } }
  if ('failure' in listed) return listed

  if (sha !== known.sha) known.seen = new Map()
  known.sha = sha
  const page = `${own.job.server}/${github.access.repository}/commit/${sha}`
  const checkRuns = listed.value.items
  return { value: { statuses, checkRuns, before: known.seen, page } }
}
