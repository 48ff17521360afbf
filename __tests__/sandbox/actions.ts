import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach } from '@jest/globals'
import { createJob, type Job, type JobOptions } from '../../sandbox/runner/stage-runner.ts'

const root = mkdtempSync(join(tmpdir(), 'actions-'))
const jobs: Job[] = []
let actions = 0

afterEach(() => {
  for (const job of jobs.splice(0)) job.remove()
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Helpers that every throw-away action has. */
const prelude = `
import { appendFileSync, readFileSync } from 'node:fs'
const input = (name) => process.env['INPUT_' + name.toUpperCase()]
const write = (file, text) => appendFileSync(process.env['GITHUB_' + file], text + '\\n')
`

/** Writes an action whose scripts are given, and returns its folder. */
export function action(scripts: Partial<Record<'pre' | 'main' | 'post', string>>, inputs = '') {
  actions += 1
  const folder = mkdtempSync(join(root, `${actions}-`))
  const runs = Object.keys(scripts).map((stage) => `  ${stage}: ${stage}.mjs`)
  const lines = [
    'name: throw-away',
    'description: for one test',
    ...(inputs && ['inputs:', inputs]),
    'runs:',
    '  using: node24',
    ...runs,
  ]
  writeFileSync(join(folder, 'action.yml'), lines.join('\n'))
  for (const [stage, script] of Object.entries(scripts))
    writeFileSync(join(folder, `${stage}.mjs`), prelude + script)
  return folder
}

export function job(folder: string, options: Partial<JobOptions> = {}) {
  const created = createJob({
    action: folder,
    event: { name: 'push', payload: { ref: 'refs/heads/main' } },
    apiUrl: 'http://127.0.0.1:1',
    token: 'ghs_secret',
    ...options,
  })
  jobs.push(created)
  return created
}

export const echoInputs =
  "console.log(JSON.stringify(Object.fromEntries(Object.entries(process.env).filter(([n]) => n.startsWith('INPUT_')))))"
export const echoAll = { pre: echoInputs, main: echoInputs, post: echoInputs }
