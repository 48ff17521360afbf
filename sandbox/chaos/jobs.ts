import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { combined } from '../../src/combined/combined.ts'
import * as lifecycle from '../../src/publish/lifecycle.ts'
import { readyOutputs } from '../../src/publish/memory.ts'
import { fingerprint } from '../../src/publish/mode.ts'
import type { Runner } from '../../src/runner/runner.ts'
import { sweep } from '../../src/sweep.ts'
import { parseFileCommand } from '../runner/commands.ts'
import { interpolate } from '../runner/expressions.ts'
import { API, REPOSITORY, SERVER, SHA, type World } from './world.ts'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export type StageName = 'pre' | 'main' | 'post' | 'combined' | 'sweep'

/** A job as it will go, were there no faults. Times are milliseconds: `startsAt` since the world's begin. */
export type Plan = {
  /** How it opens its status: at its start, at its step (a local action has no pre), or not at all but once in main. */
  kind: 'follow' | 'local' | 'once' | 'roll-up' | 'gate' | 'sweep'
  run: number
  /** The job's own id, by which its link tells it from others. */
  id: number
  token: string
  startsAt: number
  /** How long the steps before and after ours take. */
  lasts: readonly [number, number]
  result: 'success' | 'failure' | 'cancelled'
  /** Whether the step's `if` lets main run. */
  runsMain: boolean
  /** When its machine is lost: nothing that it does later counts. */
  lostAt: number | undefined
  /** When it is cancelled: main is stopped, post still runs. */
  cancelledAt: number | undefined
  event: { name: string; payload: object }
  with: Readonly<Record<string, string>>
  /** Names that main finds where pre found others. */
  renamed: string | undefined
  /** What a job that publishes once has to show. */
  shows: string
}

export type Said = { level: 'info' | 'warning' | 'fail' | 'summary'; text: string }

/** What a stage did. `ended` is missing where it was stopped in the middle. */
export type StageRecord = {
  name: StageName
  began: number
  ended: number | undefined
  said: Said[]
  outputs: Record<string, string>
  saved: string[]
  /** All that it wrote anywhere, as it was written, where it was a process. */
  raw: string[]
  crash: string | undefined
}

/** `result`: the job's, as the runner knows it when post begins. */
export type JobRecord = { plan: Plan; result: Plan['result']; stages: StageRecord[] }

const STAGES: Readonly<Record<StageName, (runner: Runner) => Promise<void>>> = {
  pre: lifecycle.pre,
  main: async (runner) => {
    // As index.ts does, which has no need of a Runner for it.
    const ready = readyOutputs(runner.env)
    if (ready?.fingerprint !== fingerprint(runner.env)) return lifecycle.main(runner)
    for (const [name, value] of Object.entries(parseFileCommand(ready.outputs)))
      runner.setOutput(name, value)
    runner.info(ready.said)
  },
  post: async (runner) => {
    if (runner.env.STATE_memory) await lifecycle.post(runner)
  },
  combined,
  sweep,
}

