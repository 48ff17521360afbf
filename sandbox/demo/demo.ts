/**
 * A job's whole life against the sandbox: the committed bundle, started stage by stage as the runner starts it, with
 * payloads that GitHub has sent. Shows the commit after each stage, and ends with what was proved: 0 only if all was.
 */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Sandbox, startSandbox } from '../api/server.ts'
import { payloadOf } from '../runner/payloads.ts'
import {
  createJob,
  type Job,
  type JobOptions,
  type Stage,
  type StageResult,
} from '../runner/stage-runner.ts'
import { commitPage, painter, requestLine } from './commit-page.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const TOKEN = 'ghs_ThisIsTheTokenOfTheDemo0000000000001'

const paint = painter(process.stdout, process.env)
const say = (text = '') => process.stdout.write(`${text}\n`)

type Claim = { scene: string; text: string; holds: boolean }
const claims: Claim[] = []
let requests = 0

/** What a scene plays with: a sandbox of its own, jobs, and the claims that it checks. */
type Play = {
  sandbox: Sandbox
  job(options: Pick<JobOptions, 'event'> & Partial<JobOptions>): Job
  /** Runs one stage; shows its requests, its log and the commit. */
  stage(job: Job, stage: Stage, when: string): Promise<StageResult>
  /** The commit's statuses as the API has them now: `state context: description`. */
  shown(): string[]
  /** The requests so far: `POST 201`. */
  asked(): string[]
  /** A claim about what has happened, said at the end. */
  proves(text: string, holds: boolean): void
}

type Repository = { full_name: string; id: number }
type PullRequest = {
  action: string
  number: number
  repository: Repository
  pull_request: { head: { sha: string; repo: Repository }; base: { repo: Repository } }
}
type Push = { ref: string; after: string; repository: Repository }
type WorkflowRun = {
  action: string
  repository: Repository
  workflow_run: { id: number; head_sha: string; conclusion: string; updated_at: string }
}

async function scene(
  title: string,
  repository: string,
  commit: string,
  act: (play: Play) => Promise<void>,
) {
  say(`\n${paint('bold', title)}`)
  const sandbox = await startSandbox()
  sandbox.github.repository(repository, { commits: [commit] })
  sandbox.github.token(TOKEN)
  const jobs: Job[] = []
  const statuses = () =>
    Object.values(sandbox.github.current(repository, commit)).sort((a, b) =>
      a.context.localeCompare(b.context),
    )
  const play: Play = {
    sandbox,
    job(options) {
      const job = createJob({
        action: ROOT,
        repository,
        apiUrl: sandbox.url,
        token: TOKEN,
        ...options,
      })
      jobs.push(job)
      return job
    },
    async stage(job, stage, when) {
      const before = sandbox.requests.length
      const result = await job.stage(stage)
      say(`\n  ${paint('bold', stage)}, ${when}`)
      const made = sandbox.requests.slice(before)
      for (const request of made) say(`    ${requestLine(request, paint)}`)
      if (made.length === 0) say(`    ${paint('dim', 'no request')}`)
      for (const line of result.log.split('\n').filter(Boolean))
        say(`    ${paint('dim', 'log')}  ${line}`)
      say(`  the commit ${commit.slice(0, 7)} then shows`)
      for (const line of commitPage(statuses(), paint)) say(`    ${line}`)
      return result
    },
    shown: () =>
      statuses().map(({ state, context, description }) => `${state} ${context}: ${description}`),
    asked: () => sandbox.requests.map(({ method, status }) => `${method} ${status}`),
    proves: (text, holds) => void claims.push({ scene: title, text, holds }),
  }
  try {
    await act(play)
    const results = jobs.flatMap((job) => job.results)
    play.proves(
      'the token is in no log, no state, no output and no summary',
      results.every(keepsTheToken),
    )
  } finally {
    requests += sandbox.requests.length
    for (const job of jobs) job.remove()
    await sandbox.close()
  }
}

/** Whether the token stays out of all that a stage writes, but for the command that makes the runner mask it. */
function keepsTheToken({ stdout, stderr, files }: StageResult): boolean {
  const log = stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'))
  return ![...log, stderr, ...Object.values(files)].join('\n').includes(TOKEN)
}

const isOpened = ({ action }: PullRequest) => action === 'opened'

