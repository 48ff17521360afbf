import type { Failure } from '../../github/cause.ts'
import { type Access, isOwnApi, isOwnRepository, tokenOf } from '../../runner/access.ts'
import { type Env, inputText } from '../../runner/env.ts'
import { problemWith } from '../../runner/inputs.ts'
import { isSameName } from '../../status/context.ts'
import { isSha } from '../../status/event-commit.ts'
import { platformOf } from '../../status/platform.ts'
import { fitDescription, quote } from '../../status/text.ts'
import { ADDRESS, targetUrlOf } from '../../status/url.ts'
import type { Memory, Opened } from '../memory.ts'
import { placeOf } from '../mode.ts'
import { givenContexts } from './contexts.ts'

/** What post reads again, in case a later step has completed it; texts are empty if not. */
export type Late = {
  /** The job's result as the platform names it, empty if it does not say. */
  result: string
  description: string
  targetUrl: string
  notes: string[]
  warnings: string[]
}

/** Texts are not read if the inputs are those of an outer composite. @see placeOf */
export function readLate(env: Env, memory: Memory): Late {
  const result = inputText(env, 'job_status').toLowerCase()
  const isElsewhere = (memory.place ?? '') !== placeOf(env)
  if (isElsewhere) return { result, description: '', targetUrl: '', notes: [], warnings: [] }

  const { text: description, notes } = fitDescription(inputText(env, 'description'))
  const givenUrl = inputText(env, 'target_url')
  const targetUrl = targetUrlOf(givenUrl)
  const wrongUrl = `${problemWith('target_url', givenUrl, ADDRESS)} Keeping the previous value.`
  return {
    result,
    description,
    targetUrl: targetUrl ?? '',
    notes,
    warnings: [...(targetUrl === undefined ? [wrongUrl] : []), ...changesSince(env, memory)],
  }
}

/** Inputs that have changed since the status was opened, which is too late for them. */
function changesSince(env: Env, { opened }: Memory): string[] {
  const platform = platformOf(opened[0]?.apiUrl ?? '')
  const names = opened.flatMap(({ statuses }) => statuses.map(({ context }) => context))
  const isOpen = (name: string) => names.some((one) => isSameName(one, name, platform))
  const sha = inputText(env, 'sha').toLowerCase()
  const repository = inputText(env, 'repository').toLowerCase()

  const isIn = (one: Opened) => one.repository.toLowerCase() === repository
  const unchanged = {
    context: givenContexts(env, platform).every(isOpen),
    sha: !isSha(sha) || opened.some((one) => one.sha === sha),
    repository: repository === '' || opened.some(isIn),
  }
  const shown = names.map((one) => quote(one, 255)).join(', ')
  const changed = Object.entries(unchanged).filter(([, isSame]) => !isSame)
  return changed.map(
    ([name]) =>
      `Input \`${name}\` has changed since the status was opened: the result goes to ${shown} as opened.`,
  )
}

/** How post reaches what was opened: with the token as it is now. */
export function lateAccess(env: Env, { repository, apiUrl }: Opened): Access {
  const access = {
    repository,
    apiUrl,
    platform: platformOf(apiUrl),
    isOwnRepository: isOwnRepository(repository, env),
    commitInput: 'sha' as const,
    ...tokenOf(env),
  }
  return { ...access, hasStandIn: ownAccess(env, access) !== undefined }
}

/** Why the token as it is now cannot be used, or undefined. */
export function tokenProblem(env: Env, { apiUrl, token, isJobToken }: Access): Failure | undefined {
  const failure = (message: string): Failure => ({ cause: 'credentials', message, topic: '' })
  if (token === '') return failure('The result is not published: input `token` is empty.')
  if (!isJobToken || isOwnApi(apiUrl, env)) return undefined
  return failure(
    "The result is not published: input `token` is empty by now, and the job's own token is sent to the runner's own API only.",
  )
}

/**
 * The same with the job's own token, if it can help: a step's token is often revoked before post.
 * It writes to the job's own repository only, and only the runner's own API gets it.
 */
export function ownAccess(env: Env, access: Access): Access | undefined {
  const token = inputText(env, 'job_token')
  const canHelp =
    !access.isJobToken && token !== '' && access.isOwnRepository && isOwnApi(access.apiUrl, env)
  return canHelp ? { ...access, token, isJobToken: true } : undefined
}
