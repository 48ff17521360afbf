import type { State } from '../status/state.ts'
import { quote } from '../status/text.ts'

/** What counts of a status. */
export type Seen = { context: string; state: string }

/** The combined state of some statuses, and the names that stand in the way of success. */
export type Verdict<T extends Seen = Seen> = {
  state: Exclude<State, 'error'>
  /** The statuses that count. */
  statuses: T[]
  failing: string[]
  pending: string[]
  /** Picks that no status answers to. */
  missing: string[]
  /** Whether there is anything left to wait for: something pending or missing, or nothing there at all. */
  isOpen: boolean
}

/** The statuses of the picked contexts: all of them without picks. @param picks names, or globs with `*` */
export function pick<T extends Seen>(statuses: readonly T[], picks: readonly string[]): T[] {
  return statuses.filter(
    ({ context }) => picks.length === 0 || picks.some((glob) => matches(glob, context)),
  )
}

/**
 * GitHub's rule for the combined state: failure if a status failed or erred, else pending if there is none or one is
 * pending, else success. https://docs.github.com/rest/commits/statuses#get-the-combined-status-for-a-specific-reference
 *
 * A pick that no status answers to is pending too. Gitea's `skipped` counts as success; its `warning`, and any word
 * that nobody knows, as failure.
 * @param statuses the newest of each context
 * @param isOwn the status of the job that asks: it is pending as long as the job waits, and does not count
 */
export function judge<T extends Seen>(
  statuses: readonly T[],
  picks: readonly string[],
  isOwn: (status: T) => boolean,
): Verdict<T> {
  const counting = pick(statuses, picks).filter((status) => !isOwn(status))
  const named = (isMeant: (state: string) => boolean) =>
    counting.filter(({ state }) => isMeant(state)).map(({ context }) => context)
  const failing = named((state) => !['success', 'skipped', 'pending'].includes(state))
  const pending = named((state) => state === 'pending')
  const missing = picks.filter((glob) => !statuses.some(({ context }) => matches(glob, context)))
  const isOpen = counting.length === 0 || pending.length > 0 || missing.length > 0
  const state = failing.length > 0 ? 'failure' : isOpen ? 'pending' : 'success'
  return { state, statuses: counting, failing, pending, missing, isOpen }
}

/** What stands in the way of success, in one line. */
export function describeVerdict({ failing, pending, missing, isOpen }: Verdict): string {
  const parts = [listed('Failing', failing), listed('Pending', pending), listed('Missing', missing)]
  const said = parts.filter((part) => part !== '').join(' ')
  return said || (isOpen ? 'There is no status at all.' : 'All are successful.')
}

function listed(title: string, names: readonly string[]): string {
  const named = names.slice(0, MOST_NAMES).map((name) => quote(name, 255))
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : ''
  return names.length === 0 ? '' : `${title}: ${named.join(', ')}${more}.`
}

const MOST_NAMES = 20

/** Whether a name matches a glob, in which `*` is any text; compared without case, as GitHub compares contexts. */
export function matches(glob: string, name: string): boolean {
  const [first = '', ...rest] = glob.toLowerCase().split('*')
  const text = name.toLowerCase()
  const last = rest.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first)) return false
  let from = first.length
  for (const part of rest) {
    const found = text.indexOf(part, from)
    if (found < 0) return false
    from = found + part.length
  }
  return text.length - last.length >= from && text.endsWith(last)
}

/**
 * The newest status of each context, names compared without case as GitHub does.
 * @param statuses newest first @param withCase as Gitea compares them
 */
export function newestOfEach<T extends { context: string }>(
  statuses: readonly T[],
  withCase = false,
): T[] {
  const newest = new Map<string, T>()
  for (const status of statuses) {
    const name = withCase ? status.context : status.context.toLowerCase()
    if (!newest.has(name)) newest.set(name, status)
  }
  return [...newest.values()]
}
