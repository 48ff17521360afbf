// Looks at our workflows, the examples and the actions with actionlint (and shellcheck inside it) and zizmor, as strictly
// as these can. It installs them where they are not there.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { tool } from './tools.mjs'

process.chdir(resolve(import.meta.dirname, '..'))

const filesOf = (folder) =>
  readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile())
const pathsOf = (folder) => filesOf(folder).map(({ name }) => join(folder, name))

const WORKFLOWS = pathsOf('.github/workflows')
const EXAMPLES = pathsOf('examples')
const ACTIONS = ['action.yml', 'combined/action.yml', 'list/action.yml', 'sweep/action.yml']
const ACTIONLINT = [
  '-shellcheck',
  tool('shellcheck'),
  '-config-file',
  resolve('.github/actionlint.yaml'),
]
const ZIZMOR = ['--offline', '--pedantic', '--no-progress', '--quiet']

function check(name, args, cwd = '.') {
  const { status, error } = spawnSync(tool(name), args, { cwd, stdio: 'inherit' })
  if (error) throw error
  console.log(`${name}: ${status === 0 ? 'nothing to say' : 'see above'}`)
  if (status !== 0) process.exitCode = 1
}

/** The examples as they lie in a user's repository, where one can call another. */
function asInstalled(look) {
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
check('zizmor', [
  ...ZIZMOR,
  '--config',
  '.github/zizmor-examples.yml',
  ...EXAMPLES,
  'examples/composite/action.yml',
])
