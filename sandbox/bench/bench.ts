/**
 * `npm run bench [rounds]`: what a stage costs, spawn to exit, as a process with the runner's environment. The variants
 * run in turn, round after round, so that a machine that slows down slows all of them; a ratio is the median of the
 * ratios within a round. TLS with a certificate of our own is what users have; plain HTTP stands beside it.
 */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { selfSigned } from '../api/certificate.ts'
import { type Sandbox, startSandbox } from '../api/server.ts'
import { launch } from '../runner/process.ts'
import { createJob, type Stage } from '../runner/stage-runner.ts'

const ROUNDS = Number(process.argv[2] ?? 31)
const ROOT = resolve(import.meta.dirname, '../..')
const REPOSITORY = 'octo/hello'
const MANY_SHA = 'b'.repeat(40)
const TOKEN = 'bench-token'

const EMPTY = ''
const BARE_POST = `
const url = new URL(process.env.BENCH_URL + '/repos/${REPOSITORY}/statuses/' + process.env.BENCH_SHA)
const body = JSON.stringify({ state: 'success', context: 'bare', description: 'Successful' })
const { request } = require(url.protocol === 'https:' ? 'node:https' : 'node:http')
const headers = { authorization: 'token ${TOKEN}', 'user-agent': 'bare', 'content-type': 'application/json', 'content-length': body.length }
request(url, { method: 'POST', headers }, (response) => response.resume()).end(body)
`

/** Prints the peak memory of the process that loads it, for runs that are not timed. */
const PEAK_MEMORY = `process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS + '\\n'))`

type Times = Record<string, number[]>

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = sorted.length >> 1
  return sorted.length % 2
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

function record(times: Times, name: string, milliseconds: number): void {
  times[name] = [...(times[name] ?? []), milliseconds]
}

function declare({ github }: Sandbox): void {
  github.repository(REPOSITORY, { commits: [MANY_SHA] })
  github.token(TOKEN, {})
  for (let index = 0; index < 1000; index++) {
    github.publish(REPOSITORY, MANY_SHA, { state: 'success', context: `context ${index}` })
  }
}

const dir = mkdtempSync(join(tmpdir(), 'bench-'))
const script = (name: string, text: string) => {
  writeFileSync(join(dir, name), text)
  return join(dir, name)
}
const [empty, barePost, peakMemory] = [
  script('empty.cjs', EMPTY),
  script('bare-post.cjs', BARE_POST),
  script('peak-memory.cjs', PEAK_MEMORY),
]
const certificate = selfSigned()
const extra = { NODE_EXTRA_CA_CERTS: script('cert.pem', certificate.cert) }
const sandboxes = {
  TLS: await startSandbox({ tls: certificate, rateLimit: null, maximumStatuses: 1_000_000 }),
  plain: await startSandbox({ rateLimit: null, maximumStatuses: 1_000_000 }),
}
Object.values(sandboxes).forEach(declare)

function jobOn(
  sandbox: Sandbox,
  sha: string,
  action: string,
  inputs: Record<string, string>,
  env: Record<string, string> = {},
) {
  return createJob({
    action: join(ROOT, action),
    with: inputs,
    event: { name: 'push', payload: {} },
    repository: REPOSITORY,
    sha,
    workflow: 'CI',
    job: 'test',
    runId: 99,
    checkRunId: 4711,
    apiUrl: sandbox.url,
    token: TOKEN,
    env: { ...extra, ...env },
    dir: mkdtempSync(join(dir, 'job-')),
  })
}

const needs = JSON.stringify({
  build: { result: 'success', outputs: {} },
  test: { result: 'failure', outputs: {} },
})

