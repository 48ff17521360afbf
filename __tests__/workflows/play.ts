import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import type { Access, NewCheckRun, NewStatus, StatusRecord } from '../../sandbox/api/github.ts'
import { type Recorded, type Sandbox, startSandbox } from '../../sandbox/api/server.ts'
import { runWorkflow, type WorkflowResult } from '../../sandbox/runner/act.ts'
import { checks } from '../support/rules.ts'
import type { Trigger } from './events.ts'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
export const EXAMPLES = join(ROOT, 'examples')
const TOKEN = 'ghs_ThisIsTheTokenOfTheWorkflowTests0001'
const RUN = 1_700_000_001

/** One run of a workflow, and what has to come of it. */
export interface Run {
  /** What is special about it; nothing if the example runs as it is. */
  when?: string
  event: Trigger
  /** Lines of the workflow, or parts of them, that are replaced: how a step is made to fail. */
  change?: Record<string, string>
  /** The job's own token; default as the workflow's `permissions` say. */
  token?: { statuses: Access }
  secrets?: Record<string, string>
  /** The repository's variables. */
  variables?: Record<string, string>
  /** Files that the commit changes; default one of the code's. */
  changes?: string[]
  /** Other files of the repository. */
  files?: Record<string, string>
  /** One job, and those that it needs; default all. */
  job?: string
  /** The repository in which statuses are published; default the workflow's own. */
  target?: string
  /** A GitHub, or a Gitea. */
  server?: 'gitea'
  /** What is there before, published by others: by a test's own words, or by another run. */
  before?: NewStatus[]
  /** The same on other commits of the repository. */
  others?: Record<string, NewStatus[]>
  /** The names that a ruleset requires on `main`. */
  requires?: string[]
  /** The check runs that are there before. */
  checkRuns?: NewCheckRun[]
  /** What others do while the workflow runs. */
  meanwhile?: (world: World) => Promise<void>
  /** Programs that the steps find in PATH: a shell script each. */
  programs?: Record<string, string>

  /**
   * All statuses of the commit, in the order in which they were published: `state | context | description`, and the link
   * if it is not the page of this run. A time it took is `<time>`. Default none.
   */
  shows?: string[]
  /** The same of GITHUB_SHA, if that is another commit; default none. */
  elsewhere?: string[]
  /** Jobs run at the same time: only the order within a context counts. */
  parallel?: true
  /** How each job ended; a job that is not here must not have run. Default none. */
  jobs?: Record<string, 'success' | 'failure'>
  /** Outputs of steps, by `job.step`. */
  outputs?: Record<string, Record<string, string>>
  /** What act's log has to hold. */
  log?: (string | RegExp)[]
  /** All annotations. */
  warnings?: (string | RegExp)[]
  errors?: (string | RegExp)[]
  /** All requests, as `POST 201`. */
  requests?: string[]
}

/** What a test can see and do while a workflow runs. */
export interface World {
  asked(): string[]
  /** Waits until something has happened. */
  until(happened: () => boolean): Promise<void>
  publish(status: NewStatus): void
  /** Adds a check run, or changes the one that has its id. */
  checkRun(run: NewCheckRun): void
}

export interface Played extends WorkflowResult {
  shows: string[]
  elsewhere: string[]
  requests: string[]
}

const write = (path: string, text: string, mode = 0o644) => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text, { mode })
}

export const PARTS = ['action.yml', 'combined', 'list', 'sweep', 'dist']

/** The action as users download it, without all that only its development needs. */
function checkout(): string {
  const folder = mkdtempSync(join(tmpdir(), 'action-'))
  for (const path of PARTS) cpSync(join(ROOT, path), join(folder, path), { recursive: true })
  return folder
}

let action: string | undefined

/** Removes what all runs share. */
export function cleanUp(): void {
  if (action) rmSync(action, { recursive: true, force: true })
}

/** A throw-away repository of two commits: the files given by path, and those that its last commit changes. */
function repositoryWith(files: Record<string, string>, changes: readonly string[]): string {
  const dir = mkdtempSync(join(tmpdir(), 'repository-'))
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=octocat', '-c', 'user.email=octocat@example.com', ...args],
      { cwd: dir },
    )
  const commit = (message: string) => {
    git('add', '--all')
    git('commit', '--quiet', '--no-verify', '--message', message)
  }
  git('init', '--quiet', '--initial-branch=main')
  for (const [path, text] of Object.entries(files)) write(join(dir, path), text)
  commit('Before')
  for (const path of changes) write(join(dir, path), path)
  commit('After')
  return dir
}

/** The examples as they lie in a user's repository, some of the workflow's text replaced. */
function filesOf(workflow: string, given: string | undefined, { change = {} }: Run) {
  let text = given ?? readFileSync(join(EXAMPLES, workflow), 'utf8')
  for (const [from, to] of Object.entries(change)) {
    if (!text.includes(from))
      throw new Error(`${workflow} has no ${JSON.stringify(from)} to change`)
    text = text.replaceAll(from, to)
  }
  const used = ['composite/action.yml', 'reusable.yml'].map((name) => [
    name.includes('/') ? `examples/${name}` : `.github/workflows/${name}`,
    readFileSync(join(EXAMPLES, name), 'utf8'),
  ])
  return { text, files: { ...Object.fromEntries(used), [`.github/workflows/${workflow}`]: text } }
}

type Permissions = Record<string, Access> | string | undefined
const PERMISSIONS = ['statuses', 'pull_requests', 'checks', 'actions', 'contents'] as const
type Permission = (typeof PERMISSIONS)[number]

