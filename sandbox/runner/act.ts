import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { readLog, type WorkflowResult } from './act-log.ts'

export type { WorkflowResult } from './act-log.ts'

export interface WorkflowOptions {
  /** The act binary. */
  act: string
  /** A git repository's folder, and the workflow's path in it. */
  dir: string
  workflow: string
  /** One job, and those that it needs; default all. */
  job?: string
  event: { name: string; payload: object }
  repository: string
  /** GITHUB_SHA. */
  sha: string
  apiUrl: string
  /** The job's own token. */
  token: string
  secrets?: Record<string, string>
  /** The repository's variables. */
  variables?: Record<string, string>
  runId?: number
  /** The folder of each action that is used by reference: `owner/name@ref`. */
  actions: Record<string, string>
  /** Folders of programs that come before those of PATH; the first `node` runs the actions. */
  programs?: string[]
}

/** Milliseconds after which all that was started is killed. */
const LIMIT = 90_000

function commandLine(options: WorkflowOptions, eventPath: string): string[] {
  const { event, workflow, repository, sha, apiUrl, token, runId = 1 } = options
  const variables = {
    GITHUB_API_URL: apiUrl,
    GITHUB_REPOSITORY: repository,
    GITHUB_RUN_ID: runId,
    SHA_REF: sha,
  }
  const secrets = { GITHUB_TOKEN: token, ...options.secrets }
  const each = (flag: string, values: object) =>
    Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`])
  return [
    event.name,
    '--json',
    '--no-cache-server',
    ...['ubuntu', 'macos', 'windows'].flatMap((system) => [
      '--platform',
      `${system}-latest=-self-hosted`,
    ]),
    ...(options.job ? ['--job', options.job] : []),
    ...['--workflows', workflow],
    ...['--eventpath', eventPath],
    ...['--actor', 'octocat'],
    ...each('--local-repository', options.actions),
    ...each('--env', variables),
    ...each('--secret', secrets),
    ...each('--var', options.variables ?? {}),
  ]
}

/**
 * Runs a whole workflow on this machine, without containers and without the network: pre, main and post of the actions
 * that it uses. If act differs from the real runner, trust the stage runner: act runs no post if main was skipped, cancels
 * nothing, gives no job's id, and inside a composite knows neither the matrix nor that the job has failed.
 * https://github.com/nektos/act
 */
export async function runWorkflow(options: WorkflowOptions): Promise<WorkflowResult> {
  const home = mkdtempSync(join(tmpdir(), 'act-'))
  const eventPath = join(home, 'event.json')
  writeFileSync(eventPath, JSON.stringify(options.event.payload))
  const act = spawn(options.act, commandLine(options, eventPath), {
    cwd: options.dir,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a process group of its own, so that all of it can be killed
    env: {
      PATH: [...(options.programs ?? []), process.env.PATH].join(delimiter),
      HOME: home,
      XDG_CACHE_HOME: join(home, 'cache'),
      ACT_DISABLE_VERSION_CHECK: '1',
    },
  })
  let text = ''
  for (const stream of [act.stdout, act.stderr])
    stream.setEncoding('utf8').on('data', (chunk) => (text += chunk))
  const timer = setTimeout(() => {
    text += `\nKilled after ${LIMIT / 1000} s.\n`
    if (act.pid) process.kill(-act.pid, 'SIGKILL')
  }, LIMIT)
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    act.on('error', reject)
    act.on('close', resolve)
  }).finally(() => clearTimeout(timer))
  rmSync(home, { recursive: true, force: true })
  return { exitCode, ...readLog(text) }
}
