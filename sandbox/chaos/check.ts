import type { StatusRecord } from '../api/github.ts'
import { combinedState } from '../api/rules.ts'
import { type JobRecord, nameOf, type Plan, type Said, type StageRecord } from './jobs.ts'
import type { Played } from './play.ts'
import type { Exchange } from './world.ts'

/** How a context came out whose last state is not the newest run's result, and may not be. */
export type Excuse = 'overtaken in flight' | 'published blind' | 'of a lost runner' | 'said why'

export type Findings = {
  /** What must never be: a sentence each. */
  wrong: string[]
  excused: Excuse[]
}

/** Milliseconds that a stage may take (see `lifecycle.ts`). */
const BUDGET = {
  pre: 20_000,
  main: 60_000,
  post: 240_000,
  postOfCancelled: 60_000,
  sweep: 240_000,
  combined: 305_000,
}

/** Everything that has to hold of what was played. */
export function check(played: Played): Findings {
  const { jobs } = played
  const contexts = new Set(played.statuses.map(({ context }) => context.toLowerCase()))
  const finals = [...contexts].map((context) => checkFinal(played, context))
  return {
    wrong: [
      ...jobs.flatMap((job) => checkBudget(job, played)),
      ...jobs.flatMap((job) => checkPatience(job, played)),
      ...jobs.flatMap(checkSecrets),
      ...jobs.flatMap(checkCrashes),
      ...jobs.flatMap((job) => checkClaims(job, played)),
      ...jobs.flatMap(checkSilence),
      ...jobs.flatMap((job) => checkGate(job, played)),
      ...finals.flatMap(({ wrong }) => (wrong === undefined ? [] : [wrong])),
    ],
    excused: finals.flatMap(({ excuse }) => (excuse === undefined ? [] : [excuse])),
  }
}

function budgetOf({ name }: StageRecord, { result }: JobRecord): number {
  return BUDGET[name === 'post' && result === 'cancelled' ? 'postOfCancelled' : name]
}

function checkBudget(job: JobRecord, { slack }: Played): string[] {
  return job.stages.flatMap((stage) => {
    const { name, began, ended = began } = stage
    const budget = budgetOf(stage, job)
    return ended - began > budget + slack
      ? [`${name} of ${nameOf(job.plan)} took ${ended - began} ms of ${budget}`]
      : []
  })
}

const PASSING = /gave no whole answer|stayed so for as long/

/** What can pass is tried again until the next wait, which doubles from a second to half a minute, does not fit. */
function checkPatience(job: JobRecord, { exchanges }: Played): string[] {
  const by = nameOf(job.plan)
  return job.stages.flatMap((stage) => {
    const { name, began, ended = began, said } = stage
    // A gate looks again by itself, until its own time is up.
    if (
      name === 'combined' ||
      !said.some(({ level, text }) => isAnnotation(level) && PASSING.test(text))
    )
      return []
    const tried = exchanges.filter(
      (exchange) => exchange.by === by && exchange.stage === name,
    ).length
    const left = began + budgetOf(stage, job) - ended
    return left > Math.min(2 ** tried, 30) * 1_000 + 1_000
      ? [`${name} of ${by} gave up ${left} ms too early`]
      : []
  })
}

function checkSecrets({ plan, stages }: JobRecord): string[] {
  return stages.flatMap(({ name, said, outputs, saved, raw }) => {
    const texts = [...said.map(({ text }) => text), ...Object.values(outputs), ...saved, ...raw]
    return texts.some((text) => text.includes(plan.token))
      ? [`${name} of ${nameOf(plan)} shows the token`]
      : []
  })
}

function checkCrashes({ plan, stages }: JobRecord): string[] {
  return stages.flatMap(({ name, crash }) =>
    crash === undefined ? [] : [`${name} of ${nameOf(plan)}: ${crash}`],
  )
}

const PUBLISHED = /^Published (\w+) as "(.*)" on \S+: (.*)$/

/** What a stage says it published: state, context and description. */
export function publishedBy({
  said,
}: StageRecord): { state: string; context: string; description: string }[] {
  return said.flatMap(({ text }) => {
    const [, state = '', context = '', description = ''] = PUBLISHED.exec(text) ?? []
    return state === '' ? [] : [{ state, context, description }]
  })
}

