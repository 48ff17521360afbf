/**
 * Whether chaos would see it: copies of this program in which src is broken on purpose, each played until chaos stops.
 *
 *     npm run chaos:broken
 */
import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const COMPILED = fileURLToPath(new URL('../..', import.meta.url))
const COPY = join(COMPILED, '..', 'chaos-broken')
const SEED = '1'

type Break = { what: string; from: string; to: string }

const BREAKS: readonly Break[] = [
  {
    what: 'an old run overwrites a newer one',
    from: 'const newest = ofNewestRun(',
    to: 'const newest = (() => undefined)(',
  },
  {
    what: 'a retry gives up at once',
    from: 'if (isLasting(causeOf(trouble)))',
    to: 'if (true)',
  },
  {
    what: 'the state remembers a wrong context',
    from: "runner.saveState('memory', JSON.stringify(memory))",
    to: "runner.saveState('memory', JSON.stringify(memory).replaceAll('CI / build', 'CI / built'))",
  },
  {
    what: 'post forgets a cancel',
    from: 'const state = stateOf(late.word, choices);',
    to: "const state = stateOf(late.word === 'cancelled' ? 'success' : late.word, choices);",
  },
  {
    what: 'any answer counts as published',
    from: 'const value = response.status === expected ?',
    to: 'const value = expected === 201 ? { id: String(response.data.id ?? 1) } : response.status === expected ?',
  },
  {
    what: 'an attempt may take longer than the stage',
    from: 'Math.min(deadline - Date.now(), LONGEST_ATTEMPT)',
    to: 'LONGEST_ATTEMPT',
  },
  {
    what: 'the token is not hidden in what a server says',
    from: "text.replaceAll(token, '***')",
    to: 'text',
  },
]

/** @returns what chaos said, or undefined where it saw nothing */
function playBroken({ from, to }: Break): string[] | undefined {
  rmSync(COPY, { recursive: true, force: true })
  cpSync(COMPILED, COPY, { recursive: true })
  const files = readdirSync(join(COPY, 'src')).map((name) => join(COPY, 'src', name))
  const [path, ...more] = files.filter((file) => readFileSync(file, 'utf8').includes(from))
  const parts = path === undefined ? [] : readFileSync(path, 'utf8').split(from)
  if (path === undefined || more.length > 0 || parts.length !== 2)
    throw new Error(`not once in src: ${from}`)
  writeFileSync(path, parts.join(to))
  const script = join(COPY, 'sandbox', 'chaos', 'chaos.mjs')
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...process.execArgv, script, SEED],
    {
      encoding: 'utf8',
    },
  )
  if (stderr !== '') throw new Error(stderr)
  const said = stdout.split('\n').filter((line) => /^WRONG|were right before/.test(line))
  return status === 1 && said.length > 1 ? said : undefined
}

for (const one of BREAKS) {
  const said = playBroken(one)
  if (said === undefined) process.exitCode = 1
  process.stdout.write(
    `${one.what}: ${said === undefined ? 'NOT SEEN' : `seen. ${said.join('\n  ')}`}\n`,
  )
}
rmSync(COPY, { recursive: true, force: true })
