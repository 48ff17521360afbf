// Pre, main and post of the action `octocat/probe`: writes down what it was given, and does what its inputs say.
const { appendFileSync, readFileSync } = require('node:fs')
const { basename } = require('node:path')

const stage = basename(process.argv[1], '.js')
const { env } = process
const label = env.INPUT_LABEL
const isWanted = (input) => env[`INPUT_${input}`].split(',').includes(stage)

const seen = { label, stage, script: process.argv[1], cwd: process.cwd(), env }
appendFileSync(`${env.RUNNER_TEMP}/probe.jsonl`, `${JSON.stringify(seen)}\n`)

const state = Object.entries(env).filter(([name]) => name.startsWith('STATE_'))
const saved = Object.fromEntries(state.map(([name, value]) => [name.slice(6), value]))
console.log(
  `PROBE ${label} ${stage} job_status=${env.INPUT_JOB_STATUS} late="${env.INPUT_LATE}" state=${JSON.stringify(saved)}`,
)
const [printing, file] = env.INPUT_PRINT.split('=')
if (printing === stage) process.stdout.write(readFileSync(file))
if (isWanted('SAVE')) appendFileSync(env.GITHUB_STATE, `x=saved-in-${stage}\n`)
if (isWanted('SUMMARY')) appendFileSync(env.GITHUB_STEP_SUMMARY, `${stage}\n`)
if (isWanted('FAIL')) process.exitCode = 1
