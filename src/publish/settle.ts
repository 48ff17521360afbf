import { type Budget, plus } from '../github/budgets.ts'
import type { Failure } from '../github/cause.ts'
import { connect } from '../github/connect.ts'
import type { Access } from '../runner/access.ts'
import type { Runner } from '../runner/toolkit.ts'
import { quote } from '../status/text.ts'
import { lateAccess, ownAccess, tokenProblem } from './inputs/late.ts'
import type { Opened } from './memory.ts'
import { failuresIn, type Writes, writeFailuresIn } from './outcome.ts'
import { type JobEnd, planResult } from './plan.ts'
import { writeInTurn } from './write-in-turn.ts'

/** What came of the statuses of one commit, and with which token. */
export type Settled = Writes & { access: Access }

/**
 * Publishes the job's result under every name that was opened on one commit, with the texts and the
 * token as they are now. Post leaves no status pending over a text or a token: a text that the
 * server refuses gives way to the derived one, a token that it refuses to the job's own.
 */
export async function settle(
  runner: Runner,
  opened: Opened,
  end: JobEnd,
  budget: Budget,
): Promise<Settled> {
  const access = lateAccess(runner.env, opened)
  const failure = tokenProblem(runner.env, access)
  if (failure !== undefined) return { written: [], failure, access }

  const start = Date.now()
  const settleBy: SettleBy = async (by, left, how) => {
    const github = connect(by, runner, plus(budget, start - Date.now()))
    const plan = planResult(left, how, by.platform)
    return { written: await writeInTurn(runner, github, plan, how.job), access: by }
  }
  const isRefused = (settled: Settled) => writeFailuresIn(settled).some(isTokenRefused)
  const first = await settleBy(access, opened, end)
  const own = isRefused(first) ? ownAccess(runner.env, access) : undefined
  if (own === undefined) return withoutRefusedTexts(runner, first, opened, end, settleBy)

  runner.info("The token was refused; trying the job's own token.")
  const later = merged(first, await settleBy(own, unsettled(opened, first), end))
  // The refusal of the token that was given says what to do.
  const settled = isRefused(later) ? first : later
  return withoutRefusedTexts(runner, settled, opened, end, settleBy)
}

type SettleBy = (access: Access, left: Opened, end: JobEnd) => Promise<Settled>

function isTokenRefused({ cause, error }: Failure): boolean {
  const isStatus = cause !== 'limit' && [403, 404].includes(error?.status ?? 0)
  return cause === 'credentials' || isStatus
}

/** What is refused for another reason, such as an unknown commit, has a topic of its own. */
const REJECTED = 'the-server-rejected-the-request'

async function withoutRefusedTexts(
  runner: Runner,
  settled: Settled,
  opened: Opened,
  end: JobEnd,
  settleBy: SettleBy,
): Promise<Settled> {
  const refusal = failuresIn(settled).find(({ topic }) => topic === REJECTED)?.error
  const refused = refusal === undefined ? [] : refusedTexts(refusal.reasons, opened, end.late)
  if (refusal === undefined || refused.length === 0) return settled

  const names = refused.map(({ input }) => `\`${input}\``).join(' or ')
  runner.warning(
    `The server refused ${names} (${quote(refusal.reasons || refusal.message)}): publishing the derived one instead.`,
  )
  const texts = Object.fromEntries(refused.map(({ key }) => [key, '']))
  const left = { ...unsettled(opened, settled), ...texts }
  const how = { ...end, late: { ...end.late, ...texts } }
  const later = merged(settled, await settleBy(settled.access, left, how))
  return withoutRefusedTexts(runner, later, left, how, settleBy)
}

const TEXTS = [
  { input: 'description', key: 'description', said: /description/i },
  { input: 'target_url', key: 'targetUrl', said: /target.?url/i },
] as const

/** The texts given that a refusal names, or all of them if it names none. */
function refusedTexts(reasons: string, opened: Opened, late: JobEnd['late']) {
  const given = TEXTS.filter(({ key }) => opened[key] || late[key])
  const named = TEXTS.filter(({ said }) => said.test(reasons))
  return named.length === 0 ? given : given.filter((text) => named.includes(text))
}

const isSettled = ({ id, kept }: Writes['written'][number]) => id !== '' || kept !== undefined

/** What is left of what was opened. */
function unsettled(opened: Opened, { written }: Writes): Opened {
  const done = written.filter(isSettled).map(({ status }) => status.context)
  return { ...opened, statuses: opened.statuses.filter(({ context }) => !done.includes(context)) }
}

function merged({ written }: Settled, later: Settled): Settled {
  return { ...later, written: [...written.filter(isSettled), ...later.written] }
}
