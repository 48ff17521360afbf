import type { Plan } from './plan.ts'
import type { Scene } from './scenes/scene.ts'
import { NO_WEATHER, REPOSITORY, SERVER, SHA } from './world.ts'

/**
 * Jobs that publish under one name: `RUN#ATTEMPT/ID`, then `:start` (publishes pending once), `:end` (its result once) or
 * `:idle` (nothing); a job without is followed. `<0,1`: after those have ended; `>0`: after that one has begun. `=0`: repeats
 * that one, while others of its attempt may not run again. `~100#2`: links to that attempt of a run, whose result it is.
 */
export const STRUCTURES = `
  one run | 100/1000
  two runs | 100/1000 101/1010
  two runs, the older one's job created last | 100/1030 101/1010
  re-run | 100/1000 100#2/1020<0
  re-run of a run that was given up, and comes back | 100/1000 100#2/1020>0
  three runs | 100/1000 101/1010 102/1020
  re-run of the older of two | 100/1000 101/1010 100#2/1020<0
  re-run of the newer of two | 100/1000 101/1010 101#2/1020<1
  re-run, then a new run | 100/1000 100#2/1020<0 102/1030<0
  both of two re-run | 100/1000 101/1010 100#2/1020<0 101#2/1030<0,1
  siblings | 100/1000 100/1001
  siblings, one after the other | 100/1000 100/1001<0
  three siblings | 100/1000 100/1001 100/1002
  siblings, a third one late | 100/1000 100/1001 100/1002<0
  siblings and a newer run | 100/1000 100/1001 101/1010
  siblings and an older run | 100/1000 101/1010 101/1011
  siblings, all re-run | 100/1000 100/1001 100#2/1020<0,1=0 100#2/1021<0,1=1
  siblings, one re-run | 100/1000 100/1001 100#2/1020<0,1=0
  two runs of siblings | 100/1000 100/1001 101/1010 101/1011
  siblings re-run, an older run | 100/1000 101/1010 101#2/1020<1 101#2/1021<1
  once, two runs | 100/1000:end 101/1010:end
  once, re-run of the older of two | 100/1000:end 101/1010:end 100#2/1020:end<0
  once, re-run of the newer of two | 100/1000:end 101/1010:end 101#2/1020:end<1
  once, three runs | 100/1000:end 101/1010:end 102/1020:end
  followed, then once | 100/1000 101/1010:end
  once, then followed | 100/1000:end 101/1010
  followed and re-run, and once | 100/1000 101/1010:end 100#2/1020<0
  once and re-run, and followed | 100/1000:end 101/1010 100#2/1020:end<0
  pair | 100/1000:start 100/1005:end<0
  a state and a later one | 100/1000:end 100/1005:end<0
  pair with progress between, and a newer run | 100/1000:start 100/1005:start<0 100/1015:end<1 101/1010
  pair and a newer run | 100/1000:start 100/1015:end<0 101/1010:end
  pair and an older run | 100/1000:end 101/1010:start 101/1015:end<1
  two pairs | 100/1000:start 100/1025:end<0 101/1010:start 101/1020:end<2
  pair, re-run | 100/1000:start 100/1005:end<0 100#2/1020:start<0,1 100#2/1025:end<0,1,2
  start, follow | 100/1000:start 100/1001<0
  start, progress, follow | 100/1000:start 100/1001:start<0 100/1002<0,1
  start, two follow | 100/1000:start 100/1001<0 100/1002<0
  start, follow, end | 100/1000:start 100/1001<0 100/1002:end<0,1
  start, two follow, end | 100/1000:start 100/1001<0 100/1002<0 100/1003:end<0,1,2
  roll-ups of two runs | 100/1000:idle 100/1031:end<0 101/1010:idle 101/1030:end<2
  roll-ups, the older run re-run | 100/1000:end 101/1010:idle 100#2/1020:end<0 101/1040:end<0,1
  roll-ups, the older run re-run, its job created last | 100/1000:end 101/1010:idle 100#2/1050:end<0 101/1040:end<1
  relay | 100/1000:idle 200/2000:start>0~100 201/2010:end<0,1~100
  relays of two runs, results only | 100/1000:idle 101/1010:idle>0 200/2000:end<0~100 201/2010:end<1~101
  relays of two runs, created against their order | 100/1000:idle 101/1010:idle>0 201/2010:end<0~100 200/2000:end<1~101
  relays of a run and its re-run | 100/1000:idle 100#2/1020:idle<0 200/2000:end<0~100 201/2010:end<1,2~100#2
  relays of two runs, the older re-run | 100/1000:idle 101/1010:idle>0 100#2/1020:idle<0>1 200/2000:end<0~100 201/2010:end<1,3~101 202/2020:end<2,4~100#2
  relay and a newer followed job | 100/1000:idle 101/1010>0 200/2000:start>0~100 201/2010:end<0,2~100
  relay and an older followed job | 100/1000 101/1010:idle>0 200/2000:start>1~101 201/2010:end<1,2~101`

