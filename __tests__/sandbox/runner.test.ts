import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { interpolate } from '../../sandbox/runner/expressions.ts'
import { parseFileCommand } from '../../sandbox/runner/file-commands.ts'
import { run } from '../../sandbox/runner/process.ts'
import { createJob, type JobOptions } from '../../sandbox/runner/stage-runner.ts'

// What no recording shows.

type Playing = Partial<JobOptions> & { inputs?: string; fields?: string }

/** Plays a job whose pre, main and post are one script, and which fails before post. */
async function play(script: string, { inputs = '', fields = '', ...options }: Playing = {}) {
  const action = mkdtempSync(join(tmpdir(), 'action-'))
  const runs = 'runs: { using: node24, pre: run.cjs, main: run.cjs, post: run.cjs }'
  writeFileSync(join(action, 'action.yml'), `inputs: { ${inputs} }\n${runs}\n${fields}`)
  writeFileSync(join(action, 'run.cjs'), script)
  const event = { name: 'push', payload: {} }
  const defaults = { action, event, apiUrl: 'http://127.0.0.1:1', token: 'ghs_secret' }
  try {
    const job = createJob({ ...defaults, ...options, dir: join(action, 'job') })
    await job.run({ jobStatus: 'failure' })
    return job
  } finally {
    rmSync(action, { recursive: true, force: true })
  }
}

test('Gitea keeps the defaults that it evaluated first, and evaluates what is given anew', async () => {
  const inputs = `status: { default: '\${{ job.status }}' }, given: {}, matrix: { default: '\${{ toJSON(matrix) }}' }`
  const script = 'console.log(process.env.GITEA_ACTIONS, process.env.ACTIONS_RUNTIME_URL)'
  const { results } = await play(script, {
    gitea: true,
    inputs,
    with: { given: `\${{ job.status }}` },
  })
  expect(results[0]?.stdout).toBe('true undefined\n')
  expect(results.map((stage) => stage.inputs)).toEqual([
    { given: 'success', status: 'success', matrix: '{}' },
    { given: 'success', status: 'success', matrix: '{}' },
    { given: 'failure', status: 'success', matrix: '{}' },
  ])
})

test('what a stage masks stays masked in later ones, line by line, on both streams', async () => {
  const { results } = await play(
    `if (!process.env.STATE_x) {
       require('fs').appendFileSync(process.env.GITHUB_STATE, 'x=1\\n')
       console.log('::add-mask::two%0Alines')
       console.log('::add-mask::')
     } else console.error('lines of two, ghs_secret')`,
  )
  const NO_MASK = "Warning: Can't add secret mask for empty string in ##[add-mask] command."
  const masked = '*** of ***, ***'
  expect(results.map(({ log }) => log)).toEqual([NO_MASK, masked, masked])
})

test.each([
  [`\${{ github.nothing.at.all }}`, ''],
  [`\${{ true }} \${{ null }} \${{ 1.50 }}`, 'true  1.5'],
  [`\${{ format('{0}}}', 'x') }}`, 'x}'],
  [`\${{ 'it''s }} here' }}`, "it's }} here"],
  [`\${{ github.sha == 'ABC' && 'same' || 'other' }}`, 'same'],
])('%s is %j', (text, expected) => {
  expect(interpolate(text, { github: { sha: 'abc' } })).toBe(expected)
})

test.each([`\${{ secrets.X }}`, `\${{ github }}`, `\${{ success() }}`])(
  '%s is an error',
  (text) => {
    expect(() => interpolate(text, { github: { sha: 'abc' } })).toThrow()
  },
)

test.each<[string, Record<string, string> | RegExp]>([
  ['a=1\n\nb<<END\ntwo\nlines=<<\nEND\na=x=y\nc=<<z\n', { a: 'x=y', b: 'two\nlines=<<', c: '<<z' }],
  ['nonsense', /Invalid format 'nonsense'/],
  ['=x', /Name must not be empty/],
  ['a<<END\nnever', /delimiter not found 'END'/],
  ['a<<', /delimiter not found ''/],
])('the file command %j', (text, expected) => {
  if (expected instanceof RegExp) expect(() => parseFileCommand(text)).toThrow(expected)
  else expect(parseFileCommand(text)).toEqual(expected)
})

test('a broken file command fails its stage', async () => {
  const script = "require('fs').appendFileSync(process.env.GITHUB_STATE, 'nonsense')"
  const message = expect.stringContaining("Unable to process file command 'state'")
  const failed = { exitCode: 0, conclusion: 'failure', annotations: [{ level: 'error', message }] }
  expect((await play(script)).results[0]).toMatchObject(failed)
})

test.each<[string, Playing, RegExp]>([
  ['a default that names `steps`', { inputs: `a: { default: '\${{ steps.x }}' }` }, /steps/],
  ['an expression elsewhere', { fields: `description: \${{ github.token }}` }, /outside of/],
])('%s keeps an action from loading', async (_, playing, reason) => {
  await expect(play('', playing)).rejects.toThrow(reason)
})

test('SIGINT stops a process, then SIGTERM, then SIGKILL', async () => {
  const deaf = `for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => console.log(name))
    console.log('ready')
    setInterval(() => {}, 1000)`
  const stop = new AbortController()
  const onLine = (line: string) => line === 'ready' && stop.abort()
  const options = { cwd: '.', env: {}, signal: stop.signal, onLine }
  const ended = await run([process.execPath, '-e', deaf], { ...options, grace: [300, 300] })
  expect(ended).toMatchObject({ signal: 'SIGKILL', lines: ['ready', 'SIGINT', 'SIGTERM'] })
})