async function greenJob() {
  const payload = payloadOf<PullRequest>('pull_request', isOpened)
  const head = payload.pull_request.head.sha
  const mergeCommit = 'f'.repeat(40)
  await scene('A green job', payload.repository.full_name, head, async (play) => {
    say(
      `  A pull request was opened. GITHUB_SHA is its test merge commit ${mergeCommit.slice(0, 7)}.`,
    )
    play.sandbox.github.repository(payload.repository.full_name, { commits: [mergeCommit] })
    const job = play.job({
      event: { name: 'pull_request', payload },
      sha: mergeCommit,
      runId: 4001,
      checkRunId: 5001,
    })
    await play.stage(job, 'pre', "before the job's first step")
    play.proves(
      'pending before the first step',
      play.shown().join() === 'pending CI / build: In progress',
    )
    const { outputs } = await play.stage(job, 'main', 'at the step itself')
    play.proves('main asks nothing of the network', play.asked().join() === 'POST 201')
    play.proves(
      'the outputs name state, context and commit',
      `${outputs.state} ${outputs.context} ${outputs.sha}` === `pending CI / build ${head}`,
    )
    await sleep(1_100)
    await play.stage(job, 'post', "after the job's last step")
    play.proves(
      'its result and how long it took',
      /^success CI \/ build: Successful in \ds$/.test(play.shown().join()),
    )
    play.proves(
      'two writes and one read in all',
      play.asked().join() === 'POST 201,GET 200,POST 201',
    )
    const [status] = play.sandbox.github.statuses(payload.repository.full_name, head)
    play.proves(
      'the link leads to this very job',
      status?.target_url ===
        `https://github.com/${payload.repository.full_name}/actions/runs/4001/job/5001`,
    )
    play.proves(
      'the head of the pull request has it, not the test merge commit',
      play.sandbox.github.statuses(payload.repository.full_name, mergeCommit).length === 0,
    )
  })
}

async function failingLeg() {
  const payload = payloadOf<Push>('push', ({ ref }) => ref.startsWith('refs/heads/'))
  await scene(
    'A matrix with a failing leg',
    payload.repository.full_name,
    payload.after,
    async (play) => {
      say('  A push. Two legs of one job: node 20 and node 24; the tests fail on the second.')
      const [first, second] = [20, 24].map((node) =>
        play.job({
          event: { name: 'push', payload },
          sha: payload.after,
          ref: payload.ref,
          job: 'test',
          matrix: { node, os: 'linux' },
          runId: 4002,
          checkRunId: 5000 + node,
        }),
      ) as [Job, Job]
      for (const leg of [first, second])
        await play.stage(
          leg,
          'pre',
          `of the leg ${Object.values(leg.contexts.matrix ?? {}).join(', ')}`,
        )
      await Promise.all([first.stage('main'), second.stage('main')])
      second.contexts.job.status = 'failure'
      await play.stage(first, 'post', 'of the green leg')
      await play.stage(second, 'post', 'of the leg whose tests failed')
      const [green, red] = play.shown()
      play.proves(
        'each leg has a status of its own, named by its values',
        play.shown().length === 2,
      )
      play.proves(
        'the green leg is green',
        /^success CI \/ test \(20, linux\): Successful in \ds$/.test(green ?? ''),
      )
      play.proves(
        'the failing leg is red',
        /^failure CI \/ test \(24, linux\): Failed after \ds$/.test(red ?? ''),
      )
    },
  )
}

async function cancelledJob() {
  const payload = payloadOf<Push>('push', ({ ref }) => ref.startsWith('refs/heads/'))
  await scene('A cancelled job', payload.repository.full_name, payload.after, async (play) => {
    say('  A push. The run is cancelled before the step is reached: main never runs.')
    const job = play.job({
      event: { name: 'push', payload },
      sha: payload.after,
      ref: payload.ref,
      runId: 4003,
    })
    await play.stage(job, 'pre', "before the job's first step")
    job.contexts.job.status = 'cancelled'
    await play.stage(job, 'post', 'after the cancel')
    play.proves(
      'settled as an error, never left pending',
      /^error CI \/ build: Cancelled after \ds$/.test(play.shown().join()),
    )
  })
}

async function forkPullRequest() {
  // None of the recorded pull requests is a fork's: this one becomes one by its head's repository.
  const payload = payloadOf<PullRequest>('pull_request', isOpened)
  payload.pull_request.head.repo = {
    ...payload.pull_request.head.repo,
    full_name: 'octocat/Hello-World',
    id: 1,
  }
  const { full_name } = payload.repository
  await scene(
    "A fork's pull request, with a read-only token",
    full_name,
    payload.pull_request.head.sha,
    async (play) => {
      say('  The same pull request, from a fork: GitHub gives its jobs a token that may not write.')
      play.sandbox.github.token(TOKEN, { statuses: 'read' })
      const job = play.job({ event: { name: 'pull_request', payload }, runId: 4004 })
      const results = [
        await play.stage(job, 'pre', "before the job's first step"),
        await play.stage(job, 'main', 'at the step itself'),
        await play.stage(job, 'post', "after the job's last step"),
      ]
      const annotations = results.flatMap((result) => result.annotations)
      play.proves(
        'every stage is green',
        results.every(({ conclusion }) => conclusion === 'success'),
      )
      play.proves(
        'one warning says why and what helps',
        annotations.length === 1 && /a fork is read-only/.test(annotations[0]?.message ?? ''),
      )
      play.proves('so does the job summary', /a fork is read-only/.test(results[0]?.summary ?? ''))
      play.proves(
        'one request is refused, and no other is made',
        play.asked().join() === 'POST 403',
      )
    },
  )
}

