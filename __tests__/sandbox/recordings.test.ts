import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from '@jest/globals'
import { type Sandbox, startSandbox } from '../../sandbox/api/server.ts'
import { type Played, playJob } from '../../sandbox/runner/job-player.ts'
import { NODE } from '../../sandbox/runner/stage.ts'

/** A job on GitHub's own runner; recordings/README.md says what each part is. */
interface Recording {
  what: string
  definition: string | object
  options?: { name?: string; cancel?: true; matrix?: object; strategy?: object }
  composites?: Record<string, string>
  conclusion: keyof typeof CONCLUSIONS
  steps: [name: string, conclusion: string][]
  order?: string[]
  stages?: Record<string, { script: string; env: Record<string, string> }>
  statuses?: string[]
  annotations?: [step: string, level: string, message: string, title?: string][]
  printed_base64?: string
  log?: string
}

interface Seen {
  label: string
  stage: string
  script: string
  cwd: string
  env: Record<string, string>
}

const FOLDER = resolve('__tests__', 'sandbox', 'recordings')
const read = (name: string) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8'))
const common: { cwd: string; env: Record<string, string> } = read('common.json')
const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json') && name !== 'common.json')

const REPOSITORY = 'octocat/hello'
const SHA = 'a'.repeat(40)
const TOKEN = 'ghs_0123456789abcdefghijklmnopqrstuvwxyz'
const CONCLUSIONS = { succeeded: 'success', failed: 'failure', canceled: 'cancelled' }

/** The actions that take part, in a folder of their own. */
function makeActions(dir: string, composites: Record<string, string> = {}) {
  const manifest = readFileSync(join(FOLDER, 'probe.yml'), 'utf8')
  const manifests = {
    probe: manifest,
    mainpost: manifest.replace('pre: pre.js, ', ''),
    ...composites,
  }
  for (const [name, text] of Object.entries(manifests)) {
    const folder = join(dir, 'actions', name)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'action.yml'), text)
    for (const stage of ['pre', 'main', 'post'])
      cpSync(join(FOLDER, 'probe.cjs'), join(folder, `${stage}.js`))
  }
  const own = join(dir, 'actions', 'commit-status')
  for (const name of ['action.yml', 'dist']) cpSync(name, join(own, name), { recursive: true })
  const known = [...Object.keys(manifests), 'commit-status']
  return Object.fromEntries(known.map((name) => [`octocat/${name}@v1`, join(dir, 'actions', name)]))
}

/** Plays what was recorded, in a folder, against a GitHub. */
async function play(recording: Recording, dir: string, sandbox: Sandbox) {
  const { definition, options = {}, composites, printed_base64 } = recording
  const { name = 'test', cancel, ...rest } = options
  mkdirSync(join(dir, 'probe'))
  writeFileSync(join(dir, 'probe', 'print.bin'), Buffer.from(printed_base64 ?? '', 'base64'))
  const text = typeof definition === 'string' ? definition : JSON.stringify(definition)
  const played = await playJob({
    definition: text
      .replaceAll('/runner/', `${dir}/`)
      .replace(/x+\(140000 in all\)/, 'x'.repeat(140_000)),
    actions: makeActions(dir, composites),
    event: { name: 'push', payload: { ref: 'refs/heads/main' } },
    repository: REPOSITORY,
    sha: SHA,
    job: name,
    runId: 777,
    runNumber: 5,
    apiUrl: sandbox.url,
    token: TOKEN,
    dir,
    ...(rest as object),
    ...(cancel && { cancelAt: (line) => /^\d+\.\d+$/.test(line), grace: [100, 100] }),
  })
  const probe = join(dir, '_work', '_temp', 'probe.jsonl')
  const lines = existsSync(probe) ? readFileSync(probe, 'utf8').trim().split('\n') : []
  return named(dir, { played, seen: lines.map((line) => JSON.parse(line)) })
}

