import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Recorded, type Sandbox, startSandbox } from '../api/server.ts'
import {
  createJob,
  type Job,
  type JobOptions,
  type Stage,
  type StageResult,
} from '../runner/stage-runner.ts'
import { type Row, shownRows } from './rows.ts'
import { parseJob } from './yaml.ts'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const TOKEN = 'ghs_ThisIsTheTokenOfTheDemo0000000000001'
const SET_DATE = new URL('./set-date.ts', import.meta.url).href
/** Milliseconds. A stage's own deadlines never come, since its clock stands still. */
const STAGE_LIMIT = 30_000
const START = '2026-01-05T09:00:00Z'

/** The commit's page at one time, and what led to it since the moment before. */
export type Moment = { when: string; rows: Row[]; requests: Recorded[]; log: string[] }

/** Something that a scene shows, and whether it was so. */
export type Claim = { text: string; holds: boolean }

/** Stands still until it is set forward; in milliseconds since the epoch. */
type Clock = { now(): number; advance(seconds: number): void }

export type Scene = {
  title: string
  /** What triggered the run, in a few words. */
  about: string
  /** One job that uses the action. The scene plays exactly this. */
  yaml: string
  repository: string
  sha: string
  act(play: Play): Promise<void>
}

export type Played = { scene: Scene; moments: Moment[]; claims: Claim[]; requests: number }

/** What a scene plays with. */
export type Play = {
  sandbox: Sandbox
  clock: Clock
  /** A job of the scene's YAML. */
  job(options: Pick<JobOptions, 'event'> & Partial<JobOptions>): Job
  stage(job: Job, stage: Stage): Promise<StageResult>
  /** A status of another tool. */
  publish(login: string, status: { state: string; context: string; description: string }): void
  /** Keeps what the commit shows now, or other rows. */
  show(when: string, rows?: Row[]): void
  /** The rows that the commit shows now: `success CI / test: Successful in 5s`. */
  shown(): string[]
  /** The requests so far: `POST 201`. */
  asked(): string[]
  claim(text: string, holds: boolean): void
}

export const allHold = (claims: readonly Claim[]) => claims.every(({ holds }) => holds)

/** Whether a stage wrote the token nowhere, except in the command that makes the runner mask it. */
function keepsTheToken({ stdout, stderr, files }: StageResult): boolean {
  const log = stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'))
  return ![...log, stderr, ...Object.values(files)].join('\n').includes(TOKEN)
}

function createClock(start: string): Clock {
  let now = Date.parse(start)
  return {
    now: () => now,
    advance(seconds) {
      now += seconds * 1000
    },
  }
}

/** Plays a scene against a sandbox of its own. */
export async function playScene(scene: Scene): Promise<Played> {
  const clock = createClock(START)
  const sandbox = await startSandbox({ now: clock.now })
  sandbox.github.repository(scene.repository, { commits: [scene.sha] })
  sandbox.github.token(TOKEN)
  const jobs: Job[] = []
  const played: Played = { scene, moments: [], claims: [], requests: 0 }

  try {
    await scene.act(createPlay(played, sandbox, clock, jobs))
    const results = jobs.flatMap((job) => job.results)
    if (!results.every(keepsTheToken)) throw new Error(`${scene.title}: a stage wrote the token`)
  } finally {
    played.requests = sandbox.requests.length
    for (const job of jobs) job.remove()
    await sandbox.close()
  }
  return played
}

function createPlay(played: Played, sandbox: Sandbox, clock: Clock, jobs: Job[]): Play {
  const { scene, moments, claims } = played
  const { repository, sha } = scene
  const rows = () => shownRows(Object.values(sandbox.github.current(repository, sha)))
  let log: string[] = []
  let seen = 0

  return {
    sandbox,
    clock,
    job(options) {
      const { job, folder, with: inputs } = parseJob(scene.yaml)
      const action = join(ROOT, folder)
      const ours = { action, repository, sha, job, with: inputs, apiUrl: sandbox.url, token: TOKEN }
      const made = createJob({ ...ours, ...options })
      jobs.push(made)
      return made
    },
    async stage(job, stage) {
      const time = { NODE_OPTIONS: `--import=${SET_DATE}`, DEMO_NOW: String(clock.now()) }
      Object.assign(job.contexts.env, time)
      const result = await job.stage(stage, { signal: AbortSignal.timeout(STAGE_LIMIT) })
      log.push(...result.log.split('\n').filter(Boolean))
      return result
    },
    publish: (creator, status) => {
      sandbox.github.publish(repository, sha, { ...status, creator })
    },
    show(when, others) {
      const requests = sandbox.requests.slice(seen)
      moments.push({ when, rows: others ?? rows(), requests, log })
      seen = sandbox.requests.length
      log = []
    },
    shown: () =>
      rows().map(({ state, context, description }) => `${state} ${context}: ${description}`),
    asked: () => sandbox.requests.map(({ method, status }) => `${method} ${status}`),
    claim: (text, holds) => void claims.push({ text, holds }),
  }
}
