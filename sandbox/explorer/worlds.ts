import type { Plan } from './plan.ts'
import type { Scene } from './scenes/scene.ts'
import { NO_WEATHER, REPOSITORY, SERVER, SHA } from './world.ts'

/**
 * Jobs that publish under one name: `RUN#ATTEMPT/ID`, then `:start` (publishes pending once), `:end` (its result once),
 * `:idle` (nothing) or `:RUN#ATTEMPT` (the result of that run, to which it links); a job without is followed. `<0,1`: after
 * those have ended. `=0`: repeats that one, while others of its attempt are not run again.
 */
const STRUCTURES: Readonly<Record<string, string>> = {
  'two runs': '100/1000 101/1010',
  "two runs, the older one's job created last": '100/1030 101/1010',
  're-run': '100/1000 100#2/1020<0',
  siblings: '100/1000 100/1001',
  'three siblings': '100/1000 100/1001 100/1002',
  'three runs': '100/1000 101/1010 102/1020',
  're-run of the older of two': '100/1000 101/1010 100#2/1020<0',
  're-run of the newer of two': '100/1000 101/1010 101#2/1020<1',
  're-run, then a new run': '100/1000 100#2/1020<0 102/1030<0',
  'both of two re-run': '100/1000 101/1010 100#2/1020<0 101#2/1030<0,1',
  'siblings and a newer run': '100/1000 100/1001 101/1010',
  'siblings and an older run': '100/1000 101/1010 101/1011',
  'siblings, all re-run': '100/1000 100/1001 100#2/1020<0,1=0 100#2/1021<0,1=1',
  'siblings, one re-run': '100/1000 100/1001 100#2/1020<0,1=0',
  'two runs of siblings': '100/1000 100/1001 101/1010 101/1011',
  'siblings re-run, an older run': '100/1000 101/1010 101#2/1020<1 101#2/1021<1',
  'siblings after a start job': '100/1000:start 100/1005<0 100/1006<0',
  'once, two runs': '100/1000:end 101/1010:end',
  'once, re-run of the older of two': '100/1000:end 101/1010:end 100#2/1020:end<0',
  'once, re-run of the newer of two': '100/1000:end 101/1010:end 101#2/1020:end<1',
  'once, three runs': '100/1000:end 101/1010:end 102/1020:end',
  'followed, then once': '100/1000 101/1010:end',
  'once, then followed': '100/1000:end 101/1010',
  'followed and re-run, and once': '100/1000 101/1010:end 100#2/1020<0',
  'once and re-run, and followed': '100/1000:end 101/1010 100#2/1020:end<0',
  pair: '100/1000:start 100/1005:end<0',
  'a state and a later one': '100/1000:end 100/1005:end<0',
  'pair with progress between, and a newer run':
    '100/1000:start 100/1005:start<0 100/1015:end<1 101/1010',
  'pair and a newer run': '100/1000:start 100/1015:end<0 101/1010:end',
  'pair and an older run': '100/1000:end 101/1010:start 101/1015:end<1',
  'two pairs': '100/1000:start 100/1025:end<0 101/1010:start 101/1020:end<2',
  'pair, re-run': '100/1000:start 100/1005:end<0 100#2/1020:start<0,1 100#2/1025:end<0,1,2',
  'roll-ups of two runs': '100/1000:idle 100/1031:end<0 101/1010:idle 101/1030:end<2',
  'roll-ups, the older run re-run': '100/1000:end 101/1010:idle 100#2/1020:end<0 101/1040:end<0,1',
  'relays of two runs': '200/1020:100 201/1030:101',
  'relays of a run and of its re-run, and of another': '200/1020:100 201/1030:101 202/1040:100#2<0',
}

type Link = 'job' | 'late' | 'fixed' | 'run'
type Result = 'success' | 'failure'
const JOB = /^(\d+)(?:#(\d+))?\/(\d+)(?::([^<=]+))?(?:<([\d,]+))?(?:=(\d))?$/
const LINKS: readonly Link[] = ['job', 'run', 'late', 'fixed']

/** Every structure with every kind of link and every result, the smallest first. */
export function worlds(): Scene[] {
  const bySize = Object.entries(STRUCTURES).sort(
    ([, one], [, other]) => one.split(' ').length - other.split(' ').length,
  )
  return bySize.flatMap(([structure, text]) =>
    LINKS.filter((link) => isPossible(link, text)).flatMap((link) =>
      outcomes(text).map((results) => {
        const title = `${structure} (link: ${link})`
        return { title, weather: NO_WEATHER, plans: plansOf(text, link, results), tokens: [] }
      }),
    ),
  )
}

/** What is published once has its link when it is published, and a relay its own. */
function isPossible(link: Link, text: string): boolean {
  const isFollowed = text.split(' ').some((job) => !job.includes(':'))
  if (/:\d/.test(text)) return link === 'job'
  return link !== 'late' || isFollowed
}

function outcomes(text: string): Result[][] {
  let all: Result[][] = [[]]
  for (const job of text.split(' ')) {
    const results = /:(start|idle)/.test(job)
      ? (['success'] as const)
      : (['success', 'failure'] as const)
    all = all.flatMap((before) => results.map((result) => [...before, result]))
  }
  return all
}

function plansOf(text: string, link: Link, results: readonly Result[]): Plan[] {
  const plans: Plan[] = []
  for (const [index, job] of text.split(' ').entries()) {
    const [, run, attempt = '1', id, kind = 'follow', after = '', repeats] = JOB.exec(job) ?? []
    const jobs = { after: after.split(',').flatMap((one) => plans[Number(one || -1)] ?? []) }
    const ids = { run: Number(run), attempt: Number(attempt), id: Number(id) }
    const own = { ...ids, ...jobs, result: results[index] ?? 'success' }
    plans.push({
      ...planOf(own, kind, link),
      repeats: repeats ? plans[Number(repeats)] : undefined,
    })
  }
  return plans
}

type Own = Pick<Plan, 'run' | 'attempt' | 'after'> & { id: number; result: Result }

function planOf(own: Own, kind: string, link: Link): Plan {
  if (/^\d/.test(kind)) return relayOf(own, kind)
  const target_url = 'https://ci.example/report'
  const createdAt = own.attempt > 1 ? own.id : createdAtOf(own.run)
  const plan: Plan = { ...PLAN, ...own, createdAt, hasId: link !== 'run', kind: 'follow' }
  if (kind === 'idle') return { ...plan, kind }

  const given = { ...plan.with, ...(link === 'fixed' && { target_url }) }
  if (kind === 'follow')
    return { ...plan, with: given, changes: link === 'late' ? { post: { target_url } } : {} }

  const state = kind === 'start' ? 'pending' : own.result
  return { ...plan, kind: 'once', shows: state, result: 'success', with: { ...given, state } }
}

/** On the scale of job ids: a run was created before its first job. */
const createdAtOf = (run: number) => 1_000 + (run - 100) * 15

/** A job on `workflow_run` that publishes the result of that run. */
function relayOf(own: Own, of: string): Plan {
  const [run = 0, attempt = 1] = of.split('#').map(Number)
  const target_url = `${SERVER}/${REPOSITORY}/actions/runs/${run}`
  const workflow_run = { id: run, run_attempt: attempt, head_sha: SHA, html_url: target_url }
  return {
    ...PLAN,
    ...own,
    kind: 'once',
    speaksFor: { run, attempt },
    createdAt: createdAtOf(run) + attempt,
    event: { name: 'workflow_run', payload: { workflow_run } },
    result: 'success',
    shows: own.result,
    with: { ...PLAN.with, state: own.result, target_url },
  }
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
