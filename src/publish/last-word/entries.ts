import { isSameExecution, type Job, type Page, pageOf, parseLink } from '../../status/link.ts'

/** What counts of a status on the commit. */
export type Seen = {
  id: number
  state: string
  description: string
  target_url: string
  created_at?: string
}

/**
 * Who asks: our job, the ids of what pre or main opened under the name if they are known, and
 * whether we follow the job or publish once.
 */
export type Us = { job: Job; opened: readonly string[]; follows: boolean }

/**
 * A status, its place in time (0 is the newest), the run that it names, if any, and whose it is.
 */
export type Entry = {
  status: Seen
  age: number
  page: Page | undefined
  isOurs: boolean
  isOfOurJob: boolean
}

/**
 * The history of a name as we see it. Ours is what links to our execution, and what pre or main
 * opened: that is our own job's, wherever it links.
 * @param history newest first: its order is the order in time
 */
export function entriesOf(history: readonly Seen[], us: Us): Entry[] {
  const ours = pageOf(us.job)

  return history.map((status, age) => {
    const page = parseLink(status.target_url, us.job)
    const isOpened = us.opened.includes(String(status.id))
    const isOfExecution = page !== undefined && isSameExecution(page, ours)
    const isOfOurJob = isOpened || (isOfExecution && page.job === ours.job)
    return { status, age, page, isOurs: isOpened || isOfExecution, isOfOurJob }
  })
}

/** Whether an entry waits for a result. */
export function isPending({ status }: Entry): boolean {
  return status.state === 'pending'
}

/**
 * A state that we do not know, such as Gitea's `warning`, is a failure: it must not become green.
 */
export function isFailure({ status }: Entry): boolean {
  return status.state !== 'success' && status.state !== 'pending'
}
