import { type FaultKind, type Sandbox, startSandbox } from '../api/server.ts'
import { createJob, type Job } from '../runner/stage-runner.ts'
import { ROOT } from './environment.ts'
import type { Exchange } from './exchange.ts'
import type { JobRecord, Plan, StageName } from './plan.ts'
import type { Played } from './play.ts'
import { processPlan } from './process-plans.ts'
import { exchangeOf, stageOf } from './process-records.ts'
import { type Random, seeded } from './random.ts'
import { NO_WEATHER, REPOSITORY, SHA } from './world.ts'

/** Milliseconds that a machine with much to do can add to a stage. */
const SLACK = 5_000

/**
 * What `faults.ts` does to simulated requests, here done to true ones, with waits of a few seconds
 * at most.
 */
function faultsOf(url: string): [FaultKind, ...FaultKind[]] {
  const limited = { message: 'A secondary rate limit.' }
  return [
    { reset: true },
    { resetAfter: true },
    { slow: 1_500 },
    { trickle: 1 },
    { cut: true },
    { endless: true },
    { answer: { status: 502, body: '<html><title>Bad Gateway</title>' } },
    { answer: { status: 429, headers: { 'retry-after': '1' }, body: limited } },
    { answer: { status: 200, body: '<html>Sign in to the guest network' } },
    { answer: { status: 201, body: '<html>Sign in to the guest network' } },
    { answer: { status: 202, body: {} } },
    { redirect: `${url}/elsewhere`, status: 301 },
    { redirect: `${url}/repos/${REPOSITORY}/statuses/${SHA}`, status: 307 },
    { redirect: 'https://elsewhere.invalid/', status: 307 },
  ]
}

/**
 * Plays one job as processes of the committed bundle, stage by stage as the runner starts them:
 * over HTTP, in true time, stopped by true signals. A seed repeats what happens to it, though not
 * the millisecond at which.
 */
export async function playProcesses(seed: string): Promise<Played> {
  const random = seeded(seed)
  const plan = processPlan(random)
  const sandbox = await startSandbox()
  const job = createJob({
    action: ROOT,
    repository: REPOSITORY,
    sha: SHA,
    event: plan.event,
    apiUrl: sandbox.url,
    token: plan.token,
    runId: plan.run,
    runAttempt: plan.attempt,
    checkRunId: 1_000,
    with: { ...plan.with },
  })
  try {
    sandbox.github.repository(REPOSITORY, { commits: [SHA], pulls: { 7: { head: SHA } } })
    sandbox.github.token(plan.token)
    for (let count = random.between(0, 4); count > 0; count--) {
      sandbox.fault({ ...random.pick(faultsOf(sandbox.url)), after: random.between(0, 2) })
    }
    const live = newLive(sandbox, job, plan, random)
    await playStages(live)
    const { record, exchanges } = live
    record.result = job.contexts.job.status as JobRecord['result']
    const statuses = sandbox.github.statuses(REPOSITORY, SHA).toReversed()
    return {
      seed,
      scene: sceneOf(plan),
      jobs: [record],
      exchanges,
      statuses,
      choices: [],
      slack: SLACK,
    }
  } finally {
    job.remove()
    await sandbox.close()
  }
}

function sceneOf(plan: Plan): Played['scene'] {
  const isStopped = plan.cancelledAt !== undefined || plan.lostAt !== undefined
  const title = isStopped ? 'a job that is stopped by a signal' : 'a job that runs to its end'
  return { title, weather: NO_WEATHER, plans: [plan], tokens: [] }
}

type Live = {
  sandbox: Sandbox
  job: Job
  record: JobRecord
  exchanges: Exchange[]
  lostIn: StageName
  beganAt: number
}

function newLive(sandbox: Sandbox, job: Job, plan: Plan, random: Random): Live {
  const name = `run ${plan.run} job 1000`
  const times = { createdAt: 0, startedAt: 0 }
  return {
    sandbox,
    job,
    record: { plan, name, id: 1_000, ...times, result: 'success', shows: plan.shows, stages: [] },
    exchanges: [],
    lostIn: random.pick(['pre', 'main', 'post']),
    beganAt: Date.now(),
  }
}

async function playStages(live: Live): Promise<void> {
  const { record, job } = live
  const { plan, stages } = record
  const isGreen = () => job.contexts.job.status === 'success'
  // Before the action runs, as a step would.
  const code = "(await import('node:fs')).writeFileSync(process.env.GITHUB_EVENT_PATH, '')"
  const empties = `--import=data:text/javascript,${encodeURIComponent(code)}`
  if (plan.kind !== 'local' && !(await playStage(live, 'pre'))) return
  if (plan.runsMain && isGreen() && !(await playStage(live, 'main'))) return
  if (isGreen()) job.contexts.job.status = plan.result
  if (plan.losesEvent) job.contexts.env.NODE_OPTIONS = empties
  if (stages.length > 0) await playStage(live, 'post')
}

/**
 * A cancel stops main, by SIGINT and then SIGTERM; with its machine any stage is lost, by SIGKILL.
 * When they come, a slow answer is on its way.
 * @returns whether the job goes on
 */
async function playStage(live: Live, name: 'pre' | 'main' | 'post'): Promise<boolean> {
  const { sandbox, job, record, exchanges, lostIn, beganAt } = live
  const { plan } = record
  const before = sandbox.requests.length
  const isCancelled = name === 'main' && plan.cancelledAt !== undefined
  const isLost = name === lostIn && plan.lostAt !== undefined
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), plan.cancelledAt ?? plan.lostAt)
  if (isCancelled || isLost) sandbox.fault({ slow: 1_500 })
  else clearTimeout(timer)

  const began = Date.now() - beganAt
  const grace: [number, number] = isLost ? [0, 0] : [7_500, 2_500]
  const result = await job.stage(name, { grace, signal: stop.signal })
  clearTimeout(timer)
  const stage = stageOf(result, began)
  record.stages.push(stage)
  const requests = sandbox.requests.slice(before)
  const own = requests.map((request) => ({ ...request, at: request.at - beganAt }))
  exchanges.push(...own.map((request) => exchangeOf(request, record.name, name, sandbox)))
  if (isCancelled && stop.signal.aborted) job.contexts.job.status = 'cancelled'
  return stage.ended !== undefined || isCancelled
}
