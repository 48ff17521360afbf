import { type Inputs, strictText, wrong } from '../../runner/inputs.ts'
import { at, isRecord } from '../../status/json.ts'
import { quote } from '../../status/text.ts'

/** Whose rules count: those of a branch, or of the branch that a pull request goes into. */
export type Base = { branch: string } | { pullRequest: number }

const EXPECTED = '`none`, `event`, or the name of a branch'

/**
 * The input `required_by`, undefined if it is `none`. A branch of that name is `heads/none`.
 * @param isOwnRepository whether the event is one of the repository that is read
 */
export function readRequiredBy(
  inputs: Inputs,
  payload: unknown,
  isOwnRepository: boolean,
): Base | undefined {
  const given = strictText(inputs, 'required_by', "'none'", EXPECTED)
  if (given === 'none' || given === '') return undefined
  if (given !== 'event') {
    const branch = given.replace(/^(refs\/)?heads\//, '')
    const isName = !/[\p{Cc}\p{Cs}\s~^:?*[\\]|\.\.|^\/|\/$|^\.?$/u.test(branch)
    if (!isName) wrong(inputs, 'required_by', EXPECTED)
    return { branch }
  }
  const { GITHUB_EVENT_NAME: event = '' } = inputs.env
  const base = isOwnRepository ? baseOf(event, payload) : undefined
  if (base !== undefined) return base

  const why = isOwnRepository
    ? `the event ${quote(event)} does not name exactly one`
    : 'the event is about another repository'
  wrong(inputs, 'required_by', `the name of a branch, since ${why}; write \`required_by: main\``)
  return undefined
}

const QUEUE = 'gh-readonly-queue/'

/**
 * The branch that an event's commit is merged into, or was pushed to. A run of a fork's workflow
 * names no pull request, and one can be for two branches.
 * https://docs.github.com/webhooks/webhook-events-and-payloads
 * @param payload nothing in it is trusted
 */
export function baseOf(event: string, payload: unknown): Base | undefined {
  if (/^pull_request(_target|_review|_review_comment)?$/.test(event)) {
    return branchOr(at(payload, 'pull_request.base.ref'))
  }
  if (event === 'merge_group') return branchOr(headOf(at(payload, 'merge_group.base_ref')))
  if (event === 'workflow_run') return branchOr(baseOfRun(payload))
  if (event === 'push') {
    const branch = headOf(at(payload, 'ref'))
    return branch?.startsWith(QUEUE) ? undefined : branchOr(branch)
  }
  const number = at(payload, 'issue.number')
  const isPullRequest = event === 'issue_comment' && isRecord(at(payload, 'issue.pull_request'))
  return isPullRequest && Number.isSafeInteger(number) ? { pullRequest: Number(number) } : undefined
}

function branchOr(branch: unknown): Base | undefined {
  return typeof branch === 'string' && branch !== '' ? { branch } : undefined
}

/** The branch in `refs/heads/…`: a tag is none. */
function headOf(ref: unknown): string | undefined {
  return typeof ref === 'string' ? /^refs\/heads\/(.+)$/s.exec(ref)?.[1] : undefined
}

/** The one base of a run's pull requests, those of a repository that it was forked from left out. */
function baseOfRun(payload: unknown): unknown {
  const pulls = at(payload, 'workflow_run.pull_requests')
  const own = at(payload, 'repository.id')
  const bases = (Array.isArray(pulls) ? pulls : [])
    .filter((pull) => at(pull, 'base.repo.id') === own)
    .map((pull) => at(pull, 'base.ref'))
  return new Set(bases).size === 1 ? bases[0] : undefined
}
