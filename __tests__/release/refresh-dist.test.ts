import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'

/** The steps of the workflow are for Linux: they need bash, and `find` and `grep` from GNU. */
const onLinux = process.platform === 'linux' ? test : test.skip

type Step = { name?: string; run?: string }
const { jobs } = parse(readFileSync('.github/workflows/refresh-dist.yml', 'utf8'))

/** Runs a step of the workflow as the runner does, with a copy of dist as the artifact. */
function accepts(name: string, spoil: (folder: string) => void = () => {}): boolean {
  const script = jobs.commit.steps.find((step: Step) => step.name === name)?.run
  const temp = mkdtempSync(join(tmpdir(), 'refresh-'))
  cpSync('dist', join(temp, 'dist'), { recursive: true })
  spoil(join(temp, 'dist'))

  const args = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script]
  const { status } = spawnSync('bash', args, { env: { PATH: process.env.PATH, RUNNER_TEMP: temp } })
  rmSync(temp, { recursive: true })
  return status === 0
}

const FILES = 'Are these the files of dist, and nothing else?'

onLinux('every file of dist can be refreshed', () => {
  expect(accepts(FILES)).toBe(true)
})

const STRANGE: [string, (folder: string) => void][] = [
  ['a file of another name', (folder) => writeFileSync(join(folder, 'action.yml'), '')],
  ['a line break in a name', (folder) => writeFileSync(join(folder, 'pre.js\nmain.js'), '')],
  ['a folder', (folder) => mkdirSync(join(folder, 'index.js.d'))],
  ['a link', (folder) => symlinkSync('/etc/passwd', join(folder, '1.index.js'))],
  ['a huge file', (folder) => writeFileSync(join(folder, 'index.js'), ' '.repeat(2 ** 21))],
  ['an empty bundle', (folder) => writeFileSync(join(folder, 'index.js'), '')],
]

onLinux.each(STRANGE)('an artifact with %s is refused', (_, spoil) => {
  expect(accepts(FILES, spoil)).toBe(false)
})