/** Every stage that users have, and how many requests it made. */
const STAGES: { name: string; action: string; inputs: Record<string, string>; stages: Stage[] }[] =
  [
    { name: 'followed job', action: '.', inputs: {}, stages: ['pre', 'main', 'post'] },
    { name: 'publish once', action: '.', inputs: { state: 'success' }, stages: ['main'] },
    { name: 'roll-up of needs', action: '.', inputs: { needs }, stages: ['main'] },
    {
      name: 'gate over 1,000 contexts',
      action: 'combined',
      inputs: { ref: MANY_SHA, require_success: 'true' },
      stages: ['main'],
    },
  ]

const requests: Record<string, number> = {}

async function round(
  sandbox: Sandbox,
  times: Times,
  env: Record<string, string> = {},
  onEnd?: (name: string, stderr: string) => void,
) {
  // A commit of its own, as a push has: what an earlier round has published would make the answers longer.
  const sha = randomBytes(20).toString('hex')
  sandbox.github.repository(REPOSITORY, { commits: [sha] })
  const bare = { BENCH_URL: sandbox.url, BENCH_SHA: sha, ...extra, ...env }
  for (const [name, file] of [
    ['empty script', empty],
    ['bare POST', barePost],
  ] as const) {
    const ended = await launch(process.execPath, file, { cwd: dir, env: bare })
    record(times, name, ended.durationMs)
    onEnd?.(name, ended.stderr)
  }
  for (const { name, action, inputs, stages } of STAGES) {
    const job = jobOn(sandbox, sha, action, inputs, env)
    for (const stage of stages) {
      const title = stages.length > 1 ? `${name}: ${stage}` : name
      const before = sandbox.requests.length
      const ended = await job.stage(stage)
      if (ended.exitCode !== 0) throw new Error(`${title} failed: ${ended.log}`)
      requests[title] = sandbox.requests.length - before
      record(times, title, ended.durationMs)
      onEnd?.(title, ended.stderr)
    }
    job.remove()
  }
}

const times: Record<keyof typeof sandboxes, Times> = { TLS: {}, plain: {} }
for (const sandbox of Object.values(sandboxes)) await round(sandbox, {})
for (let number = 0; number < ROUNDS; number++) {
  for (const kind of ['TLS', 'plain'] as const) await round(sandboxes[kind], times[kind])
}
const peaks: Record<string, number> = {}
await round(sandboxes.TLS, {}, { NODE_OPTIONS: `--require ${peakMemory}` }, (name, stderr) => {
  peaks[name] = Number(/peak (\d+)/.exec(stderr)?.[1] ?? 0) / 1024
})

const ratio = (of: Times, name: string, base: string) =>
  median((of[name] ?? []).map((value, index) => value / (of[base]?.[index] ?? Number.NaN))).toFixed(
    2,
  )

console.log(
  `Node ${process.version}, ${ROUNDS} rounds; ratios are medians of the ratios within a round\n`,
)
console.log(
  '| stage | ms, TLS | ÷ bare POST, TLS | ÷ bare POST, plain | ÷ empty script | requests | peak MB |',
)
console.log('| --- | --- | --- | --- | --- | --- | --- |')
for (const name of Object.keys(times.TLS)) {
  const cells = [
    name,
    median(times.TLS[name] ?? []).toFixed(0),
    ratio(times.TLS, name, 'bare POST'),
    ratio(times.plain, name, 'bare POST'),
    ratio(times.TLS, name, 'empty script'),
    requests[name] ?? '',
    (peaks[name] ?? 0).toFixed(0),
  ]
  console.log(`| ${cells.join(' | ')} |`)
}

const archive = execFileSync('git', ['archive', '--format=tar.gz', 'HEAD'], {
  cwd: ROOT,
  maxBuffer: 1e9,
}).length
console.log('\n| what | bytes |\n| --- | --- |')
console.log(`| what a job downloads (git archive --format=tar.gz HEAD) | ${archive} |`)
for (const file of readdirSync(join(ROOT, 'dist')).sort()) {
  console.log(`| dist/${file} | ${statSync(join(ROOT, 'dist', file)).size} |`)
}
await Promise.all(Object.values(sandboxes).map((sandbox) => sandbox.close()))
rmSync(dir, { recursive: true, force: true })
