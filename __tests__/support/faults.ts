import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { TokenOptions } from '../../sandbox/api/github.ts'
import type { Fault, Sandbox, SandboxOptions } from '../../sandbox/api/server.ts'
import { startSandbox } from '../../sandbox/api/server.ts'
import {
  createJob,
  type Job,
  type JobOptions,
  type StageResult,
} from '../../sandbox/runner/stage-runner.ts'

export const REPOSITORY = 'octo-org/octo-repo'
export const SHA = '6dcb09b5b57875f334f61aebed695e2e4193db5e'
export const TOKEN = 'ghs_16C7e42F292c6912E7710c838347Ae178B4a'

/** A name that no resolver knows, which the test-only certificate is for. */
export const HOST = 'api.example.test'

const support = resolve('__tests__', 'support')
/** Signed by itself, so it is the authority's too. For api.example.test and 127.0.0.1, until 2120. */
export const CERTIFICATE = join(support, 'test-only-certificate.pem')
export const tls = {
  cert: readFileSync(CERTIFICATE),
  key: readFileSync(join(support, 'test-only-key.pem')),
}

export type SceneOptions = Partial<Omit<JobOptions, 'apiUrl'>> & {
  github?: SandboxOptions
  access?: TokenOptions
  faults?: Fault[]
  /** The sandbox's own address unless told. */
  apiUrl?: (sandbox: Sandbox) => string
}

export type Scene = {
  sandbox: Sandbox
  job: Job
  /** The state that the commit shows for each context. */
  shown(): Record<string, string>
  /** Every state that was stored, oldest first. */
  stored(): string[]
}

/** A job with one step, and a GitHub for it where things go wrong; both end with the scene. */
export async function inScene<T>(
  options: SceneOptions,
  act: (scene: Scene) => Promise<T>,
): Promise<T> {
  const { github, access, faults = [], apiUrl, ...rest } = options
  const sandbox = await startSandbox(github)
  sandbox.github.repository(REPOSITORY, { commits: [SHA] })
  sandbox.github.token(TOKEN, access)
  for (const fault of faults) sandbox.fault(fault)
  const job = createJob({
    action: resolve('.'),
    event: { name: 'push', payload: {} },
    repository: REPOSITORY,
    sha: SHA,
    token: TOKEN,
    apiUrl: apiUrl?.(sandbox) ?? sandbox.url,
    ...rest,
  })
  const shown = () =>
    Object.fromEntries(
      Object.entries(sandbox.github.current(REPOSITORY, SHA)).map(([context, { state }]) => [
        context,
        state,
      ]),
    )
  const stored = () =>
    sandbox.github
      .statuses(REPOSITORY, SHA)
      .map(({ state }) => state)
      .reverse()
  try {
    return await act({ sandbox, job, shown, stored })
  } finally {
    job.remove()
    await sandbox.close()
  }
}

/** The lines of a log that announce another attempt. */
export const retries = ({ log }: StageResult) =>
  log.split('\n').filter((line) => line.includes('Trying again'))

/** What a stage says in annotations, all levels, one text. */
export const annotated = ({ annotations }: StageResult) =>
  annotations.map(({ level, message }) => `${level}: ${message}`).join('\n')