/** Whoever says "published" has a status there, and outputs that name it. */
function checkClaims({ plan, stages }: JobRecord, { statuses }: Played): string[] {
  const has = (claim: { state: string; context: string; description: string }) =>
    statuses.some(
      ({ state, context, description }) =>
        state === claim.state && context === claim.context && description === claim.description,
    )
  return stages.flatMap((stage) => {
    const lies = publishedBy(stage).filter((claim) => !has(claim))
    const ids = (stage.outputs.id ?? '').split('\n').filter((id) => id !== '')
    const unknown = ids.filter((id) => !statuses.some((status) => String(status.id) === id))
    return [
      ...lies.map(
        ({ state, context }) =>
          `${stage.name} of ${nameOf(plan)} did not publish ${state} as ${context}`,
      ),
      ...unknown.map(
        (id) => `${stage.name} of ${nameOf(plan)} names a status ${id} that is not there`,
      ),
    ]
  })
}

const REASONED = /^(Could not |No commit status is published|Cancelled|The combined status)/m
const LEFT = /^A newer run has published "(.*)":/

/** A stage that publishes nothing where it had to says why, in a warning or a failure; in a log line where it was said before. */
function checkSilence({ plan, stages }: JobRecord): string[] {
  const isReadOnly = stages.some(({ said }) => said.some(({ level }) => level === 'summary'))
  const hasFailed = stages.some(({ said }) =>
    said.some(({ level, text }) => level !== 'info' && REASONED.test(text)),
  )
  return stages.flatMap((stage) => {
    const { name, ended, said } = stage
    const reasons = said.filter(({ level, text }) => level !== 'info' && REASONED.test(text))
    const vague = said.filter(
      ({ level, text }) => isAnnotation(level) && !REASONED.test(text) && !LATE.test(text),
    )
    if (vague.length > 0) return [`${name} of ${nameOf(plan)} says only: ${vague[0]?.text}`]
    if (
      ended === undefined ||
      reasons.length > 0 ||
      isReadOnly ||
      !hadToPublish(stage, plan, stages)
    )
      return []
    const left = said.filter(({ text }) => LEFT.test(text)).length
    const repeated =
      said.some(({ level, text }) => level === 'info' && REASONED.test(text)) && hasFailed
    return publishedBy(stage).length + left > 0 || repeated
      ? []
      : [`${name} of ${nameOf(plan)} published nothing and did not say why`]
  })
}

const LATE = /^The input `context` has changed/

function isAnnotation(level: Said['level']): boolean {
  return level === 'warning' || level === 'fail'
}

function hadToPublish(
  { name }: StageRecord,
  { kind }: Plan,
  stages: readonly StageRecord[],
): boolean {
  const isOnce = kind === 'once' || kind === 'roll-up'
  if (name === 'pre') return kind === 'follow'
  if (name === 'main') return isOnce || kind === 'local'
  return name === 'post' && stages.some(({ saved }) => saved.length > 0) && !isOnce
}

/** A gate says what the statuses were when it last looked. */
function checkGate({ plan, stages }: JobRecord, { exchanges, statuses }: Played): string[] {
  const said = stages[0]?.outputs.state
  if (plan.kind !== 'gate' || said === undefined) return []
  const look = exchanges.findLast(
    ({ by, told }) => by === nameOf(plan) && (told === 200 || told === 304),
  )
  const picked = statuses
    .slice(0, look?.before)
    .filter(({ context }) => context.startsWith('CI / leg '))
  const states = [...new Map(picked.map(({ context, state }) => [context, state])).values()]
  const expected = combinedState(states)
  return said === expected
    ? []
    : [`the gate ${nameOf(plan)} says ${said}, and the statuses were ${expected}`]
}

type Final = { wrong?: string; excuse?: Excuse }

const SWEPT = /^The job never reported/