async function waitingGate() {
  const payload = payloadOf<Push>('push', ({ ref }) => ref.startsWith('refs/heads/'))
  const { full_name } = payload.repository
  await scene('A gate that waits', full_name, payload.after, async (play) => {
    say('  Another system deploys, and says so by statuses. A job waits for them with /combined.')
    const deploys = (state: string, description: string) =>
      play.sandbox.github.publish(full_name, payload.after, {
        state,
        description,
        context: 'deploy/staging',
      })
    deploys('pending', 'Rolling out')
    const gate = play.job({
      action: join(ROOT, 'combined'),
      event: { name: 'push', payload },
      sha: payload.after,
      with: {
        contexts: 'deploy/*',
        timeout_minutes: '1',
        interval_seconds: '1',
        require_success: 'true',
      },
    })
    const waiting = play.stage(gate, 'main', 'which waits until the deployment is done')
    while (play.asked().length < 3) await sleep(50)
    deploys('success', 'Rolled out')
    const { conclusion, outputs, log } = await waiting
    const asked = play.asked()
    play.proves(
      'it says what it waits for, once',
      log.split('Waiting. Pending: "deploy/staging".').length === 2,
    )
    play.proves(
      'a look at what has not changed is a 304, which is free',
      asked.slice(1, 3).every(isNotModified),
    )
    play.proves(
      'it passes when the status turns green',
      conclusion === 'success' && outputs.state === 'success',
    )
  })
}

const isNotModified = (request: string) => request === 'GET 304'

async function sweptRun() {
  const payload = payloadOf<WorkflowRun>('workflow_run', ({ action }) => action === 'completed')
  const { repository, workflow_run: run } = payload
  Object.assign(run, {
    conclusion: 'failure',
    updated_at: new Date(Date.now() + 60_000).toISOString(),
  })
  await scene('A lost runner, and a sweep', repository.full_name, run.head_sha, async (play) => {
    say(
      '  A push. The machine of the job is lost: no post ever runs. Another tool has a pending status of its own.',
    )
    play.sandbox.github.publish(repository.full_name, run.head_sha, {
      state: 'pending',
      context: 'security/scan',
    })
    const lost = play.job({
      event: { name: 'push', payload: {} },
      sha: run.head_sha,
      runId: run.id,
      checkRunId: 5006,
    })
    await play.stage(lost, 'pre', "before the job's first step")
    const sweep = play.job({
      action: join(ROOT, 'sweep'),
      event: { name: 'workflow_run', payload },
      workflow: 'Sweep',
    })
    const { outputs } = await play.stage(
      sweep,
      'main',
      'when the run has ended, as `workflow_run` says',
    )
    const [settled, other] = play.shown()
    play.proves(
      'what the run left pending is settled',
      settled?.startsWith('failure CI / build: ') ?? false,
    )
    play.proves(
      "the other tool's status is left alone",
      other?.startsWith('pending security/scan') ?? false,
    )
    play.proves(
      'the outputs say what was settled',
      `${outputs.swept} ${outputs.contexts}` === '1 ["CI / build"]',
    )
  })
}

/** In the order in which they are played. */
const SCENES = [greenJob, failingLeg, cancelledJob, forkPullRequest, waitingGate, sweptRun]

const startedAt = performance.now()
for (const play of SCENES) await play()

say(`\n${paint('bold', 'What this proved')}`)
for (const name of new Set(claims.map(({ scene }) => scene))) {
  say(`  ${name}`)
  for (const { text, holds } of claims.filter(({ scene }) => scene === name)) {
    say(`    ${holds ? paint('green', '✓') : paint('red', '✗ NOT')} ${text}`)
  }
}
const failed = claims.filter(({ holds }) => !holds).length
const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
say(
  `\n${SCENES.length} scenes, ${requests} requests, ${claims.length - failed} of ${claims.length} claims hold, ${seconds} s`,
)
process.exitCode = failed === 0 ? 0 : 1
