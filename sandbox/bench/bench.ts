/**
 * `npm run bench [rounds [checkout]]`: what a stage costs over TLS, spawn to exit, as a process with the runner's environment;
 * of another checkout too, such as an older one. The variants run in turn, round after round, so that a machine that slows down
 * slows all of them; a ratio is the median of the ratios within a round.
 */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { selfSigned } from '../api/certificate.ts'
import { startSandbox } from '../api/server.ts'
import { run } from '../runner/process.ts'
import { createJob, type Stage } from '../runner/stage-runner.ts'

const ROUNDS = Number(process.argv[2] ?? 31)
const ROOT = resolve(import.meta.dirname, '../..')
const OTHER = process.argv[3] && resolve(process.argv[3])
const REPOSITORY = 'octo/hello'
const TOKEN = 'bench-token'
const BARE = `
const https = require('node:https')
const url = new URL(process.env.BENCH_URL)
const agent = new https.Agent({ keepAlive: true })
const headers = { authorization: 'token ${TOKEN}', 'user-agent': 'bare' }
const body = JSON.stringify({ state: 'success', context: 'bare', description: 'Successful' })
const length = { 'content-type': 'application/json', 'content-length': body.length }
const post = () => https.request(url, { method: 'POST', agent, headers: { ...headers, ...length } }, end).end(body)
const end = (response) => response.resume().on('end', () => agent.destroy())
const list = url.href.replace('/statuses/', '/commits/') + '/statuses?per_page=100'
const get = () => https.get(list, { agent, headers }, (response) => response.resume().on('end', post))
`

/** What users have: the stages of one job, after each other. */
const JOBS: Record<string, { inputs: Record<string, string>; stages: Stage[] }> = {
  followed: { inputs: {}, stages: ['pre', 'main', 'post'] },
  once: { inputs: { state: 'success' }, stages: ['main'] },
}
/** What each is held against, and the bound that the design sets. */
const BOUNDS: Record<string, { base: string; most: number }> = {
  'followed: pre': { base: 'bare POST', most: 1.65 },
  'followed: main': { base: 'empty script', most: 1.1 },
  'followed: post': { base: 'bare GET and POST', most: 1.7 },
  'once: main': { base: 'bare GET and POST', most: 1.7 },
}

/** Of one round: milliseconds by name. */
type Times = Record<string, number>

const dir = mkdtempSync(join(tmpdir(), 'bench-'))
function write(name: string, text: string): string {
  writeFileSync(join(dir, name), text)
  return join(dir, name)
}
const SCRIPTS = {
  'empty script': write('empty.cjs', ''),
  'bare POST': write('post.cjs', `${BARE}post()`),
  'bare GET and POST': write('get-and-post.cjs', `${BARE}get()`),
}
const certificate = selfSigned()
const env = { NODE_EXTRA_CA_CERTS: write('cert.pem', certificate.cert) }
const sandbox = await startSandbox({ tls: certificate, rateLimit: null })
sandbox.github.token(TOKEN)

/** Runs the stages of a job; each has to succeed. */
async function timeJob(name: string, sha: string, action: string): Promise<Times> {
  const { inputs, stages } = JOBS[name] ?? { inputs: {}, stages: [] }
  const job = createJob({
    action,
    with: inputs,
    event: { name: 'push', payload: {} },
    repository: REPOSITORY,
    sha,
    apiUrl: sandbox.url,
    token: TOKEN,
    env,
  })
  const times: Times = {}
  for (const stage of stages) {
    const { exitCode, log, durationMs } = await job.stage(stage)
    if (exitCode !== 0) throw new Error(`${name}: ${stage} failed: ${log}`)
    times[`${name}: ${stage}${action === ROOT ? '' : ' (other)'}`] = durationMs
  }
  job.remove()
  return times
}

/** Everything once, on a commit of its own: what an earlier round has published would make the answers longer. */
async function round(): Promise<Times> {
  const sha = randomBytes(20).toString('hex')
  sandbox.github.repository(REPOSITORY, { commits: [sha] })
  const url = `${sandbox.url}/repos/${REPOSITORY}/statuses/${sha}`
  const options = { cwd: dir, env: { ...env, BENCH_URL: url } }
  const times: Times = {}
  for (const [name, script] of Object.entries(SCRIPTS)) {
    times[name] = (await run([process.execPath, script], options)).durationMs
  }
  for (const action of OTHER ? [ROOT, OTHER] : [ROOT]) {
    for (const name of Object.keys(JOBS)) Object.assign(times, await timeJob(name, sha, action))
  }
  return times
}

function median(values: number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = sorted.slice((sorted.length - 1) >> 1, (sorted.length >> 1) + 1)
  return middle.reduce((sum, value) => sum + value, 0) / middle.length
}

await round()
const rounds: Times[] = []
while (rounds.length < ROUNDS) rounds.push(await round())
await sandbox.close()
rmSync(dir, { recursive: true, force: true })

const of = (name: string) => rounds.map((times) => times[name] ?? Number.NaN)
console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, ${ROUNDS} rounds, over TLS\n\n| stage | ms | beside | ratio | at most |\n| --- | --- | --- | --- | --- |`,
)
for (const name of Object.keys(rounds[0] ?? {})) {
  const { base = '', most = '' } = BOUNDS[name.replace(' (other)', '')] ?? {}
  const bases = of(base)
  const ratio = base && median(of(name).map((time, index) => time / (bases[index] ?? 1))).toFixed(2)
  console.log(`| ${[name, median(of(name)).toFixed(0), base, ratio, most].join(' | ')} |`)
}
const archive = execFileSync('git', ['archive', '--format=tar.gz', 'HEAD'], {
  cwd: ROOT,
  maxBuffer: 1e9,
})
console.log(`\nWhat a job downloads (git archive --format=tar.gz HEAD): ${archive.length} bytes`)
