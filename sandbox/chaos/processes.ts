import { type FaultKind, type Recorded, type Sandbox, startSandbox } from '../api/server.ts'
import { createJob, type Job, type StageResult } from '../runner/stage-runner.ts'
import { nameOf, type Plan, ROOT, type Said, type StageRecord } from './jobs.ts'
import type { Played } from './play.ts'
import { type Random, seeded } from './random.ts'
import { follow, once, rollUp } from './scenes.ts'
import { type Exchange, NO_WEATHER, REPOSITORY, SHA } from './world.ts'

/** Milliseconds that a machine with much to do may add to a stage. */
const SLACK = 5_000

/** What `faults.mts` does to simulated requests, here done to true ones, with waits of a few seconds at most. */
const faultsOf = (url: string): [FaultKind, ...FaultKind[]] => [
  { reset: true },
  { resetAfter: true },
  { slow: 1_500 },
  { trickle: 1 },
  { cut: true },
  { endless: true },
  { answer: { status: 502, body: '<html><title>Bad Gateway</title>' } },
  {
    answer: {
      status: 429,
      headers: { 'retry-after': '1' },
      body: { message: 'A secondary rate limit.' },
    },
  },
  { answer: { status: 200, body: '<html>Sign in to the guest network' } },
  { redirect: `${url}/elsewhere`, status: 301 },
  { redirect: `${url}/repos/${REPOSITORY}/statuses/${SHA}`, status: 307 },
  { redirect: 'https://elsewhere.invalid/', status: 307 },
]

/**
 * Plays one job as processes of the committed bundle, stage by stage as the runner starts them: over HTTP, in true time,
 * stopped by true signals. A seed repeats what happens to it, though not the millisecond at which.
 */
export async function playProcesses(seed: string): Promise<Played> {
  const random = seeded(seed)
  const sandbox = await startSandbox()
  const plan = planOf(random)
  const job = createJob({
    action: ROOT,
    repository: REPOSITORY,
    sha: SHA,
    event: plan.event,
    apiUrl: sandbox.url,
    token: plan.token,
    runId: plan.run,
    checkRunId: plan.id,
    with: { ...plan.with },
  })
  try {
    sandbox.github.repository(REPOSITORY, { commits: [SHA], pulls: { 7: { head: SHA } } })
    sandbox.github.token(plan.token)
    for (let count = random.between(0, 4); count > 0; count--) {
      sandbox.fault({ ...random.pick(faultsOf(sandbox.url)), after: random.between(0, 2) })
    }
    const { stages, exchanges } = await live(sandbox, job, plan, random)
    const isStopped = plan.cancelledAt ?? plan.lostAt
    return {
      seed,
      scene: {
        title:
          isStopped === undefined
            ? 'a job that runs to its end'
            : 'a job that is stopped by a signal',
        weather: NO_WEATHER,
        plans: [plan],
        losesPermission: undefined,
      },
      jobs: [{ plan, result: job.contexts.job.status as Plan['result'], stages }],
      exchanges,
      statuses: sandbox.github.statuses(REPOSITORY, SHA).toReversed(),
      slack: SLACK,
    }
  } finally {
    job.remove()
    await sandbox.close()
  }
}

function planOf(random: Random): Plan {
  const followed = () => ({
    ...follow(random, 100, 1000),
    renamed: undefined,
    cancelledAt: undefined,
  })
  return random.pick([
    followed,
    followed,
    (): Plan => ({
      ...followed(),
      kind: 'local',
      runsMain: true,
      cancelledAt: random.between(20, 500),
    }),
    (): Plan => ({ ...followed(), lostAt: random.between(20, 500) }),
    () => once(random, 100, 1000, 0),
    () => rollUp(random, 100, 1000, 0, ['success', random.pick(['success', 'failure'])]),
  ])()
}

/**
 * Runs the stages. A cancel stops main, by SIGINT and then SIGTERM; with its machine any stage is lost, by SIGKILL.
 * When they come, a slow answer is on its way.
 */
async function live(sandbox: Sandbox, job: Job, plan: Plan, random: Random) {
  const stages: StageRecord[] = []
  const exchanges: Exchange[] = []
  const lostIn = random.pick(['pre', 'main', 'post'])

  async function stage(name: 'pre' | 'main' | 'post'): Promise<boolean> {
    const before = sandbox.requests.length
    const isCancelled = name === 'main' && plan.cancelledAt !== undefined
    const isLost = name === lostIn && plan.lostAt !== undefined
    const stop = new AbortController()
    const timer = setTimeout(() => stop.abort(), plan.cancelledAt ?? plan.lostAt)
    if (isCancelled || isLost) sandbox.fault({ slow: 1_500 })
    else clearTimeout(timer)
    const began = performance.now()
    const result = await job.stage(name, {
      grace: isLost ? [0, 0] : [200, 200],
      signal: stop.signal,
    })
    clearTimeout(timer)
    const record = recordOf(result, began)
    stages.push(record)
    exchanges.push(
      ...sandbox.requests.slice(before).map((request) => exchangeOf(request, plan, name)),
    )
    if (record.ended === undefined && isCancelled) job.contexts.job.status = 'cancelled'
    return record.ended !== undefined || isCancelled
  }

  async function stagesUntilLost(): Promise<void> {
    if (plan.kind !== 'local' && !(await stage('pre'))) return
    if (plan.runsMain && job.contexts.job.status === 'success' && !(await stage('main'))) return
    if (job.contexts.job.status === 'success') job.contexts.job.status = plan.result
    if (stages.length > 0) await stage('post')
  }

  await stagesUntilLost()
  return { stages, exchanges }
}

function recordOf(result: StageResult, began: number): StageRecord {
  const { stage, signal, annotations, outputs, files, log, stdout, stderr, durationMs } = result
  const levels = { warning: 'warning', error: 'fail', notice: 'info' } as const
  const isSaid = (line: string) => !/^(Warning|Error): /.test(line)
  const lines = log.split('\n').filter(isSaid)
  return {
    name: stage,
    began,
    ended: signal === null ? began + durationMs : undefined,
    said: [
      ...lines.map((text): Said => ({ level: 'info', text })),
      ...annotations.map(({ level, message }): Said => ({ level: levels[level], text: message })),
      ...(result.summary === '' ? [] : [{ level: 'summary', text: result.summary } as const]),
    ],
    outputs,
    saved: Object.values(result.state),
    // But for the command that has the runner mask the token.
    raw: [
      ...Object.values(files),
      ...stdout.split('\n').filter((line) => !line.startsWith('::add-mask::')),
    ],
    crash: stderr === '' ? undefined : stderr,
  }
}

function exchangeOf({ method, status, at, fault }: Recorded, plan: Plan, stage: string): Exchange {
  const [kind = ''] = Object.keys(fault ?? {})
  const name = fault !== undefined && 'answer' in fault ? `answer ${fault.answer.status}` : kind
  return {
    by: nameOf(plan),
    stage,
    method,
    sent: at,
    handled: at,
    fault: name,
    told: status ?? undefined,
    before: 0,
    stored: method === 'POST' && (status === 201 || kind === 'resetAfter'),
    isGivenUp: false,
  }
}
