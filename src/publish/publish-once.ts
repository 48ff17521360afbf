import { PUBLISH_ONCE } from '../github/budgets.ts'
import { connect } from '../github/connect.ts'
import type { NewStatus } from '../github/create-status.ts'
import { resolveRef } from '../github/resolve-ref.ts'
import type { Runner } from '../runner/toolkit.ts'
import { describe } from '../status/description.ts'
import { isSameExecution, jobLink, pageOf, parseLink } from '../status/link.ts'
import type { Platform } from '../status/platform.ts'
import type { Once } from './inputs/once.ts'
import type { PublishInputs } from './inputs/read.ts'
import type { Us } from './last-word/entries.ts'
import { type History, historyOf, type Look, ofName } from './last-word/history.ts'
import { lastWord } from './last-word/last-word.ts'
import type { Memory } from './memory.ts'
import type { Done } from './open.ts'
import { NOT_PUBLISHED, withError, withMoved, withoutOpened } from './opened.ts'
import { type Rule, write, writeInTurn } from './write.ts'
import { logWritten } from './written.ts'

/**
 * Publishes a state or a roll-up, which closes what pre opened under the same names.
 * @param before what the earlier stages left
 */
export async function publishOnce(
  runner: Runner,
  inputs: PublishInputs,
  once: Exclude<Once, { kind: 'list' }>,
  before: Memory,
): Promise<Done> {
  const { commit, contexts, job, targetUrl } = inputs
  if ('none' in commit) {
    runner.info(`Nothing is published, since there is no commit: ${commit.none}.`)
    return { written: [], memory: before }
  }
  const github = connect(inputs, runner, PUBLISH_ONCE)
  const sha = await resolveRef(github, commit)
  if ('failure' in sha) {
    return { written: [], failure: sha.failure, memory: withError(before, NOT_PUBLISHED) }
  }

  const us: Us = { job, opened: [], follows: false }
  const history = historyOf(github, sha.value, new Map())
  const statuses = contexts.map(
    (context): NewStatus => ({
      sha: sha.value,
      context,
      state: once.state,
      description: inputs.description,
      target_url: targetUrl || jobLink(job),
    }),
  )
  const written = await writeInTurn(statuses, async (status) => {
    const description =
      status.description || (await describeOnce(once, history, status.context, us, inputs))
    const own = { ...status, description }
    const rule: Rule = { looksFirst: true, decide: (seen) => lastWord(seen, us, own.state) }
    const one = await write(github, history, own, rule)
    logWritten(github, job, one)
    return one
  })

  const closed = written.filter(({ id }) => id !== '').map(({ status }) => status.context)
  const place = { ...inputs, commit: { sha: sha.value } }
  const memory = withMoved(withoutOpened(before, place, closed), [place])
  const isRefused = written.some(({ failure }) => failure !== undefined)
  return { written, memory: isRefused ? withError(memory, NOT_PUBLISHED) : memory }
}

/**
 * What happened, and how long it took since this execution's newest pending of the name, if there
 * is one.
 */
async function describeOnce(
  once: Exclude<Once, { kind: 'list' }>,
  history: History,
  context: string,
  us: Us,
  { platform }: PublishInputs,
): Promise<string> {
  if (once.kind === 'roll-up') return once.description
  const look = await history.fresh()
  return describe(once.word, look && timeSincePending(look, context, us, platform))
}

/** In milliseconds by the server's clock, undefined if our execution has no pending of the name. */
function timeSincePending(
  look: Look,
  context: string,
  { job }: Us,
  platform: Platform,
): number | undefined {
  const ours = pageOf(job)
  const pending = ofName(look, context, platform).find(({ state, target_url }) => {
    const page = parseLink(target_url, job)
    return state === 'pending' && page !== undefined && isSameExecution(page, ours)
  })
  const since = Date.parse(pending?.created_at ?? '')
  return Number.isNaN(since) ? undefined : look.now - since
}
