import { isGiteaApi } from '../runner/access.ts'
import { isSameName } from '../status/context.ts'
import type { Memory, Opened } from './memory.ts'

/** Where something was opened: the commit is known by its SHA. */
type Place = Pick<Opened, 'repository' | 'apiUrl' | 'commit'>

const shaOf = ({ commit }: Place) => ('sha' in commit ? commit.sha : '')

function isSamePlace(one: Place, other: Place): boolean {
  const isSameServer = one.apiUrl === other.apiUrl
  const isSameRepository = one.repository.toLowerCase() === other.repository.toLowerCase()
  return isSameServer && isSameRepository && shaOf(one) === shaOf(other)
}

/**
 * The memory with what a stage opens. Names that it opens again are remembered once; what an
 * earlier stage opened on another commit is told where the status went.
 */
export function withOpened(memory: Memory, opened: Opened): Memory {
  const label = `${opened.repository}@${shaOf(opened).slice(0, 7)}`
  const before = memory.opened.filter((one) => shaOf(one) !== '' || shaOf(opened) === '')
  const kept = before.flatMap((one) => {
    if (isSamePlace(one, opened)) return withoutNames(one, opened.contexts)
    return shaOf(opened) === '' ? one : { ...one, movedTo: label }
  })
  return { ...memory, opened: [...kept, opened] }
}

/** The memory without names that were published for good on a commit. */
export function withoutOpened(memory: Memory, place: Place, names: readonly string[]): Memory {
  const opened = memory.opened.flatMap((one) =>
    isSamePlace(one, place) ? withoutNames(one, names) : one,
  )
  return { ...memory, opened }
}

/** The id under which an earlier stage opened each name, empty if it did not. */
export function idsIn(memory: Memory, opened: Opened): string[] {
  const isGitea = isGiteaApi(opened.apiUrl)
  const places = memory.opened.filter((one) => isSamePlace(one, opened))
  return opened.contexts.map((name) => {
    const ids = places.map(({ contexts, ids }) => {
      const index = contexts.findIndex((context) => isSameName(context, name, isGitea))
      return ids[index] ?? ''
    })
    return ids.find((id) => id !== '') ?? ''
  })
}

function withoutNames(opened: Opened, names: readonly string[]): Opened[] {
  const isGitea = isGiteaApi(opened.apiUrl)
  const isKept = (context: string) => !names.some((name) => isSameName(name, context, isGitea))
  const contexts = opened.contexts.filter(isKept)
  const ids = opened.ids.filter((_, index) => isKept(opened.contexts[index] ?? ''))
  return contexts.length === 0 ? [] : [{ ...opened, contexts, ids }]
}
