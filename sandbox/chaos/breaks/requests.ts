/** Limits, retries and answers. See `breaks.ts` for the form. */
export const REQUESTS = `
a secondary limit is not waited for
  github/retry-wait.ts
- SECONDARY_LIMIT.test(error.message) ? SECONDARY_LIMIT_WAIT * 2 ** attempt : undefined
+ undefined

the post of a cancelled job waits for no limit
  github/budgets.ts
- POST_IF_CANCELLED = upTo(60_000, 150_000)
+ POST_IF_CANCELLED = upTo(60_000, 60_000)

what is published once waits for no limit
  github/budgets.ts
- PUBLISH_ONCE = upTo(50_000, 150_000)
+ PUBLISH_ONCE = upTo(50_000)

a list is written at any pace
  publish/pace.ts
- const MOST = 80
+ const MOST = 100

what is left of a list is not named
  publish/written.ts
- outcome.written.filter(({ id, kept, failure }) => id === '' && !kept && !failure)
+ outcome.written.filter(() => false)

a cancelled list waits on
  publish/publish-list.ts
- stop.then(() => sleep(GRACE)).then(() => cutOff(status))
+ new Promise<Written>(() => {})

a retry gives up at once
  github/retry-wait.ts
- if (isLasting(causeOf(error)))
+ if (true)

post forgets a cancel
  publish/settle.ts
- const state = stateOf(late.result, choices)
+ const state = stateOf(late.result === 'cancelled' ? 'success' : late.result, choices)

any answer counts as published
  github/request.ts
- const value = answer.status === expected ?
+ const value = expected === 201 ? ({ id: String(answer.data.id ?? 1) } as T) : answer.status === expected ?

an attempt can take longer than the stage
  github/connect.ts
- return Math.min(at - Date.now(), LONGEST_ATTEMPT)
+ return LONGEST_ATTEMPT
`
