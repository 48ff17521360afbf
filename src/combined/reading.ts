import type { Failure } from '../github/cause.ts'
import { listCheckRuns, listSuites, listWorkflowRuns } from '../github/check-runs.ts'
import type { GitHub } from '../github/connect.ts'
import { readCombinedStatus } from '../github/list-statuses.ts'
import type { Result } from '../github/request.ts'
import type { Runner } from '../runner/toolkit.ts'
import { isSha } from '../status/event-commit.ts'
import { listed } from '../status/text.ts'
import type { Read } from './findings.ts'
import type { CombinedInputs } from './inputs.ts'
import { type NamesSeen, seenAfter } from './names.ts'
import { type BranchRules, nothingLeft, readRequired } from './rules/read.ts'
import { judge, type Verdict } from './verdict.ts'

/** What is read: a SHA, branch or tag, and the branch whose rules count, if any. */
export type Subject = { ref: string; branch?: string | undefined }

/** A commit and how it was judged. */
export type Reading = { sha: string; verdict: Verdict }

/** What is read, and what earlier readings of a wait have found. */
type Known = {
  ref: string
  rules: BranchRules | undefined
  /** The commit that was read last, and the names that were there. */
  sha: string
  seen: NamesSeen
}

export function nothingKnown({ ref, branch }: Subject, { contexts }: CombinedInputs): Known {
  const rules = branch === undefined ? undefined : { branch, hasLines: contexts.length > 0 }
  return { ref, rules, sha: '', seen: new Map() }
}

/** Reads what is there and judges it, by the rules of the branch if that is asked for. */
export async function readAndJudge(
  runner: Runner,
  github: GitHub,
  inputs: CombinedInputs,
  known: Known,
): Promise<Result<Reading>> {
  const { rules } = known
  const first = rules && !rules.required && (await readRequired(runner, github, rules))
  if (first && 'failure' in first) return first
  const found = await readFound(github, inputs, known)
  if ('failure' in found) return found

  let judged = await judgeWhole(github, found.value, inputs, known)
  if (rules !== undefined && 'value' in judged && judged.value.state === 'success') {
    const again = await readRequired(runner, github, rules)
    judged = 'failure' in again ? again : await judgeWhole(github, found.value, inputs, known)
  }
  if ('failure' in judged) return judged

  const verdict = judged.value
  known.seen = seenAfter(known.seen, verdict.chosen, inputs.platform)
  const failure = hopeless(verdict, rules)
  return failure ? { failure } : { value: { sha: isSha(known.sha) ? known.sha : '', verdict } }
}

/** Judges what was read, and reads what else could make it another verdict. */
async function judgeWhole(
  github: GitHub,
  read: Read,
  inputs: CombinedInputs,
  known: Known,
): Promise<Result<Verdict>> {
  const choice = { ...inputs, required: known.rules?.required?.requirements }
  const verdict = judge(read, choice, inputs.own)
  const [ask] = verdict.asks
  if (ask === undefined) return { value: verdict }
  const more = await (ask === 'suites'
    ? listSuites(github, known.sha)
    : listWorkflowRuns(github, known.sha))
  if ('failure' in more) return more
  return judgeWhole(github, { ...read, [ask]: more.value }, inputs, known)
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
  const isAsked = required.some(({ became }) => became !== 'ignored' && became !== 'this job')
  return rules && required.length > 0 && !isAsked ? nothingLeft(rules) : undefined
}

async function readFound(
  github: GitHub,
  { withCheckRuns, own }: CombinedInputs,
  known: Known,
): Promise<Result<Read>> {
  const combined = await readCombinedStatus(github, known.ref)
  if ('failure' in combined) return combined
  const { items: statuses } = combined.value
  const sha = combined.value.sha || known.ref
  const listed = withCheckRuns && (await listCheckRuns(github, sha))
  if (listed && 'failure' in listed) return listed

  if (sha !== known.sha) known.seen = new Map()
  known.sha = sha
  const page = `${own.job.server}/${github.access.repository}/commit/${sha}`
  const checkRuns = listed ? listed.value.items : []
  return { value: { statuses, checkRuns, before: known.seen, page } }
}
