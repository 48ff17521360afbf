// Makes dist: one bundle for all stages, and for each a one-line launcher, which an action.yml names.
import { execSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'

const STAGES = ['pre', 'main', 'post', 'combined', 'list', 'sweep']

const run = (command) => execSync(command, { stdio: 'inherit' })

rmSync('dist', { recursive: true, force: true })
rmSync('lib', { recursive: true, force: true })
run('npx tsc')
// ncc emits CommonJS unless the nearest package.json says "module". CommonJS starts faster.
writeFileSync('lib/package.json', '{}\n')
run('npx ncc build lib/index.js --out dist --license licenses.txt --no-cache --quiet')
writeFileSync('dist/package.json', '{ "type": "commonjs" }\n')
for (const stage of STAGES) writeFileSync(`dist/${stage}.js`, `require('./index.js').${stage}()\n`)
