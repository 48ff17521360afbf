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
import { type Claim, keepsTheToken, TOKEN } from './claims.ts'
import { type Clock, createClock } from './clock.ts'
import { type Row, shownRows } from './rows.ts'
import { type Parsed, parseJob } from './yaml.ts'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** Milliseconds. A stage's own deadlines never come, since its clock stands still. */
const STAGE_LIMIT = 30_000
const START = '2026-01-05T09:00:00Z'

/** The commit's page at one time, and what led to it since the moment before. */
export type Moment = { when: string; rows: Row[]; requests: Recorded[]; log: string[] }

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
  yaml: Parsed
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
  const yaml = parseJob(scene.yaml)
  const rows = () => shownRows(Object.values(sandbox.github.current(repository, sha)))
  let log: string[] = []
  let seen = 0

  return {
    yaml,
    sandbox,
    clock,
    job(options) {
      const { job, folder, with: inputs } = yaml
      const action = join(ROOT, folder)
      const ours = { action, repository, sha, job, with: inputs, apiUrl: sandbox.url, token: TOKEN }
      const made = createJob({ ...ours, ...options })
      jobs.push(made)
      return made
    },
    async stage(job, stage) {
      Object.assign(job.contexts.env, clock.environment())
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
