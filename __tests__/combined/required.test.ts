import { describe, expect, test } from '@jest/globals'
import type { NewCheckRun, NewStatus, Protection, Rule } from '../../sandbox/api/github.ts'
import { putRuns, run } from '../support/check-runs.ts'
import { expectQuiet, expectSaid, json, until } from '../support/expect.ts'
import { answers } from '../support/faults.ts'
import { put } from '../support/history.ts'
import { JOB, REPOSITORY, type Setup, SHA } from '../support/job.ts'
import { checks, RULESET, ruleRequests, startGate } from '../support/rules.ts'

type Gate = Setup & { protection?: Protection; there?: string; runs?: NewCheckRun[] }

/** A gate over what is required, with what is there: `run a@42 failure, status b`; a success unless told. */
async function gate(rules: Rule[], { there = '', runs = [], ...setup }: Gate = {}) {
  const job = await startGate(rules, setup)
  putRuns(job, ...runs)
  there.split(', ').forEach((text, suite) => {
    const [, kind, name = '', by, state = 'success'] =
      /^(run|status) ([^@ ]+)(?:@(\w+))? ?(\w+)?$/.exec(text) ?? []
    const app = Number(by) ? { app: Number(by) } : {}
    const creator = by === 'mona' ? { creator: by } : {}
    if (kind === 'run') putRuns(job, run(name, state as 'success', { ...app, suite }))
    const status: NewStatus = { context: name, state, ...app, ...creator }
    if (kind === 'status') job.sandbox.github.publish(REPOSITORY, SHA, status)
  })
  return job
}

/** `a, b@42`: names, for any app or one. */
const names = (text: string) =>
  text.split(', ').map((one): [string, number | null] => {
    const [context = '', app] = one.split('@')
    return [context, app === undefined ? null : Number(app)]
  })

