/**
 * Looks at our workflows, the examples and the actions with actionlint (and shellcheck inside it) and zizmor, as strictly as
 * these can. It installs them if they are not there.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { tool } from './tools.ts'

process.chdir(resolve(import.meta.dirname, '..'))

const WORKFLOWS = globSync('.github/workflows/*')
const EXAMPLES = globSync('examples/*.yml')
const ACTIONS = globSync('{.,*}/action.yml')
const ACTIONLINT = [
  '-shellcheck',
  tool('shellcheck'),
  '-config-file',
  resolve('.github/actionlint.yaml'),
]
const ZIZMOR = ['--offline', '--pedantic', '--no-progress', '--quiet']

function check(name: 'actionlint' | 'zizmor', args: string[], cwd = '.'): void {
  const { status, error } = spawnSync(tool(name), args, { cwd, stdio: 'inherit' })
  if (error) throw error
  console.log(`${name}: ${status === 0 ? 'nothing to say' : 'see above'}`)
  if (status !== 0) process.exitCode = 1
}

/** Puts the examples into a repository as a user would: there one can call another. */
function asInstalled(look: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'examples-'))
  for (const name of ['.git', '.github/workflows'])
    mkdirSync(join(folder, name), { recursive: true })
  for (const path of EXAMPLES) cpSync(path, join(folder, '.github/workflows', basename(path)))
  cpSync('examples/composite', join(folder, 'examples/composite'), { recursive: true })
  look(folder)
  rmSync(folder, { recursive: true, force: true })
}

check('actionlint', [...ACTIONLINT, ...WORKFLOWS])
asInstalled((folder) => check('actionlint', ACTIONLINT, folder))
check('zizmor', [...ZIZMOR, ...WORKFLOWS, '.github/dependabot.yml', ...ACTIONS])
const composites = globSync('examples/*/action.yml')
check('zizmor', [...ZIZMOR, '--config', '.github/zizmor-examples.yml', ...EXAMPLES, ...composites])
