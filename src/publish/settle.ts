import { type Api, connect, type Status } from '../github/api.ts'
import type { Failure } from '../github/trouble.ts'
import type { Runner } from '../runner/runner.ts'
import { describe } from '../status/description.ts'
import type { Job } from '../status/link.ts'
import { stateOf } from '../status/state.ts'
import { quote } from '../status/text.ts'
import type { LateInputs } from './inputs.ts'
import type { Memory, Opened } from './memory.ts'
import { type Publication, publish } from './publish.ts'
import { tellNotes } from './report.ts'
import { type Standing, standingOf } from './standing.ts'

/** Milliseconds for a look at what newer runs have published: it must not keep the result from being published. */
const LOOK = 5_000

/** Milliseconds for which a look counts: a plain read and write take a part of that. */
const FRESH = 2_000

/**
 * Publishes the job's result for what was opened, but not where a newer run has published: an old run must not have the
 * last word, in whatever order they start and end. After a write that took long, what was seen may no longer be so: it
 * looks again, and puts back what it has covered.
 */
export async function settle(
  runner: Runner,
  opened: Opened,
  memory: Memory,
  late: LateInputs,
  deadline: number,
): Promise<Failure[]> {
  const access = { ...opened, token: late.token }
  runner.mask(late.token)
  const api = connect(access, deadline, runner)
  const sha = await api.resolve(opened.commit)
  if ('failure' in sha) return [sha.failure]
  const result = resultOf(runner, { ...opened, commit: { sha: sha.value } }, memory, late)

  const failures: Failure[] = []
  const putBack = new Set<string>()
  let contexts = result.contexts
  for (let isFirst = true; contexts.length > 0; isFirst = false) {
    const begun = Date.now()
    const look = connect(access, Math.min(deadline, begun + LOOK), runner)
    const seen = await statusesSeen(runner, look, sha.value, late.job)
    const standings = contexts.map((context) => ({
      context,
      ...standingOf(context, seen ?? [], late.job, putBack),
    }))
    for (const standing of standings) tellStanding(runner, standing)
    const free = isFirst
      ? standings.filter(({ is }) => is === 'free').map(({ context }) => context)
      : []
    const covered = standings.flatMap((one): Publication[] =>
      one.is === 'covered' ? [{ ...result, ...one.status, contexts: [one.context] }] : [],
    )
    const written: string[] = []
    for (const publication of [{ ...result, contexts: free }, ...covered]) {
      // A pending is put back at once or not at all: late, it would cover the result for which it waits.
      const isBrief = !isFirst && publication.state === 'pending'
      const outcome = await publish(isBrief ? look : api, publication, runner.info)
      if (isBrief) for (const { message } of outcome.failures) runner.info(message)
      else failures.push(...outcome.failures)
      for (const { context, id } of outcome.published.filter(({ id }) => id !== '')) {
        written.push(context)
        if (isBrief) putBack.add(id)
      }
    }
    const isFresh = seen !== undefined && Date.now() - begun <= FRESH && putBack.size === 0
    contexts = isFresh ? [] : written
  }
  return failures
}

function resultOf(
  runner: Runner,
  opened: Opened,
  { choices }: Memory,
  late: LateInputs,
): Publication {
  const state = stateOf(late.word, choices)
  const said =
    state === undefined
      ? 'The job reported no result'
      : describe(late.word, Date.now() - opened.startedAt)
  return {
    ...opened,
    state: state ?? 'error',
    description: tellNotes(runner, late.description) || opened.description || said,
    targetUrl: late.targetUrl ?? opened.targetUrl,
  }
}

/** The commit's statuses, newest first, or undefined where they could not be read. */
async function statusesSeen(
  runner: Runner,
  api: Api,
  sha: string,
  job: Job,
): Promise<Status[] | undefined> {
  if (job.run === '') return []
  const read = await api.statuses(sha, () => true)
  if ('value' in read) return read.value
  runner.info(`${read.failure.message} The result is published without a look for newer runs.`)
  return undefined
}

function tellStanding(runner: Runner, { context, is }: { context: string } & Standing): void {
  if (is === 'free') return
  const done = is === 'covered' ? 'put back' : 'left as it is'
  runner.info(`A newer run has published ${quote(context, 255)}: its status is ${done}.`)
}
