// Looks at our workflows, the examples, the YAML in the documents and the actions with actionlint (and shellcheck inside it) and zizmor, as strictly
// as these can. It installs them where they are not there.
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { asWorkflow, blocksOf } from './document-blocks.ts'
import { tool } from './tools.mjs'

process.chdir(resolve(import.meta.dirname, '..'))

const filesOf = (folder) =>
  readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile())
const pathsOf = (folder) => filesOf(folder).map(({ name }) => join(folder, name))

const WORKFLOWS = pathsOf('.github/workflows')
const EXAMPLES = pathsOf('examples')
const ACTIONS = ['action.yml', 'combined/action.yml', 'list/action.yml', 'sweep/action.yml']
/** The recipes are the examples once more. */
const DOCUMENTS = globSync(['*.md', '{combined,list,sweep,docs}/*.md'], {
  exclude: ['docs/recipes.md'],
})
const ACTIONLINT = ['-shellcheck', tool('shellcheck')]
const ZIZMOR = ['--offline', '--pedantic', '--no-progress', '--quiet']

function check(name, args, cwd = '.') {
  const { status, error } = spawnSync(tool(name), args, { cwd, stdio: 'inherit' })
  if (error) throw error
  console.log(`${name}: ${status === 0 ? 'nothing to say' : 'see above'}`)
  if (status !== 0) process.exitCode = 1
}

/** The examples and the blocks of the documents as they lie in a user's repository, where one can call another. */
function asInstalled(look) {
  const folder = mkdtempSync(join(tmpdir(), 'examples-'))
  const workflows = join(folder, '.github/workflows')
  for (const path of [join(folder, '.git'), workflows]) mkdirSync(path, { recursive: true })
  for (const path of EXAMPLES) cpSync(path, join(workflows, basename(path)))
  cpSync('examples/composite', join(folder, 'examples/composite'), { recursive: true })
  for (const path of DOCUMENTS) {
    for (const { text, index } of blocksOf(readFileSync(path, 'utf8'))) {
      const name = `${path.replaceAll(/[\\/]/g, '-')}-block-${index}.yml`
      writeFileSync(join(workflows, name), asWorkflow(text))
    }
  }
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