/** What the token of a workflow's jobs may do: the most that any job asks for, nothing where none does. */
function tokenFor(text: string, gitea: boolean): Record<Permission, Access> {
  const { permissions, jobs } = parse(text) as {
    permissions: Permissions
    jobs: Record<string, { permissions?: Permissions }>
  }
  const asked = Object.values(jobs).map((job) => job.permissions ?? permissions)
  const most = (name: string): Access => {
    const all = asked.map((one) => (typeof one === 'object' ? one[name] : undefined))
    return (['write', 'read'] as const).find((access) => all.includes(access)) ?? 'none'
  }
  const all = PERMISSIONS.map((name) => [name, most(name.replace('_', '-'))])
  return { ...Object.fromEntries(all), ...(gitea && { statuses: most('contents') }) }
}

/** Runs a workflow with act against a sandbox of its own. @param workflow an example's name, or a name for `text` */
export async function play(workflow: string, run: Run, text?: string): Promise<Played> {
  action ??= checkout()
  const { text: content, files } = filesOf(workflow, text, run)
  const dir = repositoryWith({ ...files, ...run.files }, run.changes ?? ['src/index.js'])
  const programs = mkdtempSync(join(tmpdir(), 'programs-'))
  for (const [name, script] of Object.entries(run.programs ?? {})) {
    write(join(programs, name), `#!/bin/sh\n${script}\n`, 0o755)
  }
  const gitea = run.server === 'gitea'
  const sandbox = await startSandbox(gitea ? { dialect: 'gitea' } : {})
  try {
    declare(sandbox, run, tokenFor(content, gitea))
    const ended = runWorkflow(optionsOf(workflow, run, { sandbox, dir, programs, action }))
    const result = await besides(run, sandbox, ended)
    return { ...result, ...publishedBy(run, sandbox) }
  } finally {
    await sandbox.close()
    for (const folder of [dir, programs]) rmSync(folder, { recursive: true, force: true })
  }
}

type Places = { sandbox: Sandbox; dir: string; programs: string; action: string }

function optionsOf(workflow: string, run: Run, { sandbox, dir, programs, action }: Places) {
  const { event } = run
  return {
    act: process.env.ACT ?? 'act',
    dir,
    workflow: `.github/workflows/${workflow}`,
    event,
    repository: event.repository,
    sha: event.sha,
    apiUrl: run.server === 'gitea' ? `${sandbox.url}/api/v1` : sandbox.url,
    token: TOKEN,
    runId: RUN,
    actions: {
      'OWNER/commit-status@v1': action,
      'OWNER/team-status@v1': join(dir, 'examples/composite'),
    },
    programs: [programs, join(ROOT, 'node_modules/.bin')],
    ...(run.job && { job: run.job }),
    ...(run.secrets && { secrets: run.secrets }),
    ...(run.variables && { variables: run.variables }),
  }
}

/** Lets happen what the run says happens meanwhile, until the workflow has ended. */
async function besides<T>(run: Run, sandbox: Sandbox, ended: Promise<T>): Promise<T> {
  const { event, target = event.repository } = run
  let over = false
  const others = run.meanwhile?.({
    asked: () => sandbox.requests.map(shownRequest),
    until: async (happened) => {
      while (!happened() && !over) await sleep(20)
    },
    publish: (status) => void sandbox.github.publish(target, event.head, status),
    checkRun: (one) => void sandbox.github.checkRun(target, event.head, one),
  })
  const result = await ended.finally(() => {
    over = true
  })
  await others
  return result
}

function publishedBy(run: Run, sandbox: Sandbox) {
  const { event, before = [], target = event.repository } = run
  const page = `https://github.com/${event.repository}/actions/runs/${RUN}`
  const statuses = (sha: string) =>
    sandbox.github
      .statuses(target, sha)
      .reverse()
      .map((status) => shown(status, page))
  const isSame = event.sha === event.head || target !== event.repository
  return {
    shows: statuses(event.head).slice(before.length),
    elsewhere: isSame ? [] : statuses(event.sha),
    requests: sandbox.requests.map(shownRequest),
  }
}

function declare(sandbox: Sandbox, run: Run, permissions: Record<Permission, Access>) {
  const { event, before = [], others = {}, checkRuns = [], secrets = {} } = run
  const { number = 1 } = (event.payload as { issue?: { number?: number } }).issue ?? {}
  sandbox.github.repository(event.repository, {
    private: true, // or else anyone may read, whatever a job's permissions are
    commits: [event.sha, event.head, ...Object.keys(others)],
    branches: { main: event.sha },
    ...(run.requires && { rules: { main: [checks(...run.requires)] } }),
    pulls: { [number]: { head: event.head } },
  })
  sandbox.github.token(TOKEN, { ...permissions, ...run.token, repositories: [event.repository] })
  for (const secret of Object.values(secrets)) sandbox.github.token(secret, { kind: 'personal' })
  if (run.target) sandbox.github.repository(run.target, { commits: [event.head], private: true })
  for (const [sha, all] of Object.entries({ ...others, [event.head]: before })) {
    for (const status of all) sandbox.github.publish(event.repository, sha, status)
  }
  for (const one of checkRuns) sandbox.github.checkRun(event.repository, event.head, one)
}

const shownRequest = ({ method, status }: Recorded) => `${method} ${status}`

export function shown(
  { state, context, description, target_url }: StatusRecord,
  page: string,
): string {
  const text = (description ?? '').replace(/\b(?:\d+h )?(?:\d+m )?\d+s$/, '<time>')
  const link = target_url?.replace(/#follows$/, '') ?? 'no link'
  return [state, context, text, ...(link === page ? [] : [link])].join(' | ')
}

/** In the order of contexts, and within one in the order of time. */
export const byContext = (lines: readonly string[]) =>
  [...lines].sort((a, b) => (a.split(' | ')[1] ?? '').localeCompare(b.split(' | ')[1] ?? ''))