/** Where statuses link: `job` to its page, `run` to its run's, since there are no job ids; the others as the user wants. */
const LINKS = ['job', 'run', 'late', 'fixed', 'page', 'another run'] as const
type Link = (typeof LINKS)[number]
type Result = 'success' | 'failure'

export const JOB =
  /^(\d+)(?:#(\d+))?\/(\d+)(?::(\w+))?(?:<([\d,]+))?(?:>(\d))?(?:=(\d))?(?:~(\d+)(?:#(\d+))?)?$/

/** Every structure with every kind of link and every result, the smallest first. */
export function worlds(): Scene[] {
  const structures = STRUCTURES.trim()
    .split('\n')
    .map((line): [string, string[]] => {
      const [name = '', jobs = ''] = line.split('|').map((cell) => cell.trim())
      return [name, jobs.split(' ')]
    })
    .sort(([, one], [, other]) => one.length - other.length)
  return structures.flatMap(([name, jobs]) =>
    LINKS.filter((link) => isPossible(link, jobs)).flatMap((link) =>
      outcomes(jobs).map((results) => {
        const title = `${name} (link: ${link})`
        return { title, weather: NO_WEATHER, plans: plansOf(jobs, link, results), tokens: [] }
      }),
    ),
  )
}

/** What is published once has its link when it is published, and a relay its own. */
function isPossible(link: Link, jobs: readonly string[]): boolean {
  if (jobs.some((job) => job.includes('~'))) return link === 'job'
  return link !== 'late' || jobs.some((job) => !job.includes(':'))
}

function outcomes(jobs: readonly string[]): Result[][] {
  let all: Result[][] = [[]]
  for (const job of jobs) {
    const results: Result[] = /:(start|idle)/.test(job) ? ['success'] : ['success', 'failure']
    all = all.flatMap((before) => results.map((result) => [...before, result]))
  }
  return all
}

function plansOf(jobs: readonly string[], link: Link, results: readonly Result[]): Plan[] {
  const plans: Plan[] = []
  const named = (list = '') => list.split(',').flatMap((one) => plans[Number(one || -1)] ?? [])
  for (const [index, job] of jobs.entries()) {
    const [, run, attempt = '1', id, kind, after, beside, repeats, ...of] = JOB.exec(job) ?? []
    const [ofRun, ofAttempt = '1'] = of
    const plan: Plan = {
      ...PLAN,
      run: Number(run),
      attempt: Number(attempt),
      id: Number(id),
      // On the scale of job ids: a run was created before its first job.
      createdAt: attempt > '1' ? Number(id) : 1_000 + (Number(run) - 100) * 15,
      kind: 'follow',
      after: named(after),
      beside: named(beside),
      repeats: named(repeats)[0],
      result: results[index] ?? 'success',
      hasId: link !== 'run',
    }
    if (ofRun) plan.speaksFor = { run: Number(ofRun), attempt: Number(ofAttempt) }
    plans.push(kind === 'idle' ? { ...plan, kind } : linked(plan, kind, link))
  }
  return plans
}

/** A job with its link, which publishes once if it is a `start` or an `end`. */
function linked(plan: Plan, kind: string | undefined, link: Link): Plan {
  const { run } = plan.speaksFor ?? plan
  const page = `${SERVER}/${REPOSITORY}/actions/runs/${run}`
  const another = `${SERVER}/octo-org/another/actions/runs/150`
  const own = { page, 'another run': another, fixed: 'https://ci.example/report' }
  const target_url = plan.speaksFor ? page : own[link as keyof typeof own]
  const given = { ...plan.with, ...(target_url && { target_url }) }
  if (kind === undefined)
    return {
      ...plan,
      with: given,
      changes: link === 'late' ? { post: { target_url: own.fixed } } : {},
    }

  const passed = plan.result === 'success' ? 'success' : 'failure'
  const state = kind === 'start' ? 'pending' : passed
  const once: Plan = { ...plan, shows: state, result: 'success', with: { ...given, state } }
  const of = plan.speaksFor
  if (of === undefined) return { ...once, kind: 'once' }
  const workflow_run = { id: of.run, run_attempt: of.attempt, head_sha: SHA, html_url: page }
  return { ...once, kind: 'once', event: { name: 'workflow_run', payload: { workflow_run } } }
}

const PLAN: Omit<Plan, 'run' | 'attempt' | 'after' | 'kind' | 'result'> = {
  with: { context: 'CI / shared' },
  hasId: true,
  shows: undefined,
  delay: 0,
  queued: 0,
  lasts: [0, 0],
  runsMain: true,
  lostAt: undefined,
  cancelledAt: undefined,
  event: { name: 'push', payload: { ref: 'refs/heads/main', after: SHA } },
  changes: {},
  env: {},
  token: `ghs_${'OrderOfEvents'.repeat(3)}`,
  isDirect: true,
  skips: 0,
  commits: [SHA],
  repeats: undefined,
}
