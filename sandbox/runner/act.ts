import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

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
  runId?: number
  actor?: string
  /** The folder of each action that is used by reference: `owner/name@ref`. */
  actions: Record<string, string>
  /** Milliseconds after which all that was started is killed; default 90 seconds. */
  limit?: number
  /** Folders of programs that come before those of PATH; the first `node` runs the actions. */
  programs?: string[]
}

export interface WorkflowResult {
  exitCode: number | null
  /** A line for each that act wrote: `[job] text`, the stage before the text where there is one. */
  log: string
  /** Each job that ran, by its id: `failure` where a leg of its matrix failed. */
  jobs: Record<string, string>
  /** What a step wrote in main, by `job.step`, where a step without an id has its number. */
  outputs: Record<string, Record<string, string>>
  /** The stages that ran, in order: `job: Pre name`. */
  stages: string[]
  warnings: string[]
  errors: string[]
}

/** A line of act's log. */
interface Entry {
  level?: string
  msg?: string
  job?: string
  jobID?: string
  jobResult?: string
  step?: string
  stepID?: string[]
  stepResult?: string
  stage?: string
  command?: string
  name?: string
  arg?: string
}

function parsed(line: string): Entry {
  try {
    return JSON.parse(line)
  } catch {
    return { msg: line }
  }
}

function commandLine(options: WorkflowOptions, eventPath: string): string[] {
  const { event, workflow, repository, sha, apiUrl, token, runId = 1, actor = 'octocat' } = options
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
    ...['--actor', actor],
    ...each('--local-repository', options.actions),
    ...each('--env', variables),
    ...each('--secret', secrets),
  ]
}

/**
 * Runs a whole workflow on this machine, without containers and without the network: pre, main and post of the actions
 * that it uses. Where act differs from the real runner, the stage runner is the one to ask.
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
  const limit = options.limit ?? 90_000
  const timer = setTimeout(() => {
    text += `\nKilled after ${limit / 1000} s.\n`
    if (act.pid) process.kill(-act.pid, 'SIGKILL')
  }, limit)
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    act.on('error', reject)
    act.on('close', resolve)
  }).finally(() => clearTimeout(timer))
  rmSync(home, { recursive: true, force: true })
  return { exitCode, ...resultOf(text.split('\n').filter(Boolean).map(parsed)) }
}

function resultOf(entries: Entry[]): Omit<WorkflowResult, 'exitCode'> {
  const jobs: Record<string, string> = {}
  const outputs: Record<string, Record<string, string>> = {}
  for (const {
    jobID = '',
    jobResult,
    stepID = [],
    stage,
    command,
    name = '',
    arg = '',
  } of entries) {
    if (jobResult !== undefined && jobs[jobID] !== 'failure') jobs[jobID] = jobResult
    if (command !== 'set-output' || stage !== 'Main') continue
    const step = [jobID, ...stepID].join('.')
    outputs[step] = { ...outputs[step], [name]: arg }
  }
  const said = (wanted: string) =>
    entries
      .filter(({ command }) => command === wanted)
      .map(({ msg = '' }) => msg.replace(/^.*?::\w+::\s*/s, '').trim())
  return {
    jobs,
    outputs,
    stages: entries
      .filter(({ stage, msg }) => stage !== undefined && msg?.startsWith('⭐ Run '))
      .map(({ job, msg = '' }) => `${job?.trim()}: ${msg.slice('⭐ Run '.length)}`),
    warnings: said('warning'),
    errors: said('error'),
    log: entries
      .map(({ job, stage, msg = '' }) =>
        [job && `[${job.trim()}]`, stage, msg.trimEnd()].filter(Boolean).join(' '),
      )
      .join('\n'),
  }
}
