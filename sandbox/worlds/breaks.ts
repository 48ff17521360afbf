/** One clause of the rule, broken: a text of its source, and what stands there instead. */
export type Break = { clause: string; from: string; to: string }

/** Every clause of rows 1 to 3 that can make a difference to what a commit shows. */
const TEXT = `
row 1: an attempt is an execution of its own
- const executionOf = ({ page }: Entry) =>
+ const executionOf = ({ page }: Entry) => page?.run ??
row 1: another attempt of our run is not ours
- isSameExecution(page, ours)
+ page.run === ours.run
row 1: a greater attempt of our run is newer
- return theirs.attempt > ours.attempt
+ return false
row 1: an earlier attempt never is
- return theirs.attempt > ours.attempt
+ return true
row 1: newer is whose first came after our first
- if (isAfterOurs && isPending(theirFirst)) return true
+
row 1: if their first is a pending
- if (isAfterOurs && isPending(theirFirst))
+ if (isAfterOurs)
row 1: an execution's first counts, not its newest
- new Map(others.map(
+ new Map(others.toReversed().map(
row 1: our first counts, not our newest
- isNewer(theirFirst, ourFirst, pageOf(us.job))
+ isNewer(theirFirst, entries.find(({ isOurs }) => isOurs), pageOf(us.job))
row 1: not newer is whose first came before our first
- if (isBeforeOurs && isPending(ourFirst)) return false
+
row 1: if our first is a pending
- if (isBeforeOurs && isPending(ourFirst))
+ if (isBeforeOurs)
row 1: of first attempts the greater run is newer
- return isGreaterId(theirs.run, ours.run)
+ return false
row 1: run ids do not decide over a re-run
- if (theirs.attempt === 1 && ours.attempt === 1)
+ if (true)
row 1: else the greater job is newer
- return isGreaterId(theirs.job, ours.job)
+ return false
an opening pending is not sent again under a newer execution
- return newerStatuses(entries, us).size > 0
+ return false
row 2: the name is left to a newer execution
- if (newer.size > 0 && !waitsForUs(entries[0], us))
+ if (false)
row 2: unless it waits for us
- if (newer.size > 0 && !waitsForUs(entries[0], us))
+ if (newer.size > 0)
row 2: what waits is a pending
- if (newest === undefined || !isPending(newest)) return false
+ if (newest === undefined) return false
row 2: a sibling's pending does not wait for a followed job
- us.follows ? newest.isOfOurJob : newest.isOurs
+ newest.isOurs
row 2: a sibling's pending waits for what is published once
- us.follows ? newest.isOfOurJob : newest.isOurs
+ newest.isOfOurJob
row 2: a pending that names no run waits for us
- return isOurs || newest.page === undefined
+ return isOurs
row 3: a success hides no failure
- if (failure !== undefined) return keep(failure)
+
row 3: what is published once replaces
- us.follows && state === 'success'
+ state === 'success'
row 3: a failure of ours is published
- us.follows && state === 'success'
+ us.follows
row 3: a failure of a newer execution counts
- newer.has(entry) || isSibling(entry)
+ isSibling(entry)
row 3: a sibling's failure counts
- newer.has(entry) || isSibling(entry)
+ newer.has(entry)
row 3: our own job's failure does not
- entry.isOurs && !(knowsJobs && entry.isOfOurJob)
+ entry.isOurs
row 3: without job ids every failure of our execution counts
- entry.isOurs && !(knowsJobs && entry.isOfOurJob)
+ entry.isOurs && !entry.isOfOurJob
row 3: beside siblings an unnamed failure counts
- (hasSiblings && isUnnamed(entry))
+ false
row 3: without siblings it does not
- (hasSiblings && isUnnamed(entry))
+ isUnnamed(entry)
row 3: one that came before our first does not
- ourFirst !== undefined && age < ourFirst.age
+ true
row 3: a failure that is the newest status is left
- if (age === 0) return { does: 'leave', why: 'failure' }
+
row 3: a failure is repeated
- return { does: 'repeat', status: { ...status, state } }
+ return { does: 'leave', why: 'failure' }
row 3: the newest failure
- return entries.find((entry) =>
+ return entries.findLast((entry) =>
`

export const BREAKS: readonly Break[] = TEXT.trim()
  .split(/\n(?![-+])/)
  .map((part) => {
    const [clause = '', from = '', to = ''] = part.split(/\n[-+] ?/)
    return { clause, from, to }
  })
