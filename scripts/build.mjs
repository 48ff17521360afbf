// Makes dist: one bundle for all stages, and a launcher of one line for each, which an action.yml names.
import { execSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'

const STAGES = ['pre', 'main', 'post', 'combined', 'list', 'sweep']

const run = (command) => execSync(command, { stdio: 'inherit' })

rmSync('dist', { recursive: true, force: true })
run('npx tsc')
run('npx ncc build lib/index.js --out dist --license licenses.txt --no-cache --quiet')
for (const stage of STAGES) writeFileSync(`dist/${stage}.js`, `require('./index.js').${stage}()\n`)
