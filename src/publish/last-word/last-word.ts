import { isGreaterId, type Page } from '../../status/link.ts'
import type { State } from '../../status/state.ts'
import {
  type Entry,
  isFailure,
  isPending,
  type Seen,
  type Us,
  type View,
  viewOf,
} from './entries.ts'

/**
 * What to do about our status; `why` says who keeps the last word instead: a newer execution, or in
 * ours a failure, or a job that still runs. `mark`: publish {@link PASSED}, then look again.
 */
export type Decision =
  | { does: 'publish' }
  | { does: 'leave'; why: 'newer' | 'failure' | 'sibling' }
  | { does: 'repeat'; status: Seen & { state: 'failure' | 'error' } }
  | { does: 'mark' }

/** The description of the pending that a job leaves while another job of its name still runs. */
export const PASSED = 'Passed; another job still runs under this name'

/**
 * Who has the last word under a name on a commit: the execution that began last has it, a followed
 * job's success hides neither a failure of another job of its execution nor that such a job still
 * runs, and we never leave behind a pending status that nobody will replace.
 * @param history the statuses of the name, newest first: their order is the order in time, ids do
 * not count
 * @param state what we would publish
 */
export function lastWord(history: readonly Seen[], us: Us, state: State): Decision {
  const view = viewOf(history, us)

  // 1. Newer is another execution that began after ours.
  const newer = newerStatuses(view)

  // 2. The name is left to a newer execution, unless its newest status is a pending that waits for us.
  if (newer.size > 0 && !waitsForUs(view.entries[0], us)) return { does: 'leave', why: 'newer' }

  if (us.follows && state === 'success') {
    // 3. A followed job's success does not hide a failure of a newer execution, or of another job of ours.
    const failure = newestFailure(view, newer)
    if (failure !== undefined) return keep(failure)

    // 4. Nor does it hide that another job of ours still runs.
    if (newer.size === 0 && isSiblingRunning(view)) {
      return us.hasMarked ? { does: 'leave', why: 'sibling' } : { does: 'mark' }
    }
  }

  // 5. Nothing else keeps us from publishing: older executions, other tools, our own statuses.
  return { does: 'publish' }
}

/** Whether another execution began after ours: then an opening pending is not sent again. */
export function hasNewerExecution(history: readonly Seen[], us: Us): boolean {
  return newerStatuses(viewOf(history, us)).size > 0
}

function newerStatuses({ entries, ours }: View): Set<Entry> {
  const ourFirst = entries.findLast(({ isOurs }) => isOurs)
  const others = entries.filter(({ page, isOurs }) => page !== undefined && !isOurs)
  const executionOf = ({ page }: Entry) => `${page?.run}#${page?.attempt}`
  const firsts = new Map(others.map((entry) => [executionOf(entry), entry]))

  const isOfNewer = (entry: Entry) => {
    const theirFirst = firsts.get(executionOf(entry))
    return theirFirst !== undefined && isNewer(theirFirst, ourFirst, ours)
  }
  return new Set(others.filter(isOfNewer))
}

/** Whether an execution is newer than ours, by the first status of each and by ids. */
function isNewer(theirFirst: Entry, ourFirst: Entry | undefined, ours: Page): boolean {
  const theirs = theirFirst.page
  if (theirs === undefined) return false

  // The attempts of our own run come one after the other.
  if (theirs.run === ours.run) return theirs.attempt > ours.attempt

  // A pending is where an execution begins.
  const isAfterOurs = ourFirst !== undefined && theirFirst.age < ourFirst.age
  const isBeforeOurs = ourFirst !== undefined && theirFirst.age > ourFirst.age
  if (isAfterOurs && isPending(theirFirst)) return true
  if (isBeforeOurs && isPending(ourFirst)) return false

  // A result alone does not tell when its execution began: ids do.
  if (theirs.attempt === 1 && ours.attempt === 1) return isGreaterId(theirs.run, ours.run)
  return isGreaterId(theirs.job, ours.job)
}

/** Whether the newest status is a pending that only we will replace: ours, or one without a run. */
function waitsForUs(newest: Entry | undefined, us: Us): boolean {
  if (newest === undefined || !isPending(newest)) return false
  const isOurs = us.follows ? newest.isOfOurJob : newest.isOurs
  return isOurs || newest.page === undefined
}

function keep({ status, age }: Entry): Decision {
  if (age === 0) return { does: 'leave', why: 'failure' }
  const state = status.state === 'error' ? 'error' : 'failure'
  return { does: 'repeat', status: { ...status, state } }
}

/**
 * The newest failure that our success would hide. Siblings are our execution's other jobs; if job
 * ids are unknown, any status of our execution can be one's. Siblings with a link of their own
 * publish results that name no run.
 */
function newestFailure({ entries, ours }: View, newer: ReadonlySet<Entry>): Entry | undefined {
  const knowsJobs = ours.job !== ''
  const isSibling = (entry: Entry) => entry.isOurs && !(knowsJobs && entry.isOfOurJob)
  const ourFirst = entries.findLast(({ isOurs }) => isOurs)
  const hasSiblings = knowsJobs && entries.some(isSibling)
  const isUnnamed = ({ page, age }: Entry) =>
    page === undefined && ourFirst !== undefined && age < ourFirst.age

  const counts = (entry: Entry) =>
    newer.has(entry) || isSibling(entry) || (hasSiblings && isUnnamed(entry))
  return entries.find((entry) => isFailure(entry) && counts(entry))
}

/**
 * Whether another followed job of our execution still runs: it has opened, and its newest status is
 * pending, but not because it has passed. It has ended if a failure came after that, which it left
 * as it was. Its result can have a link that names no run, or no job of ours; each of those since
 * then stands for the end of one.
 */
function isSiblingRunning({ entries, ours }: View): boolean {
  if (ours.job === '') return false
  const ofSiblings = entries.filter(({ isOurs, isOfOurJob }) => isOurs && !isOfOurJob)
  const hasOpened = new Set(
    ofSiblings.flatMap(({ page }) => (page?.mark === 'follows' ? page.job : [])),
  )
  const newest = new Map(ofSiblings.toReversed().map((entry) => [entry.page?.job, entry]))
  const failedAt = entries.find((entry) => isFailure(entry) && (entry.isOurs || !entry.page))?.age

  const running = [...newest.values()].filter(
    (entry) =>
      isPending(entry) &&
      entry.page?.mark !== 'passed' &&
      hasOpened.has(entry.page?.job ?? '') &&
      entry.age < (failedAt ?? entries.length),
  )
  const since = Math.max(-1, ...running.map(({ age }) => age))
  const ends = entries.filter((entry) => {
    const namesNoJob = entry.page ? entry.isOurs && entry.page.job === '' : !entry.isOfOurJob
    return entry.age < since && !isPending(entry) && namesNoJob
  })
  return running.length > ends.length
}
