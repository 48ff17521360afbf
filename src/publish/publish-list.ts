import { EACH_ENTRY, PUBLISH_ONCE, plus } from '../github/budgets.ts'
import type { Failure } from '../github/cause.ts'
import { connect, type GitHub } from '../github/connect.ts'
import type { NewStatus } from '../github/create-status.ts'
import type { Result } from '../github/request.ts'
import { resolveRef } from '../github/resolve-ref.ts'
import { sleep } from '../runner/sleep.ts'
import type { Runner } from '../runner/toolkit.ts'
import { describe } from '../status/description.ts'
import { jobLink } from '../status/link.ts'
import { quote } from '../status/text.ts'
import type { Entry } from './inputs/entry.ts'
import type { PublishInputs } from './inputs/read.ts'
import { repeatsIn } from './inputs/statuses.ts'
import { historyOf } from './last-word/history.ts'
import type { Memory } from './memory.ts'
import type { Done } from './open.ts'
import { NOT_PUBLISHED, withError, withMoved, withoutOpened } from './opened.ts'
import { paced, pause } from './pace.ts'
import { type Rule, write, writeInTurn } from './write.ts'
import { logWritten, type Written } from './written.ts'

/**
 * Milliseconds for the write on its way when the step is cancelled: the runner kills the step 10 s
 * after that.
 */
const GRACE = 5_000

/**
 * Publishes a list as it stands, one status after the other at GitHub's pace: nobody's last word is
 * looked for.
 * @param before what the earlier stages left
 */
export async function publishList(
  runner: Runner,
  inputs: PublishInputs,
  entries: readonly Entry[],
  before: Memory,
): Promise<Done> {
  const budget = plus(PUBLISH_ONCE, EACH_ENTRY * entries.length)
  const sentAt: number[] = []
  const github = paced(connect(inputs, runner, budget), sentAt)
  const own = await ownSha(github, inputs, entries)
  const sha = 'value' in own ? own.value : ''

  const repeats = repeatsIn(entries, sha, inputs.platform)
  if (repeats.length > 0) return refused(repeats, before)

  let isStopped = false
  const stop = runner.cancelled().then(() => {
    isStopped = true
    runner.info('Cancelled: the rest of the list is not published.')
  })
  const statuses = entries.map((entry) => statusOf(entry, sha, inputs))
  const written = await writeInTurn(
    statuses,
    async (status) => {
      await Promise.race([pause(github, sentAt), stop])
      if (isStopped || status.sha === '') return { status, id: '' }
      const cut = stop.then(() => sleep(GRACE)).then(() => cutOff(status))
      return Promise.race([writeEntry(github, status, inputs), cut])
    },
    () => isStopped,
  )
  const failure = 'failure' in own ? { failure: own.failure } : {}
  const places = written.map(({ status }) => ({ ...inputs, commit: { sha: status.sha } }))
  const memory = withMoved(written.reduce(withoutPublished(inputs), before), places)
  const isAll = written.every(({ id }) => id !== '')
  return { written, ...failure, memory: isAll ? memory : withError(memory, NOT_PUBLISHED) }
}

/** Two entries of one name on the head of a pull request, which was not known before. */
function refused(problems: readonly string[], before: Memory): Done {
  const failure: Failure = { cause: 'refused', message: problems.join(' '), topic: '' }
  return { written: [], failure, memory: withError(before, NOT_PUBLISHED) }
}

/** What is published for good is no longer open. */
function withoutPublished(inputs: PublishInputs) {
  return (memory: Memory, { id, status }: Written): Memory => {
    const place = { ...inputs, commit: { sha: status.sha } }
    return id === '' ? memory : withoutOpened(memory, place, [status.context])
  }
}

/** The write that was on its way when the step was cancelled: it may or may not be stored. */
function cutOff(status: NewStatus): Written {
  const name = quote(status.context, 255)
  const message = `Could not publish ${name}: the step was cancelled before the server confirmed it.`
  return { status, id: '', failure: { cause: 'unreachable', message, topic: '' } }
}

const AS_IT_STANDS: Rule = { looksFirst: false, decide: () => ({ does: 'publish' }) }

async function writeEntry(
  github: GitHub,
  status: NewStatus,
  inputs: PublishInputs,
): Promise<Written> {
  const history = historyOf(github, status.sha, new Map())
  const written = await write(github, history, status, AS_IT_STANDS)
  logWritten(github, inputs.job, written)
  return written
}

/** The commit for entries that name none. */
async function ownSha(
  github: GitHub,
  { commit }: PublishInputs,
  entries: readonly Entry[],
): Promise<Result<string>> {
  const isNeeded = entries.some(({ sha }) => sha === undefined)
  if (!isNeeded) return { value: '' }
  if (!('none' in commit)) return resolveRef(github, commit)
  const message = `There is no commit for the entries of \`statuses\` without a \`sha\`: ${commit.none}.`
  return { failure: { cause: 'missing', message, topic: '' } }
}

function statusOf(entry: Entry, ownSha: string, { job, targetUrl }: PublishInputs): NewStatus {
  return {
    sha: entry.sha ?? ownSha,
    context: entry.context,
    state: entry.state,
    description: entry.description || describe(entry.word),
    target_url: entry.targetUrl || targetUrl || jobLink(job),
  }
}
