import { connect, type GitHub } from '../github/connect.ts'
import type { NewStatus } from '../github/create-status.ts'
import { resolve } from '../github/pull-request.ts'
import { sleep } from '../runner/sleep.ts'
import type { Runner } from '../runner/toolkit.ts'
import { describe } from '../status/description.ts'
import { jobLink } from '../status/link.ts'
import { historyOf } from './history.ts'
import type { Entry } from './inputs/entry.ts'
import type { PublishInputs } from './inputs/read.ts'
import type { Memory } from './memory.ts'
import type { Done } from './open.ts'
import { withoutOpened } from './opened.ts'
import { waitForPace } from './pace.ts'
import { ownServer } from './server.ts'
import { writeInTurn } from './several.ts'
import { lineOf, type Rule, type Written, write } from './write.ts'

/** Milliseconds that each status of a list adds to the time limit. */
const TIME_EACH = 2_000

/**
 * Publishes a list as it stands, one status after the other at GitHub's pace: nobody's last word is
 * looked for.
 * @param before what the earlier stages left
 * @param milliseconds the time limit, and what it may grow to if the server says when to come again
 */
export async function publishList(
  runner: Runner,
  inputs: PublishInputs,
  entries: readonly Entry[],
  before: Memory,
  [milliseconds, latest]: readonly [number, number],
): Promise<Done> {
  const more = TIME_EACH * entries.length
  const sentAt: number[] = []
  const github = paced(connect(inputs, runner, milliseconds + more, latest + more), sentAt)
  const own = await ownSha(github, inputs, entries)
  const sha = 'value' in own ? own.value : ''

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
      return writeEntry(github, status, inputs)
    },
    () => isStopped,
  )
  const failure = 'failure' in own ? { failure: own.failure } : {}
  return { written, ...failure, memory: written.reduce(withoutPublished(inputs), before) }
}

/** What is published for good is no longer open. */
function withoutPublished(inputs: PublishInputs) {
  return (memory: Memory, { id, status }: Written): Memory => {
    const place = { ...inputs, commit: { sha: status.sha } }
    return id === '' ? memory : withoutOpened(memory, place, [status.context])
  }
}

const AS_IT_STANDS: Rule = { looksFirst: false, decide: () => ({ does: 'publish' }) }

async function writeEntry(
  github: GitHub,
  status: NewStatus,
  inputs: PublishInputs,
): Promise<Written> {
  const history = historyOf(github, status.sha, new Map())
  const written = await write(github, history, status, AS_IT_STANDS)
  if (written.failure === undefined) {
    github.log(lineOf(written, inputs.repository, ownServer(inputs.job, inputs)))
  }
  return written
}

/** The commit for entries that name none. */
async function ownSha(
  github: GitHub,
  { commit }: PublishInputs,
  entries: readonly Entry[],
): ReturnType<typeof resolve> {
  const isNeeded = entries.some(({ sha }) => sha === undefined)
  if (!isNeeded) return { value: '' }
  if (!('none' in commit)) return resolve(github, commit)
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

/** The connection, which keeps every attempt to write to GitHub's pace. */
function paced(github: GitHub, sentAt: number[]): GitHub {
  return {
    ...github,
    async fetch(url, call, milliseconds) {
      if (call.method === 'POST') {
        await pause(github, sentAt)
        sentAt.push(Date.now())
      }
      return github.fetch(url, call, milliseconds)
    },
  }
}

/** Waits until another write keeps to the pace, and says so. */
async function pause({ log }: GitHub, sentAt: readonly number[]): Promise<void> {
  const wait = waitForPace(sentAt, Date.now())
  if (wait === 0) return
  log(`Waiting ${(wait / 1000).toFixed(1)} s: GitHub takes 80 statuses a minute.`)
  await sleep(wait)
}
