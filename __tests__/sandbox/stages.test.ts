import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { action, echoAll, echoInputs, job } from './actions.ts'

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

  test('on Gitea, no post if main was skipped', async () => {
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
