import { type Look, ofName } from '../github/history.ts'
import type { NewStatus, Status } from '../github/status.ts'
import type { Rule } from '../github/write.ts'
import { describe } from '../status/description.ts'
import { type Job, jobLink } from '../status/link.ts'
import type { Platform } from '../status/platform.ts'
import { stateOf, type WordStates } from '../status/state.ts'
import type { ListEntry } from './inputs/entry.ts'
import type { Late } from './inputs/late.ts'
import type { Once } from './inputs/once.ts'
import type { PublishInputs } from './inputs/read.ts'
import { isPending, type Us, viewOf } from './last-word/entries.ts'
import { AS_IT_STANDS, hasOpenings, openingRule, relayOf, resultRule } from './last-word/rules.ts'
import { isKnownId, type Memory, type Opened, UNSURE } from './memory.ts'
import { idIn } from './opened.ts'
import { IN_PROGRESS, pendingLink } from './outputs.ts'

/** A status to be published, and the rule by which. */
export type Planned = {
  status: NewStatus
  rule: Rule
  /** Its id if it is known to be open already: nothing is sent. */
  id?: string
  /** Its description, by what a look has shown, if none is given. */
  describe?: (look: Look | undefined) => string
}

/** What a stage is to publish, one after the other. */
export type Plan = {
  statuses: readonly Planned[]
  /** What it opens, to be remembered before anything is sent, since an answer can be lost. */
  opens?: Opened
  /** Whether a history holds what the rule looks for beyond its first pages. */
  isFound?: (statuses: readonly Status[]) => boolean
  /** The ids of what is known to be open: a whole history that lacks one is not believed. */
  stored?: readonly string[]
  /** Whether it keeps GitHub's pace, and stops when the step is cancelled. */
  isList?: boolean
}

/** A followed job's pending under each name, unless it is known to be open. */
export function planOpening(
  inputs: PublishInputs,
  sha: string,
  before: Memory,
  startedAt: number,
): Plan {
  const { repository, apiUrl, platform, contexts, description, targetUrl, job } = inputs
  const place = { repository, apiUrl, sha }
  const us: Us = { job, opened: [], follows: true }
  const target_url = pendingLink(job, targetUrl) || undefined
  const pending = { sha, state: 'pending', description: description || IN_PROGRESS } as const
  const statuses = contexts.map((context): Planned => {
    const id = idIn(before, place, context)
    return {
      status: { ...pending, context, target_url },
      rule: openingRule(us, id === UNSURE),
      ...(isKnownId(id) && { id }),
    }
  })
  const opens: Opened = {
    ...place,
    statuses: contexts.map((context) => ({ context, id: idIn(before, place, context) || UNSURE })),
    ...(description && { description }),
    ...(targetUrl && { targetUrl }),
    startedAt: Math.min(startedAt, ...before.opened.map(({ startedAt }) => startedAt)),
  }
  const openings = contexts.map((context) => ({ context, us }))
  return { statuses, opens, isFound: (seen) => hasOpenings(seen, openings, platform) }
}

type Single = Exclude<Once, { kind: 'list' }>

/** One state or roll-up under each name. */
export function planOnce(inputs: PublishInputs, once: Single, sha: string, payload: unknown): Plan {
  const { contexts, description, job } = inputs
  const { targetUrl, speaksFor } = relayOf(inputs.targetUrl, job, payload)
  const us: Us = { job, opened: [], follows: false, speaksFor }
  const target_url = targetUrl || jobLink(job)
  const derived = (look: Look | undefined, context: string) => {
    if (once.kind === 'roll-up') return once.description
    return describe(once.word, look && timeSincePending(look, context, us, inputs.platform))
  }
  const statuses = contexts.map(
    (context): Planned => ({
      status: { sha, context, state: once.state, description, target_url },
      rule: resultRule(us),
      describe: (look) => derived(look, context),
    }),
  )
  return { statuses }
}

/** In milliseconds by the server's clock, undefined if our execution has no pending of the name. */
function timeSincePending(
  look: Look,
  context: string,
  us: Us,
  platform: Platform,
): number | undefined {
  const { entries } = viewOf(ofName(look, context, platform), us)
  const pending = entries.find((entry) => entry.isOurs && isPending(entry))
  const since = Date.parse(pending?.status.created_at ?? '')
  return Number.isNaN(since) ? undefined : look.now - since
}

/** @param ownSha the commit of the entries that name none, empty if it is not known */
export function planList(
  inputs: PublishInputs,
  entries: readonly ListEntry[],
  ownSha: string,
): Plan {
  const { targetUrl, job } = inputs
  const statuses = entries.map(({ context, state, word, ...entry }): Planned => {
    const sha = entry.sha ?? ownSha
    const target_url = entry.targetUrl || targetUrl || jobLink(job)
    const description = entry.description || describe(word)
    return { status: { sha, context, state, description, target_url }, rule: AS_IT_STANDS }
  })
  return { statuses, isList: true }
}

export type JobEnd = { job: Job; late: Late; choices: WordStates }

/** The job's result under each name that was opened on one commit. */
export function planResult(opened: Opened, end: JobEnd, platform: Platform): Plan {
  const result = resultOf(opened, end)
  const openings = opened.statuses.map(({ context, id }) => {
    const us: Us = { job: end.job, opened: isKnownId(id) ? [id] : [], follows: true }
    return { context, us }
  })
  const statuses = openings.map(
    ({ context, us }): Planned => ({
      status: { ...result, sha: opened.sha, context },
      rule: resultRule(us),
    }),
  )
  const stored = openings.flatMap(({ us }) => us.opened)
  return { statuses, stored, isFound: (seen) => hasOpenings(seen, openings, platform) }
}

/** The job's result; an error if the status was opened on this commit but then went to another. */
function resultOf(
  opened: Opened,
  { job, late, choices }: JobEnd,
): Pick<NewStatus, 'state' | 'description' | 'target_url'> {
  const target_url = late.targetUrl || opened.targetUrl || jobLink(job)
  if (opened.error !== undefined) {
    return { state: 'error', description: opened.error, target_url }
  }
  const given = late.description || opened.description
  const state = stateOf(late.result, choices)
  if (state === undefined) {
    return { state: 'error', description: given || 'The job reported no result', target_url }
  }
  const derived = describe(late.result, Date.now() - opened.startedAt)
  return { state, description: given || derived, target_url }
}
