import type { State } from '../../../src/status/state.ts'
import type { Entry, Plan } from '../plan.ts'
import type { Random } from '../random.ts'
import { SHA } from '../world.ts'

export const SECOND = 1_000
const PUSH = { name: 'push', payload: { ref: 'refs/heads/main', after: SHA } }
export const COMMENT = {
  name: 'issue_comment',
  payload: { issue: { number: 7, pull_request: {} } },
}

/** A job of a run, which no step of ours is in yet. */
export function job(random: Random, run: number, more: Partial<Plan> = {}): Plan {
  const length = () =>
    random.pick([0, random.between(0, 5 * SECOND), random.between(0, 90 * SECOND)])
  const secret = String(random.between(0, 999_999)).padStart(6, '0')
  return {
    kind: 'follow',
    run,
    attempt: 1,
    after: [],
    delay: 0,
    queued: random.pick([0, 0, random.between(0, 20 * SECOND)]),
    lasts: [length(), length()],
    result: random.pick(['success', 'failure']),
    runsMain: true,
    lostAt: undefined,
    cancelledAt: undefined,
    event: random.chance(0.1) ? COMMENT : PUSH,
    changes: {},
    env: {},
    token: `ghs_${secret}${'T0ken'.repeat(6)}`,
    hasId: true,
    isDirect: random.chance(0.7),
    shows: undefined,
    skips: 0,
    losesEvent: random.chance(0.05),
    commits: [SHA],
    repeats: undefined,
    ...more,
    with: { ...(random.chance(0.2) && { fail_on_error: 'false' }), ...more.with },
  }
}

/** A job that a status follows, in any of the ways in which it can go. */
export function follow(random: Random, run: number, more: Partial<Plan> = {}): Plan {
  const plan = job(random, run, more)
  const during = random.between(0, plan.lasts[0] + plan.lasts[1] + 2 * SECOND)
  const isLocal = random.chance(0.15)
  return linked(random, {
    ...plan,
    kind: isLocal ? 'local' : 'follow',
    isDirect: plan.isDirect && !isLocal,
    runsMain: random.chance(0.85),
    cancelledAt: random.chance(0.12) ? during : undefined,
    ...more,
  })
}

/** With a link of the user's at times: fixed, or known to the last stage only. */
function linked(random: Random, plan: Plan): Plan {
  const target_url = `https://ci.example/builds/${plan.run}`
  const kind = random.pick(['job', 'job', 'job', 'fixed', 'late'])
  if (kind === 'fixed') return { ...plan, with: { ...plan.with, target_url } }
  if (kind === 'late') return { ...plan, changes: { ...plan.changes, post: { target_url } } }
  return plan
}

/** A job of which a step publishes a state once. */
export function once(random: Random, run: number, state: State, more: Partial<Plan> = {}): Plan {
  const plan = job(random, run, more)
  const target_url = random.chance(0.15) && `https://ci.example/builds/${run}`
  return {
    ...plan,
    kind: 'once',
    shows: state,
    result: 'success',
    with: { context: 'CI / once', ...(target_url && { target_url }), ...plan.with, state },
  }
}

const STATES = ['pending', 'success', 'failure', 'error'] as const

/** A job that publishes a list, and does nothing else. */
export function list(random: Random, length: number, more: Partial<Plan> = {}): Plan {
  const plan = job(random, 100, more)
  const entries = Array.from({ length }, (_, index): Entry => {
    return { context: `CI / table ${index}`, state: random.pick(STATES) }
  })
  return {
    ...plan,
    kind: 'list',
    result: 'success',
    lasts: [0, 0],
    with: { ...plan.with, statuses: JSON.stringify(entries) },
  }
}

/** A job that publishes how others came out. */
export function rollUp(random: Random, run: number, more: Partial<Plan>): Plan {
  const plan = job(random, run, more)
  const context = plan.with.context ?? 'CI / all'
  return { ...plan, kind: 'roll-up', result: 'success', with: { ...plan.with, context } }
}

/**
 * The same job in the next attempt, which starts after everything of the attempt before has ended.
 */
export function again(random: Random, plan: Plan, after: readonly Plan[]): Plan {
  return {
    ...plan,
    attempt: plan.attempt + 1,
    after,
    delay: random.between(1, 60) * SECOND,
    queued: random.pick([0, random.between(0, 10 * SECOND)]),
    result: plan.result === 'success' ? random.pick(['success', 'failure']) : 'success',
    lostAt: undefined,
    cancelledAt: undefined,
    runsMain: true,
    repeats: plan,
    ...(plan.kind === 'follow' && random.chance(0.2) ? { kind: 'local', isDirect: false } : {}),
  }
}

export function contextsOf(random: Random): string {
  return random.pick([
    'job',
    'CI / build',
    'CI / build\nCI / lint\nDeploy',
    `CI / 🚀 ${'long '.repeat(80)}`,
  ])
}