/** All that is ours, named as on the machine of the recordings. */
function named(dir: string, value: { played: Played; seen: Seen[] }): typeof value {
  const text = JSON.stringify(value)
    .replaceAll(dir, '/runner')
    .replaceAll(NODE, '/runner/externals/node24/bin/node')
    .replace(/127\.0\.0\.1:(?!9\b)\d+/g, '127.0.0.1:PORT')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
    .replaceAll('runtime-token', 'TOKEN')
  return JSON.parse(text)
}

/** Variables that belong to the machine. */
const OF_MACHINE =
  'HOME,PATH,RUNNER_NAME,RUNNER_ENVIRONMENT,NODE_V8_COVERAGE,NO_PROXY,SSL_CERT_FILE, NODE_OPTIONS'

/** The part of an environment that recordings hold: all that the runner sets and the job touched, and nothing else. */
function recorded(env: Record<string, string>, expected: object): Record<string, string> {
  const isOf = (name: string) => name in expected || !OF_MACHINE.split(',').includes(name)
  return Object.fromEntries(Object.entries(env).filter(([name]) => isOf(name)))
}

/** What the runner says, and not this action. */
function annotationsOf({ steps, stages }: Played) {
  const ours = stages.filter(({ inputs }) => !('label' in inputs))
  const said = new Set(ours.flatMap(({ commands }) => commands.map(({ message }) => message)))
  return steps.flatMap(({ name, annotations }) =>
    annotations
      .filter(({ message }) => !said.has(message))
      .map(({ level, message, title }) => {
        const text = shortened(message).replace(/^(The template is not valid\.).*/s, '$1')
        return [name, level, text, ...(title === undefined ? [] : [title])]
      }),
  )
}

const shortened = (text: string) =>
  text.replace(/z{21,}/g, (all) => `${all.slice(0, 20)}(${all.length} in all)`)

/** A recorded log as the stage runner shows one: levels as words, no groups, no inputs before the first line. */
const logOf = (recording: string) =>
  recording
    .slice(recording.indexOf('PROBE'))
    .replaceAll('##[endgroup]\n', '')
    .replaceAll('##[error]', 'Error: ')
    .replaceAll('##[warning]', 'Warning: ')
    .replaceAll('##[notice]', 'Notice: ')
    .replaceAll(/##\[group\](?=[GH])/g, '')
    .replaceAll('/elsewhere/H', '/tmp/H')

test.concurrent.each(names)(
  '%s is played as it was recorded',
  async (name) => {
    const recording: Recording = read(name)
    const dir = mkdtempSync(join(tmpdir(), 'recording-'))
    const sandbox = await startSandbox()
    sandbox.github.repository(REPOSITORY, { commits: [SHA] })
    sandbox.github.token(TOKEN)
    try {
      const { played, seen } = await play(recording, dir, sandbox)
      const statuses = sandbox.github.statuses(REPOSITORY, SHA).reverse()
      expectAlike(recording, played, seen)
      expect(statuses.map(({ state, context }) => `${state} ${context}`)).toEqual(
        recording.statuses ?? [],
      )
    } finally {
      await sandbox.close()
      rmSync(dir, { recursive: true, force: true })
    }
  },
  60_000,
)

function expectAlike(recording: Recording, played: Played, seen: Seen[]): void {
  expect(played.steps.map((step) => [step.name, step.conclusion])).toEqual(recording.steps)
  expect(played.conclusion).toBe(CONCLUSIONS[recording.conclusion])
  expect(seen.map(({ label, stage }) => `${label} ${stage}`)).toEqual(recording.order ?? [])
  expect(annotationsOf(played)).toEqual(recording.annotations ?? [])
  for (const { label, stage, script, cwd, env } of seen) {
    const there = recording.stages?.[`${label} ${stage}`]
    expect({ script, cwd }).toEqual({ script: there?.script, cwd: common.cwd })
    const expected = { ...common.env, ...there?.env }
    expect(recorded(env, expected)).toEqual(expected)
  }
  if (recording.log === undefined) return
  const main = played.stages.find(({ stage }) => stage === 'main')
  expect(shortened(main?.log ?? '').split('\n')).toEqual(logOf(recording.log).trimEnd().split('\n'))
}
