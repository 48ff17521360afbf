import type { Written } from '../github/write.ts'
import { isSameName } from '../status/context.ts'
import { platformOf } from '../status/platform.ts'
import type { Memory, Opened, Target } from './memory.ts'

function isSameTarget(one: Target, other: Target): boolean {
  const isSameServer = one.apiUrl === other.apiUrl
  const isSameRepository = one.repository.toLowerCase() === other.repository.toLowerCase()
  return isSameServer && isSameRepository && one.sha === other.sha
}

/**
 * The memory with what a stage opens. Names that it opens again are remembered once; what an
 * earlier stage opened on another commit gets a description saying where the status went.
 */
export function withOpened(memory: Memory, opened: Opened): Memory {
  const names = opened.statuses.map(({ context }) => context)
  const { opened: before } = withMoved(withoutNames(memory, opened, names), [opened])
  return { ...memory, opened: [...before, opened] }
}

/** The memory after statuses were published for good, or should have been. */
export function afterPublishing(
  memory: Memory,
  { repository, apiUrl }: Pick<Target, 'repository' | 'apiUrl'>,
  written: readonly Written[],
): Memory {
  const places = written.map(({ status: { sha } }) => ({ repository, apiUrl, sha }))
  const open = written.reduce((left, { id, status: { sha, context } }) => {
    return id === '' ? left : withoutNames(left, { repository, apiUrl, sha }, [context])
  }, memory)
  const moved = withMoved(open, places)
  const isAll = written.every(({ id, kept }) => id !== '' || kept !== undefined)
  return withError(moved, isAll ? NOT_REPLACED : NOT_PUBLISHED)
}

/**
 * The memory in which what was opened elsewhere gets a description saying where the status was
 * meant to go, in place of the job's result. An earlier error gives way to that.
 * @param places where main published, or tried to
 */
function withMoved(memory: Memory, places: readonly Target[]): Memory {
  const [first] = places
  if (first === undefined) return memory
  const error = `Meant for ${first.repository}@${first.sha.slice(0, 7)}`
  const opened = memory.opened.map((one) =>
    places.some((place) => isSameTarget(one, place)) ? one : { ...one, error },
  )
  return { ...memory, opened }
}

/** The id under which an earlier stage opened a name, empty if it did not. */
export function idIn(memory: Memory, place: Target, name: string): string {
  const platform = platformOf(place.apiUrl)
  const ids = memory.opened
    .filter((one) => isSameTarget(one, place))
    .flatMap(({ statuses }) => statuses)
    .filter(({ context, id }) => id !== '' && isSameName(context, name, platform))
  return ids[0]?.id ?? ''
}

/** The error's description if main was asked to publish, and could not, or did so under other names. */
export const NOT_PUBLISHED = 'The main step could not publish its status'
const NOT_REPLACED = 'The main step published another status'

/**
 * The memory in which nothing that is open gets the job's result, since main was asked for another.
 * An error that is remembered already stays.
 */
export function withError(memory: Memory, error: string): Memory {
  return { ...memory, opened: memory.opened.map((one) => ({ error, ...one })) }
}

function withoutNames(memory: Memory, place: Target, names: readonly string[]): Memory {
  const platform = platformOf(place.apiUrl)
  const isKept = ({ context }: { context: string }) =>
    !names.some((name) => isSameName(name, context, platform))
  const opened = memory.opened.map((one) =>
    isSameTarget(one, place) ? { ...one, statuses: one.statuses.filter(isKept) } : one,
  )
  return { ...memory, opened: opened.filter(({ statuses }) => statuses.length > 0) }
}
