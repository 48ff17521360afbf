/** Makes dist: one bundle for all stages, and for each a one-line launcher, which an action.yml names. */
import { execSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const STAGES = ['pre', 'main', 'post', 'combined', 'list', 'sweep']

const run = (command: string) => execSync(`npx ${command}`, { stdio: 'inherit' })

/** Builds into a folder, which is emptied first. `flags` are for ncc. */
export function build(folder: string, flags = ''): void {
  for (const old of [folder, 'lib']) rmSync(old, { recursive: true, force: true })
  run('tsc')
  // ncc emits CommonJS unless the nearest package.json says "module". CommonJS starts faster.
  writeFileSync(join('lib', 'package.json'), '{}\n')
  run(`ncc build lib/index.js --out ${folder} --license licenses.txt --no-cache --quiet ${flags}`)
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }\n')
  for (const stage of STAGES) writeFileSync(join(folder, `${stage}.js`), launcher(stage))
}

/** Gitea and Forgejo start whatever Node is there: even the oldest can parse this, and says what it lacks. */
function launcher(stage: string): string {
  const start = `require('./index.js').${stage}()`
  if (stage === 'post') return `if (${IS_NEW}) ${start}\n`
  const level = stage === 'pre' ? 'warning' : 'error'
  const old = `console.log('::${level}::${OLD}'.replace('VERSION', process.versions.node))`
  return `if (${IS_NEW}) ${start}\nelse ${old}${stage === 'pre' ? '' : ', process.exitCode = 1'}\n`
}

const IS_NEW = 'parseInt(process.versions.node) >= 20'
const OLD = 'commit-status needs Node 20 or newer; this runner has Node VERSION.'

if (import.meta.main) build('dist')
