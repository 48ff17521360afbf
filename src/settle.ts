import { type Api, connect } from './api.js'
import { describe } from './description.js'
import type { LateInputs } from './inputs.js'
import { isNewer } from './link.js'
import type { Memory, Opened } from './memory.js'
import { type Publication, publish } from './publish.js'
import { tellNotes } from './report.js'
import type { Runner } from './runner.js'
import { stateOf } from './state.js'
import { quote } from './text.js'
import type { Failure } from './trouble.js'

/** Milliseconds for the look at what newer runs have published: it must not keep the result from being published. */
const LOOK = 5_000

/** Publishes the job's result for what was opened, unless a newer run has published there meanwhile. */
export async function settle(
  runner: Runner,
  opened: Opened,
  memory: Memory,
  late: LateInputs,
  deadline: number,
): Promise<Failure[]> {
  const state = stateOf(late.word, memory.choices)
  const said = state === undefined ? 'The job reported no result' : describe(late.word, Date.now() - opened.startedAt)
  const access = { ...opened, token: late.token }
  runner.mask(late.token)
  const look = connect(access, Math.min(deadline, Date.now() + LOOK), runner)
  const contexts = await withoutSuperseded(runner, look, opened, late)
  if (contexts.length === 0) return []
  const publication: Publication = {
    ...opened,
    contexts,
    state: state ?? 'error',
    description: tellNotes(runner, late.description) || opened.description || said,
    targetUrl: late.targetUrl ?? opened.targetUrl,
  }
  return (await publish(connect(access, deadline, runner), publication, runner.info)).failures
}

/** The contexts whose newest status is not a newer run's, which an old run must not overwrite. */
async function withoutSuperseded(
  runner: Runner,
  api: Api,
  { commit, contexts }: Opened,
  { job }: LateInputs,
): Promise<string[]> {
  if (!('sha' in commit) || job.run === '') return contexts
  const read = await api.statuses(commit.sha, () => true)
  if ('failure' in read) {
    runner.info(`${read.failure.message} The result is published without a look for newer runs.`)
    return contexts
  }
  return contexts.filter((context) => {
    const newest = read.value.find((status) => status.context.toLowerCase() === context.toLowerCase())
    const superseded = isNewer(newest?.target_url, job)
    if (superseded) runner.info(`A newer run has published ${quote(context, 255)}: its status is left as it is.`)
    return !superseded
  })
}
