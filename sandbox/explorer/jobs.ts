import type { Runner } from '../../src/runner/toolkit.ts'
import { type State, worstOf } from '../../src/status/state.ts'
import { conclusionOf, environmentOf } from './environment.ts'
import { networkOf } from './network.ts'
import {
  isLost,
  type JobRecord,
  type Level,
  momentOf,
  type Plan,
  type StageName,
  type StageRecord,
} from './plan.ts'
import { STAGES } from './stages.ts'
import type { World } from './world.ts'

/** From SIGINT until the runner kills a step that has not ended, in milliseconds. */
const GRACE = 10_000

/** Until GitHub notices that a machine is lost. */
const NOTICED = 60_000

type Live = {
  world: World
  record: JobRecord
  saved: Record<string, string>
  needs: readonly JobRecord[]
}

/**
 * Runs all stages of a job in this process, as the runner does in three of its own, and says what
 * they did.
 */
export async function runJob(
  world: World,
  plan: Plan,
  before: readonly Promise<JobRecord>[],
): Promise<JobRecord> {
  const needs = await Promise.all(before)
  await Promise.all((plan.beside ?? []).map((other) => world.beginning(other).promise))
  await world.clock.sleep(plan.delay)
  const record = newRecord(world, plan, needs)
  await world.clock.sleep(plan.queued)
  await world.turns?.take(record.name)
  world.started.push(record.name)
  world.beginning(plan).resolve()
  record.startedAt = world.since()

  const job: Live = { world, record, saved: {}, needs }
  if (plan.kind === 'idle') return record
  if (plan.kind === 'gate') await playStage(job, 'combined')
  else if (plan.kind === 'sweep') await playStage(job, 'sweep')
  else await playStages(job)

  if (isLost(record)) await sleepUntil(world, momentOf(record, plan.lostAt) + NOTICED)
  return record
}

function newRecord(world: World, plan: Plan, needs: readonly JobRecord[]): JobRecord {
  const id = plan.id ?? world.nextJobId()
  return {
    plan,
    name: `run ${plan.run}#${plan.attempt} job ${id}`,
    id,
    createdAt: plan.createdAt ?? world.since(),
    startedAt: world.since(),
    result: 'success',
    shows: plan.kind === 'roll-up' ? rolledUp(plan, needs) : plan.shows,
    stages: [],
  }
}

/** The worst of the jobs that ran, and of those that were skipped and are not allowed to be. */
function rolledUp(
  { skips, with: { allowed_skips } }: Plan,
  needs: readonly JobRecord[],
): State | undefined {
  const states = needs.map((record): State => {
    const conclusion = conclusionOf(record)
    return conclusion === 'cancelled' ? 'error' : conclusion
  })
  return worstOf(skips > 0 && allowed_skips === undefined ? [...states, 'error'] : states)
}

async function playStages(job: Live): Promise<void> {
  const { record } = job
  const { plan } = record
  if (plan.kind !== 'local') await playStage(job, 'pre')
  await steps(job, plan.lasts[0])
  if (plan.runsMain && record.result === 'success') await playStage(job, 'main')
  await steps(job, plan.lasts[1])
  if (record.result === 'success') record.result = plan.result
  if (record.stages.length > 0) await playStage(job, 'post')
}

/** The job's other steps, which end when it is cancelled. */
async function steps({ world, record }: Live, milliseconds: number): Promise<void> {
  const { lostAt, cancelledAt } = record.plan
  const cancelled = momentOf(record, cancelledAt)
  const end = Math.min(world.since() + milliseconds, momentOf(record, lostAt), cancelled)
  await sleepUntil(world, end)
  if (world.since() >= cancelled) record.result = 'cancelled'
}

async function sleepUntil({ clock, since }: World, moment: number): Promise<void> {
  if (moment > since()) await clock.sleep(moment - since())
}

/** A signal ends main, after a while if it listens for it; neither pre nor post is sent one. */
async function playStage(job: Live, name: StageName): Promise<void> {
  const { world, record } = job
  const { plan } = record
  const isStopped = name === 'main' || name === 'combined'
  const stop = {
    at: Math.min(
      momentOf(record, plan.lostAt),
      isStopped ? momentOf(record, plan.cancelledAt) : Infinity,
    ),
  }
  const isOver = () => world.since() >= stop.at
  if (isOver()) return

  const stage = newStage(name, world.since())
  record.stages.push(stage)
  const work = STAGES[name](runnerOf(job, stage, stop, isOver))
    .catch((error: unknown) => {
      stage.crash = String(error)
    })
    .then(() => {
      if (!isOver()) stage.ended = world.since()
    })
  await Promise.race([work, untilStopped(world, stop)])
  const hasFailed = stage.lines.some(({ level }) => level === 'fail')
  if (hasFailed && name !== 'post') record.result = 'failure'
  if (world.since() >= momentOf(record, plan.cancelledAt) && isStopped) record.result = 'cancelled'
}

async function untilStopped(world: World, stop: { at: number }): Promise<void> {
  if (stop.at === Infinity) return new Promise(() => {})
  while (world.since() < stop.at) await sleepUntil(world, stop.at)
}

function newStage(name: StageName, began: number): StageRecord {
  const nothing = { lines: [], outputs: {}, saved: [], raw: [] }
  return { name, began, ended: undefined, crash: undefined, ...nothing }
}

/** What a stage touches; nothing of it counts once it is over. */
function runnerOf(
  { world, record, saved, needs }: Live,
  stage: StageRecord,
  stop: { at: number },
  isOver: () => boolean,
): Runner {
  const { plan } = record
  const say = (level: Level) => (text: string) => {
    if (!isOver()) stage.lines.push({ level, text })
  }
  return {
    env: environmentOf(record, stage.name, saved, needs),
    payload: plan.losesEvent && stage.name === 'post' ? undefined : plan.event.payload,
    fetch: networkOf(world, record.name, stage.name, isOver),
    info: say('info'),
    warning: say('warning'),
    fail: say('fail'),
    mask() {},
    setOutput(name, value) {
      if (!isOver()) stage.outputs[name] = value
    },
    saveState(name, value) {
      if (isOver()) return
      saved[name] = value
      stage.saved.push(value)
    },
    async cancelled() {
      const at = momentOf(record, plan.cancelledAt)
      if (at === Infinity) return new Promise(() => {})
      stop.at = Math.min(momentOf(record, plan.lostAt), Math.max(at, stop.at) + GRACE)
      await sleepUntil(world, at)
    },
    summarize: async (markdown) => say('summary')(markdown),
  }
}
