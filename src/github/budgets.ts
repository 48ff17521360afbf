/**
 * How long a stage tries, in milliseconds: until `ifAsked` if the server itself says when to come
 * again.
 */
export type Budget = { usual: number; ifAsked: number }

/** A budget that grows only if `ifAsked`, in milliseconds, is given. */
export function upTo(usual: number, ifAsked = usual): Budget {
  return { usual, ifAsked }
}

/** Nothing is at stake before the job's steps. */
export const PRE = upTo(20_000)

/** Under a minute, so that `timeout-minutes: 1` does not hide our message. */
export const MAIN = upTo(50_000)
export const PUBLISH_ONCE = upTo(50_000, 150_000)
export const LOOK_ONCE = upTo(50_000)

/** Milliseconds that each entry of a list adds. */
export const EACH_ENTRY = 2_000

/** Milliseconds for the last look of a gate that waits, which starts at the end of the wait. */
export const LAST_LOOK = 10_000

export const POST = upTo(240_000)

/** The runner gives all post steps of a cancelled job 5 minutes together. */
export const POST_IF_CANCELLED = upTo(60_000, 150_000)

/** There can be hundreds of pages, or of statuses to close. */
export const LIST = upTo(240_000)
export const SWEEP = upTo(240_000)
