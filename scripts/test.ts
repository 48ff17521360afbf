/**
 * `npm test [arguments of jest]`. It says first if dist can be older than src, since the tests run dist. `npm test -- --coverage`
 * runs all tests, and then dist has to be current, and the share of the lines of src that they have run high enough.
 */
import { spawnSync } from 'node:child_process'
import { globSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { FOLDER, report } from './coverage.ts'

const FLAGS = ['--disable-warning=ExperimentalWarning', '--experimental-vm-modules']

function jest(args: readonly string[], env: Record<string, string> = {}): void {
  const { status } = spawnSync(
    process.execPath,
    [...FLAGS, resolve('node_modules/jest/bin/jest.js'), ...args],
    { stdio: 'inherit', env: { ...process.env, ...env } },
  )
  if (status !== 0) process.exit(status ?? 1)
}

const newest = (files: string) => Math.max(...globSync(files).map((path) => statSync(path).mtimeMs))

const args = process.argv.slice(2)
if (args.join() !== '--coverage') {
  if (newest('src/**/*.ts') > newest('dist/*.js'))
    console.error('dist can be older than src: npm run build\n')
  jest(args)
} else {
  rmSync(FOLDER, { recursive: true, force: true })
  jest([], { STAGE_COVERAGE: resolve(join(FOLDER, 'stages')) })
  if (!(await report())) process.exitCode = 1
}
