import { type Commit, commitOf, type Ref } from '../status/event-commit.ts'
import type { Platform } from '../status/platform.ts'
import { quote } from '../status/text.ts'
import { type Inputs, strictText, wrong } from './inputs.ts'

/**
 * The commit that the event is about. It is a problem of the input `name` if the event does not say
 * which.
 */
export function readEventCommit(inputs: Inputs, name: string, payload: unknown): Commit {
  const { GITHUB_EVENT_NAME: event = '', GITHUB_SHA = '' } = inputs.env
  const commit = commitOf(event, payload, GITHUB_SHA)
  if (!('lacks' in commit)) return commit

  const example = `\`${name}: \${{ github.event.EXAMPLE.sha }}\``
  wrong(
    inputs,
    name,
    `a commit, since the event ${quote(event)} names none (it lacks ${commit.lacks}); write ${example}`,
  )
  return { none: 'it is not known' }
}

/**
 * The input `ref`: a SHA, branch or tag, or `event`, the event's commit. A branch of that name is
 * `heads/event`.
 */
export function readRef(inputs: Inputs, payload: unknown, platform: Platform): Ref {
  const expected = '`event`, or a SHA, branch or tag without white space'
  const given = strictText(inputs, 'ref', "'event'", expected)
  if (given === 'event') return eventRef(inputs, payload)

  if (/[\p{Cc}\p{Cs}\s]|^\.{1,2}$/u.test(given)) wrong(inputs, 'ref', expected)
  return { ref: given.replace(platform.refPrefix, '') }
}

function eventRef(inputs: Inputs, payload: unknown): Ref {
  const before = inputs.problems.length
  const commit = readEventCommit(inputs, 'ref', payload)
  if (!('none' in commit)) return commit

  const isNew = inputs.problems.length === before
  if (isNew) wrong(inputs, 'ref', `a SHA, branch or tag, since ${commit.none}`)
  return { sha: '' }
}
