/**
 * `npm run scale [rounds]`: what reading costs as the statuses of a commit grow, each a process with the runner's
 * environment, on plain HTTP. Best of the rounds: the time from spawn to exit (the sandbox's share of it grows, too),
 * the processor's time of that process alone, and its peak memory. What counts is the cost of each further status.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { startSandbox } from '../api/server.ts'
import { createJob } from '../runner/stage-runner.ts'

const ROUNDS = Number(process.argv[2] ?? 5)
const SIZES = [100, 1_000, 10_000]
const ROOT = resolve(import.meta.dirname, '../..')
const REPOSITORY = 'octo/hello'
const TOKEN = 'scale-token'

const dir = mkdtempSync(join(tmpdir(), 'scale-'))
const preload = join(dir, 'usage.cjs')
writeFileSync(
  preload,
  `process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
    process.stderr.write('used ' + (userCPUTime + systemCPUTime) / 1000 + ' ms, ' + maxRSS / 1024 + ' MB')
  })`,
)

const sandbox = await startSandbox({ rateLimit: null })
sandbox.github.token(TOKEN, {})

/** A commit with so many statuses: GitHub keeps 1,000 of a context, so that each has at most as many. */
function declare(statuses: number, contexts: number): string {
  const sha = `${contexts}c${statuses}`.padStart(40, '0')
  sandbox.github.repository(REPOSITORY, { commits: [sha] })
  for (let index = 0; index < statuses; index++) {
    sandbox.github.publish(REPOSITORY, sha, {
      context: `CI / build (${index % contexts}, linux)`,
      state: 'success',
      description: 'Successful in 2m 13s',
      target_url: `https://github.com/${REPOSITORY}/actions/runs/1658821493/job/${51_725_241_954 + index}`,
    })
  }
  return sha
}

/** Reading all of them, and giving out a tenth: an output has room for some 1,500. */
const READINGS: {
  name: string
  action: string
  read: (statuses: number) => Record<string, string>
}[] = [
  {
    name: 'list',
    action: 'list',
    read: (statuses) => ({
      ref: declare(statuses, 10),
      context: 'CI / build (0, linux)',
      limit: String(Math.max(statuses, 1)),
    }),
  },
  {
    name: 'combined',
    action: 'combined',
    read: (statuses) => ({
      ref: declare(statuses, Math.max(statuses, 1)),
      contexts: 'CI / build (*0, linux)',
    }),
  },
]

type Cost = { requests: number; time: number; processor: number; memory: number }

async function run(action: string, inputs: Record<string, string>): Promise<Cost> {
  const job = createJob({
    action: join(ROOT, action),
    with: inputs,
    event: { name: 'push', payload: {} },
    repository: REPOSITORY,
    apiUrl: sandbox.url,
    token: TOKEN,
    env: { NODE_OPTIONS: `--require ${preload}` },
    dir: mkdtempSync(join(dir, 'job-')),
  })
  const before = sandbox.requests.length
  const { exitCode, log, stderr, durationMs } = await job.stage('main')
  if (exitCode !== 0) throw new Error(`${action} failed: ${log}`)
  job.remove()
  const [, processor, memory] = /used ([\d.]+) ms, ([\d.]+) MB/.exec(stderr) ?? []
  const requests = sandbox.requests.length - before
  return { requests, time: durationMs, processor: Number(processor), memory: Number(memory) }
}

async function best(action: string, inputs: Record<string, string>): Promise<Cost> {
  const costs: Cost[] = []
  for (let round = 0; round < ROUNDS; round++) costs.push(await run(action, inputs))
  const least = (name: keyof Cost) => Math.min(...costs.map((cost) => cost[name]))
  return {
    requests: least('requests'),
    time: least('time'),
    processor: least('processor'),
    memory: least('memory'),
  }
}

console.log(`Node ${process.version}, best of ${ROUNDS} rounds\n`)
console.log(
  '| | statuses | requests | ms | processor ms | a further 1,000 | peak MB | a further 1,000 |',
)
console.log('| --- | --- | --- | --- | --- | --- | --- | --- |')
for (const { name, action, read } of READINGS) {
  let before: (Cost & { statuses: number }) | undefined
  for (const statuses of SIZES) {
    const cost = await best(action, read(statuses))
    const further = (measure: 'processor' | 'memory') =>
      before
        ? ((cost[measure] - before[measure]) / ((statuses - before.statuses) / 1_000)).toFixed(1)
        : ''
    const { requests, time, processor, memory } = cost
    const growth = [
      processor.toFixed(0),
      further('processor'),
      memory.toFixed(0),
      further('memory'),
    ]
    console.log(
      `| ${[name, statuses.toLocaleString('en'), requests, time.toFixed(0), ...growth].join(' | ')} |`,
    )
    before = { ...cost, statuses }
  }
}
await sandbox.close()
rmSync(dir, { recursive: true, force: true })
