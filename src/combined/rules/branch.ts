import { type Inputs, strictText, wrong } from '../../runner/inputs.ts'
import { at, isRecord } from '../../status/json.ts'
import { quote } from '../../status/text.ts'

/** Whose rules count: those of a branch, or of the branch that a pull request goes into. */
export type Base = { branch?: string; pullRequest?: number }

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

/**
 * The branch that an event's commit is merged into, or was pushed to. A run of a fork's workflow
 * names no pull request, and one can be for two branches; the branches of a merge queue have no
 * rules of their own.
 * https://docs.github.com/webhooks/webhook-events-and-payloads
 * @param payload nothing in it is trusted
 */
export function baseOf(event: string, payload: unknown): Base | undefined {
  if (event === 'issue_comment') {
    const number = at(payload, 'issue.number')
    const isPullRequest = isRecord(at(payload, 'issue.pull_request'))
    return isPullRequest && Number.isSafeInteger(number)
      ? { pullRequest: Number(number) }
      : undefined
  }
  const branch = event.startsWith('pull_request')
    ? at(payload, 'pull_request.base.ref')
    : BRANCH.get(event)?.(payload)
  return typeof branch === 'string' && branch !== '' ? { branch } : undefined
}

const BRANCH = new Map<string, (payload: unknown) => unknown>([
  ['merge_group', (payload) => headIn(at(payload, 'merge_group.base_ref'))],
  ['push', (payload) => headIn(at(payload, 'ref'))],
  ['workflow_run', baseOfRun],
])

/** The one base of a run's pull requests; those of a repository that it was forked from are not ours. */
function baseOfRun(payload: unknown): unknown {
  const own = at(payload, 'repository.id')
  const pulls = at(payload, 'workflow_run.pull_requests')
  const bases = (Array.isArray(pulls) ? pulls : [])
    .filter((pull) => at(pull, 'base.repo.id') === own)
    .map((pull) => at(pull, 'base.ref'))
  return new Set(bases).size === 1 ? bases[0] : undefined
}

/** The branch in `refs/heads/…`, undefined for a tag. */
function headIn(ref: unknown): string | undefined {
  return /^refs\/heads\/(?!gh-readonly-queue\/)(.+)$/s.exec(String(ref))?.[1]
}
