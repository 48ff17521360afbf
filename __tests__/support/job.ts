import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { RepositoryOptions, StatusRecord, TokenOptions } from '../../sandbox/api/github.ts'
import {
  type Fault,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from '../../sandbox/api/server.ts'
import {
  createJob,
  type Job,
  type JobOptions,
  type StageResult,
} from '../../sandbox/runner/stage-runner.ts'
import { checkStage } from './expect.ts'
import { put, type States } from './history.ts'
import { HEAD, REPOSITORY, SHA, TOKEN } from './ids.ts'

export * from './ids.ts'

/** This repository, which holds the root action. */
export const ACTION = resolve(import.meta.dirname, '../..')

export type Action = 'publish' | 'combined' | 'list' | 'sweep'

export type Setup = Partial<Omit<JobOptions, 'action' | 'apiUrl'>> & {
  /** Which of the four actions the job's one step uses. */
  action?: Action
  /** `uses: ./`: the runner knows no pre for it. */
  local?: boolean
  /** The folder of the composite action that the step stands in. */
  composite?: string
  /** What is on GITHUB_SHA already, published by other tools. */
  statuses?: States
  /** What GitHub knows besides: commits, branches, pull requests. */
  declared?: RepositoryOptions
  permissions?: TokenOptions
  faults?: Fault[]
  github?: SandboxOptions
  server?: keyof typeof SERVERS
  /** Another job, whose GitHub this one uses too. */
  on?: TestJob
  /** The sandbox's own address unless told. */
  apiUrl?: string
  /** Waits of more than 10 s are short, and count as if they had not been. */
  shortWaits?: boolean
}

export type Published = {
  sha: string
  context: string
  state: string
  description: string
  target_url?: string
}

export type TestJob = Job &
  AsyncDisposable & {
    sandbox: Sandbox
    /** Each request so far as `METHOD /path`. */
    requests(): string[]
    /** What was published so far through the API, in order, on all commits. */
    published(): Published[]
    /** All statuses of a commit, newest first. */
    history(sha?: string): StatusRecord[]
    /** What a commit's page shows: the newest state of each context. */
    shown(sha?: string): Record<string, string>
    /** The warnings and errors of all stages so far. */
    annotations(): { stage: string; level: string; message: string }[]
    /** Runs pre, main and post; main even after a failure. */
    follow(jobStatus?: 'success' | 'failure' | 'cancelled'): Promise<Stages>
  }

type Stages = { pre: StageResult; main: StageResult; post: StageResult }

const SERVERS = {
  github: { base: '' },
  ghes: { base: '/api/v3', checkRunId: null, serverUrl: 'https://ghe.example' },
  gitea: { base: '/api/v1', gitea: true, serverUrl: 'https://git.example' },
} as const

/**
 * Starts a GitHub, and a job whose one step uses an action of this repository. After each stage it checks what holds
 * everywhere (expect.ts). `await using job = await startJob()` removes both when the test ends.
 */
export async function startJob(setup: Setup = {}): Promise<TestJob> {
  const { action = 'publish', local, composite, statuses, shortWaits, ...rest } = setup
  const {
    declared: _,
    permissions: __,
    faults: ___,
    github,
    server = 'github',
    on,
    apiUrl,
    ...options
  } = rest
  const { base, ...served } = SERVERS[server]
  const dialect = server === 'gitea' && { dialect: 'gitea' as const }
  const sandbox = on?.sandbox ?? (await startSandbox({ ...dialect, ...github }))
  const repository = options.repository ?? REPOSITORY
  declare(sandbox, repository, setup)

  const job = createJob({
    action: action === 'publish' ? ACTION : join(ACTION, action),
    event: { name: 'push', payload: { ref: 'refs/heads/main', after: SHA, deleted: false } },
    sha: SHA,
    apiUrl: apiUrl ?? sandbox.url + base,
    token: TOKEN,
    ...served,
    ...options,
    ...(shortWaits && withShortWaits(options.env)),
  })
  if (local || composite !== undefined) job.contexts.github.action_repository = ''
  if (composite !== undefined) job.contexts.github.action_path = composite

  const test = Object.assign(job, { sandbox }, views(job, sandbox, repository), running(job))
  if (statuses) put(test, statuses)
  return Object.assign(test, {
    [Symbol.asyncDispose]: async () => {
      job.remove()
      if (on === undefined) await sandbox.close()
    },
  })
}

function withShortWaits(env: JobOptions['env']): Pick<JobOptions, 'dir' | 'env'> {
  const path = join(ACTION, '__tests__/support/short-waits.cjs').replaceAll('\\', '/')
  const dir = mkdtempSync(join(tmpdir(), 'job-'))
  return { dir, env: { ...env, NODE_OPTIONS: `--require="${path}"` } }
}

/** What GitHub knows before the job begins. */
function declare(
  { github, fault }: Sandbox,
  repository: string,
  { token = TOKEN, declared, permissions, faults = [] }: Setup,
): void {
  github.repository(repository, { commits: [SHA, HEAD] })
  github.repository(repository, declared)
  github.token(token, permissions)
  for (const one of faults) fault(one)
}

/** What a test looks at. */
function views({ results }: Job, { github, requests }: Sandbox, repository: string) {
  return {
    requests: () => requests.map(({ method, path }) => `${method} ${path}`),
    published: () =>
      requests
        .filter(({ method, status, fault }) => {
          const isTrue = fault === undefined || !('answer' in fault)
          return method === 'POST' && status === 201 && isTrue
        })
        .map(({ path, body }) => ({
          sha: path.split('/').at(-1) ?? '',
          ...(body as Omit<Published, 'sha'>),
        })),
    history: (sha = SHA) => github.statuses(repository, sha),
    shown: (sha = SHA) =>
      Object.fromEntries(
        Object.entries(github.current(repository, sha)).map(([name, { state }]) => [name, state]),
      ),
    annotations: () =>
      results.flatMap(({ stage, annotations }) =>
        annotations.map((annotation) => ({ stage, ...annotation })),
      ),
  }
}

/** By how much the clock of the last stage was set forward, if waits are short. */
function aheadOf({ contexts }: Job): number {
  const path = join(String(contexts.runner.temp), '../../home/ahead')
  return existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0
}

/** The ways to run stages, each with its check. */
function running(job: Job): Pick<TestJob, 'stage' | 'run' | 'follow'> {
  const { stage, run } = job
  let seen = 0
  const check = () => {
    for (const result of job.results.slice(seen)) {
      result.durationMs += aheadOf(job)
      checkStage(result, job)
    }
    seen = job.results.length
  }
  const checked = async (...args: Parameters<typeof stage>) => {
    const result = await stage(...args)
    check()
    return result
  }
  return {
    stage: checked,
    run: async (options) => {
      const stages = await run(options)
      check()
      return stages
    },
    follow: async (jobStatus = 'success') => {
      const pre = await checked('pre')
      const main = await checked('main')
      job.contexts.job.status = jobStatus
      return { pre, main, post: await checked('post') }
    },
  }
}
