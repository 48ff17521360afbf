import { isSameName } from '../status/context.ts'
import type { Platform } from '../status/platform.ts'
import { LOOK, LOOK_AGAIN } from './budgets.ts'
import { type GitHub, within } from './connect.ts'
import { listStatuses } from './list-statuses.ts'
import type { Status } from './status.ts'

/**
 * What a look at a commit's history has shown, newest first; `now` is the server's clock in
 * milliseconds.
 */
export type Look = { statuses: readonly Status[]; now: number }

/**
 * The history of a commit. Undefined if it could not be read: then the status is published all the
 * same.
 */
export type History = {
  /** The last look if it is fresh enough to write by, else a new one. */
  fresh(): Promise<Look | undefined>
  /** A new look. */
  again(): Promise<Look | undefined>
}

/** Milliseconds for which a look counts. */
const FRESH = 2_000

/** Pages that are read in any case, and while something is looked for. */
const PAGES = 3
const MOST_PAGES = 10

/**
 * Reads the history of a commit for a rule that decides whether to write.
 * @param isFound whether what is looked for beyond the first pages is there
 */
export function historyOf(
  github: GitHub,
  sha: string,
  isFound: (statuses: readonly Status[]) => boolean = () => true,
): History {
  const isEnough = (statuses: readonly Status[], pages: number) =>
    pages >= MOST_PAGES || (pages >= PAGES && isFound(statuses))

  let look: Look | undefined
  let readAt: number | undefined

  async function again(): Promise<Look | undefined> {
    const isUnreadable = readAt !== undefined && look === undefined
    const time = isUnreadable ? LOOK_AGAIN : LOOK
    const read = await listStatuses(within(github, time), sha, isEnough)
    const isUnread = read.failure !== undefined && read.statuses.length === 0
    if (read.failure !== undefined) github.log(unreadLine(read.failure.message, isUnread))
    look = isUnread ? undefined : read
    readAt = Date.now()
    return look
  }
  async function fresh(): Promise<Look | undefined> {
    const isFresh = readAt !== undefined && Date.now() - readAt <= FRESH
    return isFresh ? look : again()
  }
  return { fresh, again }
}

function unreadLine(reason: string, isUnread: boolean): string {
  return `${reason} ${isUnread ? 'Publishing without checking for newer runs.' : 'Deciding by the statuses read so far.'}`
}

/** The statuses of one name. */
export function ofName(look: Look, name: string, platform: Platform): Status[] {
  return look.statuses.filter(({ context }) => isSameName(context, name, platform))
}
