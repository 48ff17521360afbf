import { isSameName } from '../status/context.ts'
import { platformOf } from '../status/platform.ts'
import type { Memory, Opened } from './memory.ts'

/** Where something was opened: the commit is known by its SHA. */
type Target = Pick<Opened, 'repository' | 'apiUrl' | 'commit'>

const shaOf = ({ commit }: Target) => ('sha' in commit ? commit.sha : '')

function isSameTarget(one: Target, other: Target): boolean {
  const isSameServer = one.apiUrl === other.apiUrl
  const isSameRepository = one.repository.toLowerCase() === other.repository.toLowerCase()
  return isSameServer && isSameRepository && shaOf(one) === shaOf(other)
}

/**
 * The memory with what a stage opens. Names that it opens again are remembered once; what an
 * earlier stage opened on another commit is told where the status went.
 */
export function withOpened(memory: Memory, opened: Opened): Memory {
  const isPlaced = shaOf(opened) !== ''
  const before = memory.opened.filter((one) => shaOf(one) !== '' || !isPlaced)
  const kept = before.flatMap((one) =>
    isSameTarget(one, opened) ? withoutNames(one, opened.contexts) : one,
  )
  const { opened: moved } = withMoved({ ...memory, opened: kept }, isPlaced ? [opened] : [])
  return { ...memory, opened: [...moved, opened] }
}

/**
 * The memory in which what was opened elsewhere is told where the status was meant to go, so that
 * it does not get the job's result. An earlier error gives way to that.
 * @param places where main published, or tried to
 */
export function withMoved(memory: Memory, places: readonly Target[]): Memory {
  const [first] = places
  if (first === undefined) return memory
  const error = `Meant for ${first.repository}@${shaOf(first).slice(0, 7)}`
  const opened = memory.opened.map((one) =>
    places.some((place) => isSameTarget(one, place)) ? one : { ...one, error },
  )
  return { ...memory, opened }
}

/** The memory without names that were published for good on a commit. */
export function withoutOpened(memory: Memory, place: Target, names: readonly string[]): Memory {
  const opened = memory.opened.flatMap((one) =>
    isSameTarget(one, place) ? withoutNames(one, names) : one,
  )
  return { ...memory, opened }
}

/** The id under which an earlier stage opened each name, empty if it did not. */
export function idsIn(memory: Memory, opened: Opened): string[] {
  const platform = platformOf(opened.apiUrl)
  const places = memory.opened.filter((one) => isSameTarget(one, opened))
  return opened.contexts.map((name) => {
    const ids = places.map(({ contexts, ids }) => {
      const index = contexts.findIndex((context) => isSameName(context, name, platform))
      return ids[index] ?? ''
    })
    return ids.find((id) => id !== '') ?? ''
  })
}

/** The error's description if main was asked to publish, and could not. */
export const NOT_PUBLISHED = 'The main step could not publish its status'

/**
 * The memory in which nothing that is open gets the job's result, since main was asked for another.
 * An error that is remembered already stays.
 */
export function withError(memory: Memory, error: string): Memory {
  return { ...memory, opened: memory.opened.map((one) => ({ error, ...one })) }
}

function withoutNames(opened: Opened, names: readonly string[]): Opened[] {
  const platform = platformOf(opened.apiUrl)
  const isKept = (context: string) => !names.some((name) => isSameName(name, context, platform))
  const contexts = opened.contexts.filter(isKept)
  const ids = opened.ids.filter((_, index) => isKept(opened.contexts[index] ?? ''))
  return contexts.length === 0 ? [] : [{ ...opened, contexts, ids }]
}
