/**
 * Whether it would be seen: copies of this program in which src is broken on purpose, each played
 * until chaos stops, or built and tried by the test that is named.
 *
 *     npm run chaos:broken             all
 *     npm run chaos:broken -- TEXT     those with a text in what is broken
 */
import { type SpawnSyncReturns, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { BREAKS, type Break, type Test } from './breaks/breaks.ts'
import { ROOT } from './environment.ts'

/** What is rare in the worlds of one seed is there in another. */
const SEEDS = ['1', '2', '3', '4']
const LEFT_OUT = ['node_modules', '.git', 'lib', 'coverage', 'docs', 'examples']

type Ended = Pick<SpawnSyncReturns<string>, 'status' | 'stdout' | 'stderr'>

function run(args: readonly string[], cwd: string): Promise<Ended> {
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  const written = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      written[stream] += text
    })
  }
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, ...written })))
}

/** The file of src without the text that is replaced, which has to be in it once. */
function partsOf({ file, from, what }: Break): string[] {
  const parts = readFileSync(join(ROOT, 'src', file), 'utf8').split(from)
  if (parts.length !== 2) throw new Error(`Not once in ${file} (${what}): ${from}`)
  return parts
}

/** A copy of this program with one text replaced. */
function breakCopy(one: Break): string {
  const copy = mkdtempSync(join(tmpdir(), 'broken-'))
  const isTaken = (path: string) => !LEFT_OUT.includes(basename(path))
  cpSync(ROOT, copy, { recursive: true, filter: (path) => path === ROOT || isTaken(path) })
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))

  writeFileSync(join(copy, 'src', one.file), partsOf(one).join(one.to))
  return copy
}

/** What shows that a break is seen, or undefined if nothing does. */
async function evidenceOf(one: Break): Promise<string | undefined> {
  const copy = breakCopy(one)
  try {
    return one.test === undefined ? await playChaos(copy) : await runBroken(copy, one.test)
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

async function playChaos(copy: string): Promise<string | undefined> {
  const ended = await run([join('sandbox', 'chaos', 'chaos.ts'), ...SEEDS], copy)
  if (ended.stderr !== '') throw new Error(ended.stderr)

  const wrong = ended.stdout.split('\n').find((line) => line.startsWith('WRONG: '))
  const jobs = /^\d+ jobs were played/m.exec(ended.stdout)?.[0]
  return ended.status === 1 && wrong !== undefined ? `${wrong.slice(0, 250)} (${jobs})` : undefined
}

async function runBroken(copy: string, test: Test): Promise<string | undefined> {
  const built = await run([join('scripts', 'build.ts')], copy)
  if (built.status !== 0) throw new Error(built.stdout + built.stderr)
  const { status, stderr } = await runTests(copy, [test])
  const failed = / (\d+) failed, .*total/.exec(stderr.slice(stderr.indexOf('\nTests:')))?.[1]
  return status === 1 && failed ? `${failed} failed in ${test.file}, "${test.name}"` : undefined
}

function runTests(cwd: string, tests: readonly Test[]): Promise<Ended> {
  const names = tests.map(({ name }) => RegExp.escape(name)).join('|')
  const files = tests.map(({ file }) => file)
  const jest = ['--experimental-vm-modules', join('node_modules', 'jest', 'bin', 'jest.js')]
  return run([...jest, '--ci', '--testNamePattern', names, ...files], cwd)
}

/** The tests that are named have to hold for what is not broken. */
async function checkTests(breaks: readonly Break[]): Promise<void> {
  const tests = breaks.flatMap(({ test }) => test ?? [])
  if (tests.length === 0) return
  const { status, stderr } = await runTests(ROOT, tests)
  if (status !== 0) throw new Error(`A test fails though nothing is broken:\n${stderr}`)
}

for (const one of BREAKS) partsOf(one)
const chosen = BREAKS.filter(({ what }) => what.includes(process.argv[2] ?? ''))
await checkTests(chosen)
const waiting = [...chosen]

async function tryOn(): Promise<void> {
  for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
    const evidence = await evidenceOf(one)
    if (evidence === undefined) process.exitCode = 1
    process.stdout.write(`${one.what}: ${evidence ?? 'NOT SEEN'}\n`)
  }
}
await Promise.all(Array.from({ length: availableParallelism() }, tryOn))
