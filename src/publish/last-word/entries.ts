import {
  isSameExecution,
  type Job,
  type Page,
  pageOf,
  parseLink,
  parseServerLink,
} from '../../status/link.ts'

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
 * whether we follow the job or publish once. What is published once can speak for another run;
 * without an attempt, for the newest one that shows.
 */
export type Us = {
  job: Job
  opened: readonly string[]
  follows: boolean
  speaksFor?: { run: string; attempt: number | undefined } | undefined
  /** Whether we have published that our job has passed, and look again. */
  hasMarked?: boolean
}

/** A status, its place in time (0 is the newest), the run that it names, and whose it is. */
export type Entry = {
  status: Seen
  age: number
  page: Page | undefined
  isOurs: boolean
  isOfOurJob: boolean
}

/** A name's history as we see it, and the execution we speak for; its `job` is empty if unknown. */
export type View = { entries: Entry[]; ours: Page }

/**
 * The history of a name as we see it. Ours is what links to our execution or to the one that we
 * speak for, and what pre or main opened: that is our own job's, wherever it links.
 * @param history newest first: its order is the order in time
 */
export function viewOf(history: readonly Seen[], us: Us): View {
  const own = pageOf(us.job)
  const pages = pagesOf(history, us)
  const ours = us.speaksFor ? spokenFor(us.speaksFor, pages) : own

  const entries = history.map((status, age) => {
    const page = pages[age]
    const isOpened = us.opened.includes(String(status.id))
    const isOurPage = page !== undefined && isSameExecution(page, own) && page.job === own.job
    const isOfOurs = page !== undefined && [own, ours].some((one) => isSameExecution(page, one))
    return { status, age, page, isOurs: isOpened || isOfOurs, isOfOurJob: isOpened || isOurPage }
  })
  return { entries, ours }
}

function spokenFor(
  { run, attempt }: NonNullable<Us['speaksFor']>,
  pages: readonly (Page | undefined)[],
): Page {
  const shown = pages.map((page) => (page?.run === run ? page.attempt : 1))
  return { run, attempt: attempt ?? Math.max(1, ...shown), job: '' }
}

/** The run that each status names; without an attempt, the newest attempt shown before is meant. */
function pagesOf(history: readonly Seen[], { job }: Us): (Page | undefined)[] {
  const newest = new Map<string, number>()
  const oldestFirst = linksOf(history, job).reverse()
  const pages = oldestFirst.map((link) => {
    if (link === undefined) return undefined
    const shown = newest.get(link.run) ?? 1
    newest.set(link.run, Math.max(link.attempt, shown))
    return link.isVague ? { ...link, attempt: shown } : link
  })
  return pages.reverse()
}

/**
 * What each status links to. A link to another repository names a run only if a followed job of that
 * run shows: then the repository has been renamed. A user can link to any run.
 */
function linksOf(history: readonly Seen[], job: Job): (Page | undefined)[] {
  const links = history.map(({ target_url }) => parseServerLink(target_url, job))
  const followed = new Set(links.flatMap((link) => (link?.mark === 'follows' ? link.run : [])))
  return history.map(({ target_url }, age) => {
    const link = links[age]
    return link && followed.has(link.run) ? link : parseLink(target_url, job)
  })
}

export function isPending({ status }: Entry): boolean {
  return status.state === 'pending'
}

/** An unknown state, such as Gitea's `warning`, is a failure: it must not become green. */
export function isFailure({ status }: Entry): boolean {
  return status.state !== 'success' && status.state !== 'pending'
}