/** The last state of a context has to be that of the newest run that published there. */
function checkFinal(played: Played, context: string): Final {
  const { jobs, statuses } = played
  const history = statuses.filter((status) => status.context.toLowerCase() === context)
  const last = history.at(-1)
  const owner = last && ownerOf(last, jobs)
  if (last === undefined || owner === undefined) return { wrong: `"${context}" belongs to no job` }
  const wrong = (why: string) => ({
    wrong: `"${context}" ends as ${last.state} of ${nameOf(owner.plan)} ("${last.description}"): ${why}`,
  })
  const isOnce = owner.plan.kind === 'once' || owner.plan.kind === 'roll-up'
  if (isOnce)
    return last.state === owner.plan.shows ? {} : wrong(`it had to be ${owner.plan.shows}`)

  const newest = jobs
    .filter((job) => history.some((status) => ownerOf(status, jobs) === job))
    .reduce(newerOf)
  if (owner === newest && isTrue(last, newest)) return {}
  const post = newest.stages.find(({ name }) => name === 'post')
  if (owner.plan.lostAt !== undefined || post?.ended === undefined)
    return { excuse: 'of a lost runner' }
  if (isOvertaken(last, newest, played)) return { excuse: 'overtaken in flight' }
  // A pending that an older run leaves to a newer one, or could not put back, where that one then could not publish.
  const isLeft =
    last.state === 'pending' ||
    owner.stages.some(({ said }) => said.some(({ text }) => REASONED.test(text)))
  if (isLeft && saidWhy(newest)) return { excuse: 'said why' }
  if (owner === newest) return wrong(`it had to be ${newest.result}`)
  if (owner.stages.some(isBlind)) return { excuse: 'published blind' }
  return saidWhy(owner) ? { excuse: 'said why' } : wrong(`the newest run is ${nameOf(newest.plan)}`)
}

/** Whether a status shows how its job came out, as far as anybody can tell. */
function isTrue({ state, description }: StatusRecord, job: JobRecord): boolean {
  const post = job.stages.find(({ name }) => name === 'post')
  if (SWEPT.test(description ?? '')) return post?.ended === undefined || saidWhy(job)
  return state === (job.result === 'cancelled' ? 'error' : job.result)
}

/**
 * Whether a status was on its way while a newer one was stored, so that nobody could know: its writer had looked before,
 * or a request that nobody waited for any longer came in after the newest run's last.
 */
function isOvertaken(
  last: StatusRecord,
  newest: JobRecord,
  { jobs, exchanges, statuses }: Played,
): boolean {
  const context = last.context.toLowerCase()
  const writes = exchanges
    .filter(({ stored }) => stored)
    .map((exchange, index) => ({ index, exchange }))
    .filter(({ index }) => statuses[index]?.context.toLowerCase() === context)
  const own = writes.filter(({ exchange }) => exchange.by === nameOf(newest.plan))
  const [first, final] = [own[0], own.at(-1)]
  if (first === undefined || final === undefined) return false
  if (writes.some(({ index, exchange }) => exchange.isGivenUp && index >= final.index)) return true
  const write = writes.at(-1)?.exchange
  if (write === undefined || write === final.exchange) return false
  const isLook = ({ by, method, told }: Exchange) =>
    by === write.by && method === 'GET' && told === 200
  const look = exchanges.slice(0, exchanges.indexOf(write)).findLast(isLook)
  // To write over a newer run it must have seen none of it; to put its pending back, not yet its result.
  const unseen = ownerOf(last, jobs) === newest ? final : first
  return look !== undefined && unseen.index >= look.before
}

/** Whether a stage could not look for newer runs after its last write either, and said so. */
function isBlind({ said }: StageRecord): boolean {
  return BLIND.test(said.at(-1)?.text ?? '')
}

const BLIND = /published without a look for newer runs\.$/

/** Whether a stage has warned or failed with the reason. */
function saidWhy({ stages }: JobRecord): boolean {
  return stages.some(({ said }) =>
    said.some(({ level, text }) => isAnnotation(level) && REASONED.test(text)),
  )
}

function ownerOf({ target_url }: StatusRecord, jobs: readonly JobRecord[]): JobRecord | undefined {
  return jobs.find(({ plan }) => target_url?.endsWith(`/actions/runs/${plan.run}/job/${plan.id}`))
}

function newerOf(one: JobRecord, other: JobRecord): JobRecord {
  const isOther = other.plan.run - one.plan.run || other.plan.id - one.plan.id
  return isOther > 0 ? other : one
}
