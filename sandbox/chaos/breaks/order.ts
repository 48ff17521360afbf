/**
 * Who has the last word, and what is looked at for it. See `breaks.ts` for the form, and
 * `worlds/breaks.ts` for every clause of the rule.
 */
export const ORDER = `
an old run overwrites a newer one
  publish/last-word/last-word.ts
- if (newer.size > 0 && !waitsForUs(entries[0], us))
+ if (false)

a success hides the failure of a sibling
  publish/last-word/last-word.ts
- newer.has(entry) || isSibling(entry) ||
+ newer.has(entry) ||

while a job is followed, its status links elsewhere
  publish/ready.ts
- return jobLink(job) ?? targetUrl
+ return targetUrl || (jobLink(job) ?? '')

what is published once looks at nothing
  publish/publish-once.ts
- looksFirst: true,
+ looksFirst: false,

a result looks at nothing
  publish/settle.ts
- looksFirst: true,
+ looksFirst: false,

only the newest page is read
  publish/last-word/history.ts
- pages >= MOST_PAGES || (pages >= PAGES && isFound(statuses))
+ pages >= 1

an old look counts
  publish/last-word/history.ts
- Date.now() - readAt <= FRESH
+ true

after a limit, nobody looks
  publish/write.ts
- if (wasRefused && !rule.looksFirst) return true
+ if (wasRefused) return true

a lost answer is written twice
  publish/write.ts
- const isStored = newest !== undefined && sent !== undefined && isEqual(newest, sent)
+ const isStored = newest !== undefined && sent !== undefined && false

a failed write is sent again without a look
  github/retry.ts
- if (!(await mayRetry(wasRefused === true))) throw withdrawal()
+

main opens again what pre has left to a newer run
  publish/open.ts
- failure?.mayBeStored || kept !== undefined
+ failure?.mayBeStored || kept === 'failure'
  publish/newer-run: an opening pending is not sent over a newer run

what may be open is forgotten
  publish/open.ts
- remember(runner, withOpened(before, attempted))
+ if (attempted === undefined) remember(runner, before)
  publish/opening: pre is killed in the middle of its request
`
