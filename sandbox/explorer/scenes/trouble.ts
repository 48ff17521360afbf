import type { Plan } from '../plan.ts'
import type { Random } from '../random.ts'
import { API, LATE_SHA, OTHER_SHA, SHA, START, type Weather } from '../world.ts'
import { again, COMMENT, contextsOf, follow, job, SECOND } from './jobs.ts'
import type { Made } from './scene.ts'

const PULL_REQUEST = {
  name: 'pull_request',
  payload: { pull_request: { head: { sha: SHA, repo: { id: 1 } }, base: { repo: { id: 2 } } } },
}

/** A machine is lost, and a sweep comes after; the run is run again at times. */
export function lost(random: Random, { skew }: Weather): Made {
  const context = contextsOf(random)
  const plan = follow(random, 100, { queued: 0, with: { context } })
  const lostAt = random.between(0, plan.lasts[0] + plan.lasts[1] + 5 * SECOND)
  const lostPlan: Plan = { ...plan, lostAt, cancelledAt: undefined }
  const sweepAt = lostAt + random.between(15, 60) * SECOND
  const more = random.chance(0.3) ? [again(random, lostPlan, [lostPlan])] : []
  return { plans: [lostPlan, sweepOf(random, plan.run, sweepAt, skew), ...more] }
}

function sweepOf(random: Random, run: number, delay: number, skew: number): Plan {
  const conclusion = random.pick(['failure', 'cancelled'])
  const updated_at = new Date(START + delay + skew).toISOString()
  const workflow_run = { id: run, head_sha: SHA, conclusion, updated_at }
  return job(random, run + 50, {
    kind: 'sweep',
    delay,
    queued: 0,
    event: { name: 'workflow_run', payload: { action: 'completed', workflow_run } },
  })
}

export function losing(random: Random): Made {
  const plan = follow(random, 100, { with: { context: contextsOf(random) } })
  const at = random.between(0, plan.lasts[0] + plan.lasts[1])
  return { plans: [plan], tokens: [{ token: plan.token, at, statuses: 'read' }] }
}

export function fork(random: Random): Made {
  const plan = follow(random, 100, { event: PULL_REQUEST })
  return { plans: [plan], tokens: [{ token: plan.token, at: 0, statuses: 'read' }] }
}

const LOST = ['none', 'read', 'hidden'] as const

/**
 * A step makes a token, which is empty before it. Either that one is revoked before post, and the
 * job's own serves, or the job's own is read-only, and the step's serves.
 */
export function ownToken(random: Random): Made {
  const event = random.chance(0.5) ? { event: PULL_REQUEST } : {}
  const plan = follow(random, 100, { ...event, cancelledAt: undefined })
  const token = `ghs_${'OfTheStep'.repeat(4)}`
  const given: Plan = {
    ...plan,
    with: { ...plan.with, context: 'CI / build', token: '' },
    changes: { ...plan.changes, main: { token }, post: { ...plan.changes.post, token } },
  }
  const isRevoked = random.chance(0.5)
  const made = plan.queued + plan.lasts[0]
  const lag = random.pick([0, random.between(0, 8 * SECOND)])
  const declared = { token, at: made + lag, statuses: 'write' } as const
  const unknown = { token, at: 0, statuses: 'none' } as const
  const end = plan.queued + plan.lasts[0] + 300 * SECOND
  const changed = isRevoked
    ? { token, at: end, statuses: random.pick(LOST) }
    : ({ token: plan.token, at: 0, statuses: 'read' } as const)
  const lasts = isRevoked ? ([plan.lasts[0], 400 * SECOND] as const) : plan.lasts
  return { plans: [{ ...given, lasts }], tokens: [unknown, declared, changed] }
}

/**
 * The commit comes from a step: nothing is opened before, and nothing is published if it never
 * comes.
 */
export function late(random: Random): Made {
  const plan = follow(random, 100, { runsMain: true, cancelledAt: undefined })
  const sha = random.pick([OTHER_SHA, OTHER_SHA, ''])
  const known = { sha }
  return {
    plans: [
      {
        ...plan,
        with: { ...plan.with, context: 'CI / build', sha: '' },
        changes: { ...plan.changes, main: known, post: { ...plan.changes.post, ...known } },
        commits: sha === '' ? [] : [sha],
      },
    ],
  }
}

/** A commit that was pushed a moment ago is not known everywhere. */
export function lagging(random: Random): Made {
  const plan = follow(random, 100)
  const given = { ...plan, with: { ...plan.with, sha: LATE_SHA }, commits: [LATE_SHA] }
  return { plans: [given], knownAt: plan.queued + random.between(0, 8 * SECOND) }
}

/** A step writes a memory into GITHUB_ENV, for a local action that has no pre to save one. */
export function forged(random: Random): Made {
  const opened = {
    repository: 'octo-org/octo-repo',
    apiUrl: random.pick([API, 'https://elsewhere.example']),
    sha: OTHER_SHA,
    statuses: [{ context: 'CI / forged', id: '1' }],
    startedAt: 0,
  }
  const memory = JSON.stringify({ fingerprint: '', opened: [opened] })
  const seal = random.pick(['', 'x'.repeat(43)])
  const plan = follow(random, 100, {
    kind: 'local',
    isDirect: false,
    runsMain: true,
    cancelledAt: undefined,
    env: { STATE_memory: `${seal}.${memory}` },
  })
  return { plans: [plan] }
}

/** The API of another server, for which no token is given: the job's own must not go there. */
export function otherApi(random: Random): Made {
  const api_url = 'https://elsewhere.example/api/v3'
  const plan = follow(random, 100)
  return { plans: [{ ...plan, with: { ...plan.with, api_url }, commits: [] }] }
}

/** A comment on a pull request, to which another commit is pushed while the job runs. */
export function pushed(random: Random): Made {
  const context = contextsOf(random)
  const plan = follow(random, 100, { event: COMMENT, with: { context }, commits: [SHA, OTHER_SHA] })
  const lasts = plan.queued + plan.lasts[0] + plan.lasts[1]
  return { plans: [plan], pushedAt: random.between(0, lasts + 20 * SECOND) }
}
