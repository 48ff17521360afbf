/**
 * How long a stage tries, in milliseconds: until `ifAsked` if the server itself says when to come
 * again. What is tried again is said in `cause.ts`.
 */
export type Budget = { usual: number; ifAsked: number }

/** A budget that grows only if `ifAsked`, in milliseconds, is given. */
export function upTo(usual: number, ifAsked = usual): Budget {
  return { usual, ifAsked }
}

/** A budget that is so many milliseconds longer. */
export function plus({ usual, ifAsked }: Budget, milliseconds: number): Budget {
  return { usual: usual + milliseconds, ifAsked: ifAsked + milliseconds }
}

/** Nothing is at stake before the job's steps. */
export const PRE = upTo(20_000)

/** Under a minute, so that `timeout-minutes: 1` does not hide our message. */
export const OPEN_IN_MAIN = upTo(50_000)

/** Longer if the server asks, since this is a result. */
export const PUBLISH_ONCE = upTo(50_000, 150_000)

/** Milliseconds that each status adds, if there are many. */
export const EACH_STATUS = 2_000

export const COMBINED_ONCE = upTo(50_000)

/** Milliseconds for the last reading of a gate that waits, which starts at the end of the wait. */
export const LAST_READING = 10_000

/** The result of a job is worth trying for. */
const POST = upTo(240_000)

/**
 * The runner gives all post steps of a cancelled job 5 minutes together. @param result the job's
 */
export function postBudget(result: string, names: number): Budget {
  const usual = Math.min(60_000 + EACH_STATUS * names, POST.usual)
  return result === 'cancelled' ? upTo(usual, Math.max(usual, 150_000)) : POST
}

/** There can be hundreds of pages, or of statuses to close. */
export const LIST = upTo(240_000)
export const SWEEP = upTo(240_000)

/** Milliseconds for one attempt. One that is given less would only hide why the others failed. */
export const LONGEST_ATTEMPT = 10_000
export const SHORTEST_ATTEMPT = 1_000

/** Milliseconds for which a server may lag behind a push or a new token, once in a stage. */
export const LONGEST_LAG = 5_000

/** How many odd answers to writes are followed by another attempt, in a stage. */
export const MOST_ODD = 3

/** Milliseconds for a look at the history, which must not keep the result from being published. */
export const LOOK = 5_000

/** The same if the look before could not read anything: it must not take the time of other names. */
export const LOOK_AGAIN = 1_000
