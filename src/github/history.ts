import { isSameName } from '../status/context.ts'
import type { Platform } from '../status/platform.ts'
import { LOOK, LOOK_AGAIN } from './budgets.ts'
import type { Failure } from './cause.ts'
import { type GitHub, within } from './connect.ts'
import { listStatuses, type StatusList } from './list-statuses.ts'
import type { Result } from './request.ts'
import { sleep } from './retry.ts'
import { isStale, type Status } from './status.ts'

/** What a look at a commit's history has shown, newest first; `now` is the server's clock. */
export type Look = { statuses: readonly Status[]; now: number }

/** The history of a commit; a look that fails is undefined, and does not stop the write. */
export type History = {
  /** The last look if it is fresh enough to write by, else a new one. */
  fresh(): Promise<Look | undefined>
  again(): Promise<Look | undefined>
  /**
   * A new look that may take all the time there is, since nothing is written without it.
   * @param stored the id of what was written before
   */
  insist(stored: string): Promise<Result<Look>>
}

/** Milliseconds for which a look counts. */
const FRESH = 2_000

/** Milliseconds before a reading that cannot be right is repeated. */
const PAUSE = 1_000

const STALE: Failure = {
  cause: 'server',
  message:
    'Could not read the statuses of the commit: the response lacks a status that was published before.',
  topic: 'the-response-lacks-a-status-that-was-published-before',
}

const UNREAD = 'Publishing without checking for newer runs.'
const READ_IN_PART = 'Deciding by the statuses read so far.'

/** Pages that are read in any case, and while something is looked for. */
const PAGES = 3
const MOST_PAGES = 10

/**
 * Reads the history of a commit for a rule that decides whether to write.
 * @param isFound whether what is looked for beyond the first pages is there
 * @param opened ids of statuses that are known to be stored
 */
export function historyOf(
  github: GitHub,
  sha: string,
  isFound: (statuses: readonly Status[]) => boolean = () => true,
  opened: readonly string[] = [],
): History {
  const isEnough = (statuses: readonly Status[], pages: number) =>
    pages >= MOST_PAGES || (pages >= PAGES && isFound(statuses))

  const stored = new Set(opened)
  let look: Look | undefined
  let readAt: number | undefined

  async function read(time: number): Promise<Failure | undefined> {
    const { failure, ...read } = await believable(within(github, time), sha, isEnough, stored)
    look = failure !== undefined && read.statuses.length === 0 ? undefined : read
    readAt = Date.now()
    return failure
  }
  async function again(): Promise<Look | undefined> {
    const isUnreadable = readAt !== undefined && look === undefined
    const failure = await read(isUnreadable ? LOOK_AGAIN : LOOK)
    if (failure !== undefined)
      github.log(`${failure.message} ${look === undefined ? UNREAD : READ_IN_PART}`)
    return look
  }
  async function fresh(): Promise<Look | undefined> {
    const isFresh = readAt !== undefined && Date.now() - readAt <= FRESH
    return isFresh ? look : again()
  }
  async function insist(id: string): Promise<Result<Look>> {
    stored.add(id)
    const failure = await read(Number.POSITIVE_INFINITY)
    return failure ? { failure } : { value: look as Look }
  }
  return { fresh, again, insist }
}

/**
 * Reads once more if the whole history lacks a status that is known to be stored: a server can lag.
 * If it still does, that is a failure.
 */
async function believable(
  github: GitHub,
  sha: string,
  isEnough: Parameters<typeof listStatuses>[2],
  stored: ReadonlySet<string>,
): Promise<StatusList> {
  const isBelieved = ({ isWhole, statuses }: StatusList) => !isWhole || !isStale(statuses, stored)
  const read = await listStatuses(github, sha, isEnough)
  if (isBelieved(read)) return read
  await sleep(PAUSE)
  const second = await listStatuses(github, sha, isEnough)
  return isBelieved(second) ? second : { ...second, statuses: [], failure: STALE }
}

export function ofName(look: Look, name: string, platform: Platform): Status[] {
  return look.statuses.filter(({ context }) => isSameName(context, name, platform))
}
