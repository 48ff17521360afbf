import { isPageOf, type Job, ofNewestRun } from '../status/link.ts'
import { STATES, type State } from '../status/state.ts'

/** What counts of a status that is on the commit already. */
export type Seen = {
  id: number
  context: string
  state: string
  description: string
  target_url: string
  creator?: { login: string }
}

/**
 * How a context of ours stands to newer runs: it is free for our result, a newer run's status is left as it is, or a
 * newer run's status that one of ours covers has to be put back.
 */
export type Standing =
  | { is: 'free' }
  | { is: 'left' }
  | { is: 'covered'; status: { state: State; description: string; targetUrl: string } }

/**
 * A pending of ours over a newer run's may stay: that run will publish its result. What another account has published is
 * not put back: it must not come to bear our name.
 * @param seen the commit's statuses, newest first
 * @param putBack the ids of what we have put back: a pending may by then cover the result for which it waits
 */
export function standingOf(
  context: string,
  seen: readonly Seen[],
  ours: Job,
  putBack: ReadonlySet<string> = new Set(),
): Standing {
  const history = seen.filter((status) => status.context.toLowerCase() === context.toLowerCase())
  const [top] = history
  const isPutBack = ({ id }: Seen) => putBack.has(String(id))
  const newest = ofNewestRun(
    history.filter((status) => !isPutBack(status)),
    ours,
  )
  if (newest === undefined || top === undefined) return { is: 'free' }
  const isCovered = newest !== top && (isPutBack(top) || isPageOf(top.target_url, ours))
  if (!isCovered) return { is: 'left' }
  if (newest.creator?.login !== top.creator?.login) return { is: 'free' }
  const state = STATES.find((candidate) => candidate === newest.state)
  if (state === undefined || (state === 'pending' && top.state === 'pending')) return { is: 'left' }
  return {
    is: 'covered',
    status: { state, description: newest.description, targetUrl: newest.target_url },
  }
}
