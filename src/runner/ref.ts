import {
  type Commit,
  commitOf,
  isTestMerge,
  namedCommits,
  type Ref,
} from '../status/event-commit.ts'
import { at } from '../status/json.ts'
import { joined, quote } from '../status/text.ts'
import { type Access, isOfEvent } from './access.ts'
import { type Inputs, strictText, wrong } from './inputs.ts'

/**
 * The commit that the event is about. It is a problem of the input `name` if the event does not say
 * which, or if it is a pull request's in another repository.
 */
export function readEventCommit(
  inputs: Inputs,
  name: 'sha' | 'ref',
  payload: unknown,
  access: Access,
): Commit {
  const { GITHUB_EVENT_NAME: event = '', GITHUB_SHA = '', GITHUB_REPOSITORY = '' } = inputs.env
  const commit = commitOf(event, payload, GITHUB_SHA)
  const unclear = (expected: string): Commit => {
    wrong(inputs, name, expected)
    return { none: 'it is not known' }
  }
  if ('lacks' in commit) {
    return unclear(
      `a commit, since the event ${quote(event)} names none (it lacks ${commit.lacks}); write ${expression(name, 'github.event.EXAMPLE.sha')}`,
    )
  }
  if ('meant' in commit) {
    const choices = [...commit.meant.slice(0, 5), 'github.sha'].map((one) => expression(name, one))
    return unclear(
      `a commit, since this ${event} names another than its own; write ${choices.join(' or ')}`,
    )
  }
  if ('pullRequest' in commit && !isOfEvent(access, inputs.env)) {
    const ways = name === 'sha' ? '`sha` or `pull_request`' : '`ref`'
    return unclear(
      `a commit, since the event is about pull request #${commit.pullRequest} of ${quote(GITHUB_REPOSITORY)}, not of \`repository\` at \`api_url\`; give ${ways}`,
    )
  }
  const { others } = namedCommits(event, payload, GITHUB_SHA)
  if (others.length > 0) {
    inputs.notes.push(`Not used, though it names a commit: ${joined(others, 5)}.`)
  }
  return commit
}

function expression(name: string, path: string): string {
  return `\`${name}: \${{ ${path} }}\``
}

/** The input `ref`: a SHA, branch or tag, or `event`. A branch of that name is `heads/event`. */
export function readRef(inputs: Inputs, payload: unknown, access: Access): Ref {
  const expected = '`event`, or a SHA, branch or tag without white space'
  const given = strictText(inputs, 'ref', "'event'", expected)
  if (given === 'event') return eventRef(inputs, payload, access)

  const ref = given.replace(access.platform.refPrefix, '')
  const isOutside = /(^|\/)\.{0,2}(\/|$)/.test(ref) // it would leave its place in the path
  if (given !== '' && (isOutside || /[\p{Cc}\p{Cs}\s]/u.test(ref))) wrong(inputs, 'ref', expected)
  const head = testMergeHead(inputs, ref, payload)
  if (head !== undefined) {
    inputs.warnings.push(
      `Input \`ref\` is a pull request's test merge commit, where statuses rarely are. Those of ${head} are read if \`ref\` is omitted.`,
    )
  }
  return { ref }
}

function eventRef(inputs: Inputs, payload: unknown, access: Access): Ref {
  const before = inputs.problems.length
  const commit = readEventCommit(inputs, 'ref', payload, access)
  if (!('none' in commit)) return commit

  const isNew = inputs.problems.length === before
  if (isNew) wrong(inputs, 'ref', `a SHA, branch or tag, since ${commit.none}`)
  return { sha: '' }
}

/**
 * What to call the head of the event's pull request, if a commit is its test merge commit, by SHA
 * or as `refs/pull/7/merge`. Otherwise undefined.
 */
export function testMergeHead(
  inputs: Inputs,
  commit: string,
  payload: unknown,
): string | undefined {
  const { GITHUB_EVENT_NAME = '', GITHUB_SHA = '' } = inputs.env
  const number = at(payload, 'pull_request.number')
  const isRef =
    typeof number === 'number' && /^(refs\/)?pull\/(\d+)\/merge$/.exec(commit)?.[2] === `${number}`
  if (!isRef && !isTestMerge(commit.toLowerCase(), GITHUB_EVENT_NAME, payload, GITHUB_SHA)) {
    return undefined
  }
  const head = at(payload, 'pull_request.head.sha')
  return typeof head === 'string' ? `its head, ${head.slice(0, 7)},` : 'its head'
}
