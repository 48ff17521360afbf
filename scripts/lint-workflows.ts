/**
 * Looks at our workflows, the examples, the YAML in the documents and the actions with actionlint (and shellcheck inside it)
 * and zizmor, as strictly as these can. It installs them if they are not there.
 */
import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { asWorkflow, blocksOf } from './document-blocks.ts'
import { tool } from './tools.ts'

process.chdir(resolve(import.meta.dirname, '..'))

const WORKFLOWS = fs.globSync('.github/workflows/*')
const EXAMPLES = fs.globSync('examples/*.yml')
/** The recipes are the examples once more. */
const DOCUMENTS = fs.globSync(['*.md', '{combined,list,sweep,docs}/*.md'], {
  exclude: ['docs/recipes.md'],
})
const ACTIONS = fs.globSync('{.,*}/action.yml')
const ACTIONLINT = ['-shellcheck', tool('shellcheck')]
const ZIZMOR = ['--offline', '--pedantic', '--no-progress', '--quiet']

function check(name: 'actionlint' | 'zizmor', args: string[], cwd = '.'): void {
  const { status, error } = spawnSync(tool(name), args, { cwd, stdio: 'inherit' })
  if (error) throw error
  console.log(`${name}: ${status === 0 ? 'nothing to say' : 'see above'}`)
  if (status !== 0) process.exitCode = 1
}

/** The examples and the blocks of the documents in a repository, where one can call another. */
function asInstalled(look: (folder: string) => void): void {
  const folder = fs.mkdtempSync(join(tmpdir(), 'examples-'))
  const workflows = join(folder, '.github/workflows')
  for (const path of [join(folder, '.git'), workflows]) fs.mkdirSync(path, { recursive: true })

  for (const path of EXAMPLES) fs.cpSync(path, join(workflows, basename(path)))
  fs.cpSync('examples/composite', join(folder, 'examples/composite'), { recursive: true })
  for (const path of DOCUMENTS)
    for (const { text, index } of blocksOf(fs.readFileSync(path, 'utf8'))) {
      const name = `${path.replaceAll(/[\\/]/g, '-')}-block-${index}.yml`
      fs.writeFileSync(join(workflows, name), asWorkflow(text))
    }

  look(folder)
  fs.rmSync(folder, { recursive: true, force: true })
}

check('actionlint', [...ACTIONLINT, ...WORKFLOWS])
asInstalled((folder) => check('actionlint', ACTIONLINT, folder))
check('zizmor', [...ZIZMOR, ...WORKFLOWS, '.github/dependabot.yml', ...ACTIONS])
const composites = fs.globSync('examples/*/action.yml')
check('zizmor', [...ZIZMOR, '--config', '.github/zizmor-examples.yml', ...EXAMPLES, ...composites])