describe('what is required', () => {
  test.each<[string, string[], Protection, string]>([
    ['by a ruleset, of any app', ['a'], {}, 'a'],
    ['by a ruleset, of one app', ['a@42'], {}, 'a@42'],
    ['by a ruleset, of -1, which is any', ['a@-1'], {}, 'a'],
    ['by two, each pair of name and app once', ['a, a@42', 'a@42, b'], {}, 'a, a@42, b'],
    ['by classic protection', [], { checks: [{ context: 'a', app_id: 42 }] }, 'a@42'],
    ['by it, without an app', [], { checks: [{ context: 'a', app_id: null }] }, 'a'],
    ['by it, on an old server', [], { contexts: ['a'] }, 'a'],
    [
      'by it, a name once',
      [],
      { checks: [{ context: 'a', app_id: 42 }], contexts: ['a', 'b'] },
      'a@42, b',
    ],
    ['by both', ['a'], { contexts: ['b'] }, 'a, b'],
    ['not by one that is off', ['a'], { enforcement_level: 'off', contexts: ['b'] }, 'a'],
  ])('%s', async (_, rules, protection, required) => {
    await using job = await gate(
      rules.map((rule) => checks(...names(rule))),
      { protection },
    )
    const result = await job.stage('main')
    expect(json(result, 'required')).toEqual(
      names(required).map(([context, app]) => ({ context, app })),
    )
    expect(result.exitCode).toBe(1)
  })

  test('is read from all pages', async () => {
    const rules = Array.from(
      { length: 120 },
      (_, id): Rule => ({ ...checks(`c${id}`), ruleset_id: id }),
    )
    await using job = await gate(rules)
    const result = await job.stage('main')
    expect(json<unknown[]>(result, 'required')).toHaveLength(120)
    expect(ruleRequests(job)).toEqual(['branch 200', 'rules 200', 'rules 200'])
  })

  test('is said with the rule, the app, and what became of it, and what is not judged too', async () => {
    const rules = [checks('a', ['b', 42]), { type: 'deletion', ...RULESET } as const]
    const protection = { contexts: ['a'] }
    await using job = await gate(rules, { protection, there: 'run a' })
    const { log, summary } = await job.stage('main')
    const ruleset = 'ruleset 42 of "octo-org/octo-repo"'
    expect(log).toContain(
      `"main" requires "a" (${ruleset}, classic protection), "b" from app 42 (${ruleset}). Not judged: deletion.`,
    )
    const rows = [...summary.matchAll(/^\| ([ab]) \| (\w+) \| (.*?) \|$/gm)]
    expect(rows.map(([, ...cells]) => cells.join(', ').replace(/&#59; .*/, ''))).toEqual([
      'a, success, Check run',
      'b, missing, App 42',
      'a, success, Any app',
    ])
  })
})

describe('a gate never passes over rules that', () => {
  const pull = { type: 'pull_request', ...RULESET } as const
  const workflows = { type: 'workflows', ...RULESET } as const
  const unknown = { type: 'new_thing', ...RULESET } as const
  const unsaid = { type: 'required_status_checks', ...RULESET } as const
  const answered = (path: RegExp, body: object): Gate => ({
    faults: [{ path, ...answers(200, body) }],
  })
  const locked: Gate = { declared: { private: true }, permissions: { contents: 'none' } }
  const free: Gate = { declared: { private: true, free: true } }
  const unprotected = { name: 'main', protected: true }
  const own: Gate = { runs: [{ name: 'gate', id: JOB }] }
  const renamed: Gate = {
    with: { required_by: 'old' },
    declared: { branches: { main: SHA }, renamed: { old: 'main' } },
  }
  const a = checks('a')
  const UNCLEAR = 'What "main" requires is not understood: '

  test.each<[string, Rule[], Gate, string]>([
    ['are empty', [], {}, '"main" requires no status check'],
    ['require nothing that is a check', [pull], {}, '"main" requires no status check'],
    [
      'cannot be read',
      [a],
      locked,
      'Could not read the protection of "main": the token lacks a permission',
    ],
    ['may be read with another token', [a], locked, 'contents: read'],
    ['cannot exist', [a], free, 'Could not read the rules of "main": no rules can exist there'],
    ['are read by half', [a], answered(/rules/, { message: '' }), 'Could not read the rules'],
    ['hold something else', [a], answered(/rules/, [7]), 'Could not read the rules of "main"'],
    ['name no app', [checks(['a', 0])], {}, `${UNCLEAR}ruleset 42 of "octo-org/octo-repo" holds`],
    ['name no check', [checks('')], {}, `${UNCLEAR}ruleset 42`],
    ['do not say what they require', [unsaid], {}, `${UNCLEAR}the server does not say`],
    ['hide the classic ones', [a], answered(/repo.branches/, unprotected), `${UNCLEAR}the server`],
    ['require workflows', [a, workflows], {}, 'no status check shows: "workflows" (ruleset 42'],
    ['nobody knows', [a, unknown], {}, 'no status check shows: "new_thing" (ruleset 42'],
    ['name the gate and nothing else', [checks('gate')], own, '"gate" is this job'],
    ['name what is ignored', [a], { with: { ignore: 'a' } }, 'Nothing is left of what "main"'],
    ['were those of a renamed branch', [a], renamed, 'is called "main" now'],
    ['no branch has', [a], { with: { required_by: 'mian' } }, '"mian": the branch was not found'],
  ])('%s', async (_, rules, setup, part) => {
    const inputs = { require_success: 'false', ...setup.with }
    await using job = await gate(rules, { there: 'run a', ...setup, with: inputs })
    expectSaid(await job.stage('main'), 'error', part)
  })

  test('require what has no name, unless lines of `contexts` stand for it', async () => {
    const rules: Rule[] = [checks('a'), { type: 'workflows', ...RULESET }]
    await using job = await gate(rules, { there: 'run a', with: { contexts: 'w' } })
    const before = await job.stage('main')
    expect(before.log).toContain('Missing: "w"')
    putRuns(job, run('w', 'success'))
    const after = await job.stage('main')
    expectSaid(after, 'warning', '"main" also requires something that no status check shows')
    expect(after.outputs.state).toBe('success')
  })
})

describe('what meets it', () => {
  const B = { with: { contexts: 'b' } }
  const GHES: Setup = { server: 'ghes' }
  test.each<[string, string, string, Setup, string]>([
    ['a check run', 'a', 'run a', {}, 'success'],
    ['a status', 'a', 'status a', {}, 'success'],
    ['a status in another case', 'a', 'status A', {}, 'success'],
    ['no check run in another case', 'a', 'run A', {}, 'pending'],
    ['no name that a `*` would match', 'a*', 'run ab', {}, 'pending'],
    ['a name with a `*` in it', 'a*', 'run a*', {}, 'success'],
    ['both, if both are there', 'a', 'run a, status a', {}, 'success'],
    ['no status beside a failed check run', 'a', 'run a failure, status a', {}, 'failure'],
    ['no check run beside a pending status', 'a', 'run a, status a pending', {}, 'pending'],
    [
      'nothing else: what is not required does not count',
      'a',
      'run a, run b failure',
      {},
      'success',
    ],
    ['a check run of the app', 'a@42', 'run a@42', {}, 'success'],
    ['no check run of another app', 'a@42', 'run a', {}, 'pending'],
    ['a check run of the app, beside another', 'a@42', 'run a, run a@42', {}, 'success'],
    ['none if one of another app failed', 'a@42', 'run a failure, run a@42', {}, 'failure'],
    ["a status of the app's bot", 'a@42', 'status a@42', {}, 'success'],
    ['a status of a workflow', 'a@15368', 'status a', {}, 'success'],
    ["no status of a person, for an app's", 'a@15368', 'status a@mona', {}, 'pending'],
    ["no status on GHES, for an app's", 'a@15368', 'status a', GHES, 'pending'],
    ['on GHES a check run', 'a@15368', 'run a', GHES, 'success'],
    ['nothing without the lines of `contexts`', 'a', 'run a', B, 'pending'],
    ['it and the lines of `contexts`', 'a', 'run a, run b', B, 'success'],
  ])('%s', async (_, required, there, setup, state) => {
    await using job = await gate([checks(...names(required))], { there, ...setup })
    const { outputs, exitCode } = await job.stage('main')
    const failed = state === 'success' ? 0 : 1
    expect({ state: outputs.state, exitCode }).toEqual({ state, exitCode: failed })
  })

  test('is missing if only another app reported it, and says from which it has to be', async () => {
    await using job = await gate([checks(['a', 42])], { there: 'run a' })
    const result = await job.stage('main')
    expectSaid(
      result,
      'error',
      'Missing: "a" from app 42 (only another app has reported it).',
      'needs this job, put it in `ignore`',
    )
    expect(json(result, 'missing')).toEqual(['a'])
  })
})

test('a required name that is not there is named with one that is like it', async () => {
  await using job = await gate([checks('Build')], { there: 'run build' })
  expectSaid(await job.stage('main'), 'error', 'Missing: "Build" (similar: "build").')
})

describe('the gate itself', () => {
  const own = { name: 'gate', id: JOB }

  test('is left out in other runs too, and that is said', async () => {
    const runs = [own, { name: 'gate', suite: 7 }]
    await using job = await gate([checks('a', 'gate')], { runs, there: 'run a' })
    const result = await job.stage('main')
    expectQuiet(result)
    expect(result.outputs).toMatchObject({ state: 'success', total_count: '1' })
    expect(result.summary).toMatch(/^\| gate \| this job \| Any app&#59; /m)
    expect(result.log).toContain('All are successful. Left out: "gate", which is this job.')
  })

  test('is not what another app has to report under its name', async () => {
    await using job = await gate([checks('a', ['gate', 42])], { runs: [own], there: 'run a' })
    expectSaid(await job.stage('main'), 'error', 'Missing: "gate" from app 42')
  })
})

describe('the rules are asked for again, conditionally, before success is said', () => {
  const WAIT = { timeout_minutes: '0.5', interval_seconds: '1' }

  test('which costs two reads that count, and two that do not', async () => {
    await using job = await gate([checks('a')], { runs: [{ name: 'a', id: 9 }], with: WAIT })
    const waiting = job.stage('main')
    await until(() => job.requests().length > 8)
    expect(ruleRequests(job)).toEqual(['branch 200', 'rules 200'])
    putRuns(job, run('a', 'success', { id: 9 }))
    expectQuiet(await waiting)
    expect(ruleRequests(job)).toEqual(['branch 200', 'rules 200', 'branch 304', 'rules 304'])
  })

  test('and what is required by then has to pass', async () => {
    await using job = await gate([checks('a')], { with: WAIT })
    const waiting = job.stage('main')
    await until(() => job.requests().length > 4)
    job.sandbox.github.repository(REPOSITORY, { rules: { main: [checks('a', 'b')] } })
    putRuns(job, run('a', 'success'))
    await until(() => ruleRequests(job).length > 3)
    put(job, { b: 'success' })
    const result = await waiting
    expectQuiet(result)
    expect(result.log).toContain('Missing: "b"')
    expect(json(result, 'required')).toHaveLength(2)
  })

  test('and if they cannot be read then, the gate does not pass', async () => {
    const faults = [{ path: /\/rules\//, after: 1, ...answers(403, { message: 'No' }) }]
    await using job = await gate([checks('a')], { faults, there: 'run a' })
    expectSaid(await job.stage('main'), 'error', 'Could not read the rules of "main"')
  })
})

describe('on Gitea', () => {
  const gitea = (contexts: string[], setup: Gate = {}) =>
    gate([], { server: 'gitea', protection: { contexts }, ...setup })

  test.each<[string, string, string, string]>([
    [
      'every name that its rule matches has to pass',
      'ci/*',
      'status ci/a, status x failure',
      'success',
    ],
    ['and one that fails fails it', 'ci/*', 'status ci/a, status ci/b failure', 'failure'],
    ['and none is missing', 'ci/* x', 'status x', 'pending'],
    ['and case counts', 'ci', 'status CI', 'pending'],
  ])('%s', async (_, contexts, there, state) => {
    await using job = await gitea(contexts.split(' '), { there })
    expect((await job.stage('main')).outputs.state).toBe(state)
    expect(ruleRequests(job)[0]).toBe('branch 200')
    expect(job.requests().join()).not.toContain('/rules/')
  })

  test('a rule that asks for nothing, or by another pattern, is an error', async () => {
    await using none = await gitea([])
    expectSaid(await none.stage('main'), 'error', '"main" requires no status check')
    await using odd = await gitea(['ci/{a,b}'], {})
    expectSaid(await odd.stage('main'), 'error', 'not understood: the branch', 'ci/{a,b}')
  })
})

test('without `required_by` no rule is read', async () => {
  await using job = await gate([checks('a')], {
    with: { required_by: 'none' },
    statuses: { b: 'success' },
  })
  const result = await job.stage('main')
  expectQuiet(result)
  expect(ruleRequests(job)).toEqual([])
  expect(result.outputs.required).toBeUndefined()
})
