import { type Entry, isFailure, isPending, type View } from './entries.ts'

/**
 * The newest failure that our success would hide. Siblings are our execution's other jobs; if job
 * ids are unknown, any status of our execution can be one's. Siblings with a link of their own
 * publish results that name no run.
 */
export function newestFailure(
  { entries, ours }: View,
  newer: ReadonlySet<Entry>,
): Entry | undefined {
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
export function isSiblingRunning({ entries, ours }: View): boolean {
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