/** Runs all stages of a job in this process, as the runner does in three of its own, and says what they did. */
export async function runJob(world: World, plan: Plan): Promise<JobRecord> {
  const { clock, start } = world
  const since = () => clock.now() - start
  const isLost = () => plan.lostAt !== undefined && since() >= plan.lostAt
  const isCancelled = () => plan.cancelledAt !== undefined && since() >= plan.cancelledAt
  const record: JobRecord = { plan, result: 'success', stages: [] }
  const state: Record<string, string> = {}

  async function stage(name: StageName, stopsAt = plan.lostAt): Promise<void> {
    const isOver = () => stopsAt !== undefined && since() >= stopsAt
    if (isOver()) return
    const did: StageRecord = {
      name,
      began: since(),
      ended: undefined,
      said: [],
      outputs: {},
      saved: [],
      raw: [],
      crash: undefined,
    }
    record.stages.push(did)
    const say = (level: Said['level']) => (text: string) =>
      void (isOver() || did.said.push({ level, text }))
    const runner: Runner = {
      env: environment(plan, name, record.result, state),
      payload: plan.event.payload,
      fetch: world.network(nameOf(plan), name, isOver),
      info: say('info'),
      warning: say('warning'),
      fail: say('fail'),
      mask() {},
      setOutput: (output, value) =>
        void (isOver() || Object.assign(did.outputs, { [output]: value })),
      saveState(key, value) {
        if (isOver()) return
        state[key] = value
        did.saved.push(value)
      },
      cancelled: () => clock.sleep(Math.max((plan.cancelledAt ?? 1e12) - since(), 0)),
      summarize: async (markdown) => say('summary')(markdown),
    }
    const work = STAGES[name](runner)
      .catch((error: unknown) => {
        did.crash = String(error)
      })
      .then(() => {
        if (!isOver()) did.ended = since()
      })
    const over = stopsAt === undefined ? [] : [clock.sleep(stopsAt - since())]
    await Promise.race([work, ...over])
    if (name !== 'post' && did.said.some(({ level }) => level === 'fail')) record.result = 'failure'
  }

  async function steps(milliseconds: number): Promise<void> {
    const end = Math.min(
      since() + milliseconds,
      plan.lostAt ?? 1e12,
      Math.max(plan.cancelledAt ?? 1e12, since()),
    )
    await clock.sleep(end - since())
    if (isCancelled()) record.result = 'cancelled'
  }

  await clock.sleep(plan.startsAt)
  if (isCancelled()) record.result = 'cancelled'
  if (plan.kind === 'gate' || plan.kind === 'sweep') {
    await stage(plan.kind === 'gate' ? 'combined' : 'sweep')
    return record
  }
  if (plan.kind !== 'local') await stage('pre')
  await steps(plan.lasts[0])
  // A signal ends main at once; neither pre nor post is sent one.
  if (plan.runsMain && record.result === 'success')
    await stage('main', earliest(plan.lostAt, plan.cancelledAt))
  await steps(plan.lasts[1])
  if (record.result === 'success') record.result = plan.result
  if (!isLost() && record.stages.length > 0) await stage('post')
  return record
}

function earliest(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other)
}

export function nameOf({ run, id }: Plan): string {
  return `run ${run} job ${id}`
}

const defaults = new Map<StageName, [string, string][]>()

/** The inputs of an action.yml that have a default, as the runner reads them. */
function defaultsOf(stage: StageName): [string, string][] {
  const file = stage === 'combined' || stage === 'sweep' ? `${stage}/action.yml` : 'action.yml'
  const known = defaults.get(stage)
  if (known !== undefined) return known
  const { inputs } = parse(readFileSync(`${ROOT}/${file}`, 'utf8')) as {
    inputs: Record<string, { default?: unknown }>
  }
  const read = Object.entries(inputs).map(([name, input]): [string, string] => [
    name,
    String(input.default ?? ''),
  ])
  defaults.set(stage, read)
  return read
}

function environment(
  plan: Plan,
  stage: StageName,
  status: string,
  state: Readonly<Record<string, string>>,
): Record<string, string> {
  const contexts = {
    github: { repository: REPOSITORY, token: plan.token, api_url: API, event: plan.event.payload },
    job: { status, check_run_id: plan.id },
    matrix: null,
  }
  const evaluated = defaultsOf(stage).map(([name, text]) => [
    name,
    text.includes('${{') ? interpolate(text, contexts) : text,
  ])
  const given =
    stage === 'main' && plan.renamed !== undefined
      ? { ...plan.with, context: plan.renamed }
      : plan.with
  const inputs = Object.entries({ ...Object.fromEntries(evaluated), ...given })
  return {
    ...Object.fromEntries(inputs.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    ...Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value])),
    GITHUB_REPOSITORY: REPOSITORY,
    GITHUB_SERVER_URL: SERVER,
    GITHUB_API_URL: API,
    GITHUB_RUN_ID: String(plan.run),
    GITHUB_SHA: SHA,
    GITHUB_EVENT_NAME: plan.event.name,
    GITHUB_WORKFLOW: 'CI',
    GITHUB_JOB: 'build',
    GITHUB_ACTOR: 'octocat',
  }
}
