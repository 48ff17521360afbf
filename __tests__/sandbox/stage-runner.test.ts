import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { parseCommand, parseFileCommand } from '../../sandbox/runner/commands.ts'
import { interpolate } from '../../sandbox/runner/expressions.ts'
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
function action(scripts: Partial<Record<'pre' | 'main' | 'post', string>>, inputs = '') {
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

function job(folder: string, options: Partial<JobOptions> = {}) {
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

const echoInputs =
  "console.log(JSON.stringify(Object.fromEntries(Object.entries(process.env).filter(([n]) => n.startsWith('INPUT_')))))"
const echoAll = { pre: echoInputs, main: echoInputs, post: echoInputs }

describe('expressions', () => {
  test.each<[string, string]>([
    ['plain', 'plain'],
    [`\${{ github.sha }}`, 'abc'],
    [`a-\${{ github.sha }}-\${{ matrix.os }}`, 'a-abc-linux'],
    [`\${{ github.nothing.at.all }}`, ''],
    [`\${{ job.check_run_id }}`, '51725241954'],
    [`\${{ true }} \${{ null }} \${{ 1.50 }}`, 'true  1.5'],
    [`\${{ format('{0}}}', 'x') }}`, 'x}'],
    [`\${{ 'it''s }} here' }}`, "it's }} here"],
    [`\${{ toJSON(strategy) }}`, 'null'],
    [`\${{ github.sha == 'ABC' && 'same' || 'other' }}`, 'same'],
    [`\${{ hashFiles('**/lock') }}`, ''],
  ])('%s is %j', (text, expected) => {
    const contexts = {
      github: { sha: 'abc' },
      matrix: { os: 'linux' },
      job: { check_run_id: 51725241954 },
      strategy: null,
    }
    expect(interpolate(text, contexts)).toBe(expected)
  })

  test.each([`\${{ secrets.X }}`, `\${{ github }}`, `\${{ success() }}`, `\${{ fromJSON('') }}`])(
    '%s is an error',
    (text) => {
      expect(() => interpolate(text, { github: { sha: 'abc' } })).toThrow()
    },
  )
})

describe('workflow commands', () => {
  test.each([
    ['::error::boom', { name: 'error', properties: {}, message: 'boom' }],
    [
      '  ::warning file=a.js,line=1::two%0Alines %25',
      { name: 'warning', properties: { file: 'a.js', line: '1' }, message: 'two\nlines %' },
    ],
    [
      '::notice title=a%2Cb%3Ac::x',
      { name: 'notice', properties: { title: 'a,b:c' }, message: 'x' },
    ],
    ['::add-mask::a::b', { name: 'add-mask', properties: {}, message: 'a::b' }],
    ['said ##[error]boom', { name: 'error', properties: {}, message: 'boom' }],
    [
      '##[warning a=1;b=2]x%5Dy',
      { name: 'warning', properties: { a: '1', b: '2' }, message: 'x]y' },
    ],
    ['::unknown::##[debug]deep', { name: 'debug', properties: {}, message: 'deep' }],
    ['said ::error::boom', undefined],
    ['::error:boom', undefined],
    ['::nonsense::x', undefined],
    ['##[nonsense]x', undefined],
    ['\x85::error::boom', { name: 'error', properties: {}, message: 'boom' }],
    ['\ufeff::error::boom', undefined],
  ])('%s', (line, expected) => {
    expect(parseCommand(line)).toEqual(expected)
  })
})

describe('file commands', () => {
  test('lines and blocks, the last of a name counts', () => {
    expect(parseFileCommand('a=1\n\nb<<END\ntwo\nlines=<<\nEND\na=x=y\nc=<<z\n')).toEqual({
      a: 'x=y',
      b: 'two\nlines=<<',
      c: '<<z',
    })
  })
  test.each(['nonsense', 'a<<END\nnever', 'a<<'])('%j is refused', (text) => {
    expect(() => parseFileCommand(text)).toThrow()
  })
})

describe('inputs', () => {
  test('defaults are evaluated anew at every stage', async () => {
    const folder = action(
      echoAll,
      `  job_status:\n    description: x\n    default: \${{ job.status }}`,
    )
    const created = job(folder)
    const { pre, main, post } = await created.run({ jobStatus: 'cancelled' })
    expect([pre, main, post].map((result) => result?.inputs.job_status)).toEqual([
      'success',
      'success',
      'cancelled',
    ])
    expect(JSON.parse(post?.stdout ?? '')).toEqual({ INPUT_JOB_STATUS: 'cancelled' })
  })

  test('on Gitea they are frozen at the first stage, and what is given is not', async () => {
    const inputs = `  job_status:\n    default: \${{ job.status }}\n  given: {}\n  matrix:\n    default: \${{ toJSON(matrix) }}`
    const created = job(action(echoAll, inputs), {
      gitea: true,
      with: { given: `\${{ job.status }}` },
    })
    const { post } = await created.run({ jobStatus: 'failure' })
    expect(post?.inputs).toEqual({ given: 'failure', job_status: 'success', matrix: '{}' })
  })

  test('an explicit empty text suppresses the default, in any case of the name', async () => {
    const folder = action(
      { main: echoInputs },
      '  a:\n    default: x\n  b:\n    default: y\n  c: {}',
    )
    const result = await job(folder, { with: { A: '' } }).stage('main')
    expect(JSON.parse(result.stdout)).toEqual({ INPUT_A: '', INPUT_B: 'y', INPUT_C: '' })
  })

  test('numbers, booleans, null and spaces in a name', async () => {
    const inputs = `  a b:\n    default: 1\n  yes:\n    default: true\n  m:\n    default: \${{ toJSON(matrix) }}\n  index:\n    default: \${{ strategy.job-index }}\n  dash-ed:\n    default: x`
    const result = await job(action({ main: echoInputs }, inputs)).stage('main')
    expect(JSON.parse(result.stdout)).toEqual({
      INPUT_A_B: '1',
      INPUT_YES: 'true',
      INPUT_M: 'null',
      INPUT_INDEX: '0',
      'INPUT_DASH-ED': 'x',
    })
  })

  test('what is given sees steps, needs and env; a default must not', async () => {
    const given = job(action({ main: echoInputs }, '  a: {}'), {
      with: { a: `\${{ steps.x.outputs.y }}\${{ env.Z }}` },
      env: { Z: 'z' },
    })
    given.contexts.steps.x = { outputs: { y: 'late-' } }
    expect((await given.stage('main')).inputs.a).toBe('late-z')
    expect(() => job(action({ main: '' }, `  a:\n    default: \${{ steps.x }}`))).toThrow(/steps/)
  })

  test('an expression in a description keeps the action from loading', () => {
    expect(() =>
      job(action({ main: '' }, `  a:\n    description: such as \${{ github.token }}`)),
    ).toThrow(/outside of an input default/)
  })
})

describe('stages', () => {
  test('state passes on to later stages, in both forms, the last counts', async () => {
    const created = job(
      action({
        pre: "write('STATE', 'a=1'); write('STATE', 'a=2'); console.log('::save-state name=old::3')",
        main: "write('STATE', 'b<<E\\nx\\ny\\nE')",
        post: 'console.log(process.env.STATE_a, process.env.STATE_old, JSON.stringify(process.env.STATE_b))',
      }),
    )
    const { pre, main, post } = await created.run()
    expect(pre?.state).toEqual({ a: '2', old: '3' })
    expect(main?.state).toEqual({ b: 'x\ny' })
    expect(post?.stdout).toBe('2 3 "x\\ny"\n')
    expect(created.state).toEqual({ a: '2', old: '3', b: 'x\ny' })
    expect(pre?.files.GITHUB_STATE).toBe('a=1\na=2\n')
    expect(main?.files.GITHUB_STATE).toBe('b<<E\nx\ny\nE\n')
  })

  test('only main sets outputs of the step', async () => {
    const script = "write('OUTPUT', 'which=' + process.argv[1].split('/').pop())"
    const created = job(action({ pre: script, main: script, post: script }), { id: 'mine' })
    const { pre, post } = await created.run()
    expect([pre?.outputs.which, post?.outputs.which]).toEqual(['pre.mjs', 'post.mjs'])
    expect(created.contexts.steps).toEqual({
      mine: { outputs: { which: 'main.mjs' }, outcome: 'success', conclusion: 'success' },
    })
  })

  test('GITHUB_ENV and GITHUB_PATH reach the stages after', async () => {
    const created = job(
      action({
        pre: "write('ENV', 'LATE=x'); write('PATH', '/first')",
        main: 'console.log(process.env.LATE, process.env.PATH)',
      }),
    )
    const { main } = await created.run()
    expect(main?.stdout).toBe(`x /first:${process.env.PATH}\n`)
  })

  test('the environment is the runner’s, and nothing of the test’s', async () => {
    process.env.LEAKED_FROM_THE_TEST = 'x'
    const created = job(
      action({ main: 'console.log(JSON.stringify({ ...process.env, cwd: process.cwd() }))' }),
      {
        env: { GITHUB_API_URL: 'http://elsewhere', HTTPS_PROXY: 'http://proxy' },
        repository: 'octo/hello',
        ref: 'refs/tags/v1',
      },
    )
    const result = await created.stage('main')
    delete process.env.LEAKED_FROM_THE_TEST
    const env: Record<string, string> = JSON.parse(result.stdout)
    expect(env).toMatchObject({
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_API_URL: 'http://127.0.0.1:1',
      GITHUB_REPOSITORY: 'octo/hello',
      GITHUB_REPOSITORY_OWNER: 'octo',
      GITHUB_REF_NAME: 'v1',
      GITHUB_REF_TYPE: 'tag',
      HTTPS_PROXY: 'http://proxy',
      RUNNER_OS: 'Linux',
      cwd: created.contexts.github.workspace,
    })
    expect(env).not.toHaveProperty('LEAKED_FROM_THE_TEST')
    expect(JSON.stringify(env)).not.toContain('ghs_secret')
    expect(Object.keys(env)).not.toContain('GITEA_ACTIONS')
  })

  test('the event is written anew at each stage', async () => {
    const script = "console.log(JSON.parse(readFileSync(process.env.GITHUB_EVENT_PATH, 'utf8')).n)"
    const created = job(action({ main: script, post: script }), {
      event: { name: 'push', payload: { n: 1 } },
    })
    expect((await created.stage('main')).stdout).toBe('1\n')
    created.contexts.github.event = { n: 2 }
    expect((await created.stage('post')).stdout).toBe('2\n')
  })

  test('a failing pre skips main, and post still runs and sees it', async () => {
    const created = job(
      action(
        { pre: 'process.exit(3)', main: '', post: "console.log(input('s'))" },
        `  s:\n    default: \${{ job.status }}`,
      ),
    )
    const { pre, main, post } = await created.run()
    expect(pre).toMatchObject({ exitCode: 3, conclusion: 'failure' })
    expect(main).toBeUndefined()
    expect(post?.stdout).toBe('failure\n')
  })

  test('a local action has no pre; skipped altogether it has no post', async () => {
    const folder = action({ pre: '', main: '', post: '' })
    expect((await job(folder).run({ pre: false })).pre).toBeUndefined()
    expect(await job(folder).run({ pre: false, main: false })).toEqual({
      pre: undefined,
      main: undefined,
      post: undefined,
    })
    expect((await job(folder).run({ main: false })).post).toBeDefined()
  })

  test('a broken state file fails the stage', async () => {
    const result = await job(action({ main: "write('STATE', 'nonsense')" })).stage('main')
    expect(result).toMatchObject({ exitCode: 0, conclusion: 'failure' })
    expect(result.annotations).toEqual([
      { level: 'error', message: expect.stringContaining("Invalid format 'nonsense'") },
    ])
  })

  test('a command that the runner no longer takes fails the stage', async () => {
    const result = await job(action({ main: "console.log('##[set-env name=A]b')" })).stage('main')
    expect(result).toMatchObject({
      exitCode: 0,
      conclusion: 'failure',
      annotations: [
        { message: expect.stringContaining('Unable to process command') },
        { message: expect.stringContaining('`set-env` command is disabled') },
      ],
    })
  })

  test('an input that action.yml does not know is warned of, and passed on', async () => {
    const result = await job(action({ main: echoInputs }, '  a: {}'), { with: { b: 'x' } }).stage(
      'main',
    )
    expect(JSON.parse(result.stdout)).toEqual({ INPUT_A: '', INPUT_B: 'x' })
    expect(result.log).toContain("Warning: Unexpected input(s) 'b', valid inputs are ['a']")
  })

  test('on Gitea, no post where main was skipped', async () => {
    const { pre, post } = await job(action(echoAll), { gitea: true }).run({ main: false })
    expect(pre).toBeDefined()
    expect(post).toBeUndefined()
  })

  test('a script may lie outside of the action’s folder', async () => {
    const folder = action({ main: "console.log('here')" })
    const sub = mkdtempSync(join(folder, 'sub-'))
    writeFileSync(join(sub, 'action.yml'), 'name: x\nruns:\n  using: node24\n  main: ../main.mjs\n')
    expect((await job(sub).stage('main')).stdout).toBe('here\n')
  })

  test('a stage that the action does not have is an error of the test', async () => {
    await expect(job(action({ main: '' })).stage('post')).rejects.toThrow('no post')
  })

  test('the summary', async () => {
    expect(
      (await job(action({ main: "write('STEP_SUMMARY', '# Done')" })).stage('main')).summary,
    ).toBe('# Done\n')
  })
})

describe('the log', () => {
  test('commands are carried out, secrets masked', async () => {
    const created = job(
      action({
        main: `console.log('::add-mask::hunter2')
console.log('::group::Details')
console.log('hunter2 and ghs_secret')
console.log('::endgroup::')
console.log('::debug::hidden')
console.log('::warning::careful')
process.stderr.write('::error::boom\\n')
console.log('::notice title=Hm::by the way')
console.log('::add-mask::')`,
        post: "console.log('hunter2 again')",
      }),
    )
    const { main, post } = await created.run()
    expect(main?.log.split('\n').sort()).toEqual([
      '*** and ***',
      'Details',
      'Error: boom',
      'Notice: by the way',
      "Warning: Can't add secret mask for empty string in ##[add-mask] command.",
      'Warning: careful',
    ])
    expect(main?.stdout).toContain('hunter2 and ghs_secret')
    expect(main?.masks).toEqual(['hunter2'])
    expect(main?.annotations).toHaveLength(4)
    expect(main?.annotations).toContainEqual({
      level: 'notice',
      message: 'by the way',
      title: 'Hm',
    })
    expect(main?.annotations).toContainEqual({
      level: 'warning',
      message: expect.stringContaining('empty string'),
    })
    expect(main?.annotations).toContainEqual({ level: 'error', message: 'boom' })
    expect(main?.commands.map(({ name }) => name).sort()).toEqual(
      ['add-mask', 'add-mask', 'group', 'endgroup', 'debug', 'warning', 'error', 'notice'].sort(),
    )
    expect(post?.log).toBe('*** again')
  })

  test('annotations are cut at 4,096 characters, and ten of a level are shown', async () => {
    const script =
      "for (const n of Array(12).keys()) console.log('::warning::' + n + 'x'.repeat(5000))"
    const { annotations, log } = await job(action({ main: script })).stage('main')
    expect(annotations).toHaveLength(10)
    expect(annotations[0]?.message).toHaveLength(4096)
    expect(log.split('\n').map(({ length }) => length)).toEqual(Array(12).fill(4096 + 9))
  })

  test('NODE_OPTIONS cannot be set by GITHUB_ENV', async () => {
    const created = job(
      action({
        pre: "write('ENV', 'NODE_OPTIONS=x')",
        main: 'console.log(process.env.NODE_OPTIONS)',
      }),
    )
    const { pre, main } = await created.run()
    expect(pre).toMatchObject({
      conclusion: 'success',
      annotations: [
        { level: 'error', message: expect.stringContaining("Can't store NODE_OPTIONS") },
      ],
    })
    expect(main?.stdout).toBe('undefined\n')
  })

  test('an expression in `with` that throws fails the stage', async () => {
    const created = job(action(echoAll, '  a: {}'), { with: { a: `\${{ fromJSON('') }}` } })
    const { pre, main, post } = await created.run()
    expect([pre?.conclusion, main, post?.conclusion]).toEqual(['failure', undefined, 'failure'])
    expect(pre?.annotations).toEqual([
      { level: 'error', message: expect.stringContaining('The template is not valid.') },
    ])
  })

  test('nothing is a command between stop-commands and its token', async () => {
    const result = await job(
      action({
        main: "console.log('::stop-commands::t0p\\n::error::not this\\n::t0p::\\n::error::this')",
      }),
    ).stage('main')
    expect(result.annotations).toEqual([{ level: 'error', message: 'this' }])
    expect(result.log).toContain('::error::not this')
  })
})

describe('signals', () => {
  const main = (handlers: string) => `${handlers}
console.log('ready')
setInterval(() => {}, 1000)`

  const stopWhenReady = () => {
    const controller = new AbortController()
    return {
      signal: controller.signal,
      onLine: (line: string) => line === 'ready' && controller.abort(),
    }
  }

  test('SIGINT first, and the state is kept', async () => {
    const script = main(
      "process.on('SIGINT', () => { write('STATE', 'stopped=yes'); process.exit(5) })",
    )
    expect(await job(action({ main: script })).stage('main', stopWhenReady())).toMatchObject({
      exitCode: 5,
      signal: null,
      state: { stopped: 'yes' },
    })
  })

  test('then SIGTERM, then SIGKILL', async () => {
    const deaf = main(
      "process.on('SIGINT', () => console.log('int')); process.on('SIGTERM', () => console.log('term'))",
    )
    const result = await job(action({ main: deaf })).stage('main', {
      ...stopWhenReady(),
      grace: [300, 300],
    })
    expect(result).toMatchObject({ exitCode: null, signal: 'SIGKILL', conclusion: 'failure' })
    expect(result.stdout).toBe('ready\nint\nterm\n')
  })
})
