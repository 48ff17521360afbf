import { fileURLToPath } from 'node:url'
import { afterEach, expect } from '@jest/globals'
import type { RepositoryOptions, TokenOptions } from '../../sandbox/api/github.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/api/server.ts'
import {
  createJob,
  type Job,
  type JobOptions,
  type StageResult,
} from '../../sandbox/runner/stage-runner.ts'

export const REPOSITORY = 'octo-org/octo-repo'
export const TOKEN = 'ghs_0123456789abcdefghijklmnopqrstuvwxyz'
/** GITHUB_SHA, unless a test says otherwise. */
export const SHA = '6dcb09b5b57875f334f61aebed695e2e4193db5e'
export const HEAD = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'
export const RUN_LINK = `https://github.com/${REPOSITORY}/actions/runs/1658821493`
export const JOB_LINK = `${RUN_LINK}/job/51725241954`

export const ACTION = fileURLToPath(new URL('../..', import.meta.url))

export type Setup = Partial<JobOptions> & {
  sandbox?: SandboxOptions
  /** What GitHub knows besides: commits, pull requests. */
  declared?: RepositoryOptions
  permissions?: TokenOptions
  /** `/api/v3` of GitHub Enterprise Server, `/api/v1` of Gitea. */
  base?: string
}

export type Bench = Job & {
  sandbox: Sandbox
  /** Each request so far as `METHOD /path`. */
  requests(): string[]
  /** What was published so far, in order, of all commits. */
  published(): Published[]
  /** What a commit's page shows: the newest state of each context. */
  shown(sha?: string): Record<string, string>
  /** The warnings and errors of all stages so far. */
  annotations(): { stage: string; level: string; message: string }[]
}

export type Published = {
  sha: string
  context: string
  state: string
  description: string
  target_url?: string
}

const benches: Bench[] = []

/** A job whose one step uses this repository's action, and a GitHub of its own to publish to. */
export async function startJob({
  sandbox: options,
  declared,
  permissions,
  base = '',
  ...job
}: Setup = {}) {
  const sandbox = await startSandbox(options)
  const repository = job.repository ?? REPOSITORY
  sandbox.github.repository(repository, { commits: [SHA, HEAD] })
  sandbox.github.repository(repository, declared)
  sandbox.github.token(TOKEN, permissions)
  const started = createJob({
    action: ACTION,
    event: { name: 'push', payload: { ref: 'refs/heads/main', after: SHA, deleted: false } },
    sha: SHA,
    apiUrl: sandbox.url + base,
    token: TOKEN,
    ...job,
  })
  const bench: Bench = Object.assign(started, {
    sandbox,
    requests: () => sandbox.requests.map(({ method, path }) => `${method} ${path}`),
    published: () =>
      sandbox.requests
        .filter(({ method, status }) => method === 'POST' && status === 201)
        .map(({ path, body }) => ({
          sha: path.split('/').at(-1) ?? '',
          ...(body as Omit<Published, 'sha'>),
        })),
    shown: (sha = SHA) =>
      Object.fromEntries(
        Object.entries(sandbox.github.current(repository, sha)).map(([context, { state }]) => [
          context,
          state,
        ]),
      ),
    annotations: () =>
      started.results.flatMap(({ stage, annotations }) =>
        annotations.map((annotation) => ({ stage, ...annotation })),
      ),
  })
  benches.push(bench)
  return bench
}

afterEach(async () => {
  const finished = benches.splice(0)
  for (const bench of finished) {
    bench.remove()
    await bench.sandbox.close()
  }
  for (const { results } of finished) results.forEach(expectClean)
})

/** What holds of every stage, whatever it met: no token but in the mask, no stack trace, no command but our own. */
function expectClean({ stdout, stderr, files, commands }: StageResult): void {
  const seen = stdout
    .split('\n')
    .filter((line) => !line.startsWith('::add-mask::'))
    .concat(stderr, Object.values(files))
    .join('\n')
  expect(seen).not.toContain(TOKEN)
  expect(seen).not.toMatch(/^\s+at .+:\d+/m)
  expect(stderr).toBe('')
  for (const { name } of commands) expect(['add-mask', 'error', 'warning']).toContain(name)
}
