import { describe, expect, test } from '@jest/globals'
import type { NewCheckRun, NewStatus, Protection, Rule } from '../../sandbox/api/github.ts'
import { putRuns, run } from '../support/check-runs.ts'
import { expectQuiet, expectSaid, json, until } from '../support/expect.ts'
import { answers } from '../support/faults.ts'
import { put } from '../support/history.ts'
import { JOB, REPOSITORY, type Setup, SHA } from '../support/job.ts'
import { checks, RULESET, ruleRequests, startGate } from '../support/rules.ts'

type Gate = Setup & { protection?: Protection; runs?: NewCheckRun[]; by?: NewStatus[] }

/** A gate over what is required, with what is there already. */
async function gate(rules: Rule[], { runs = [], by = [], ...setup }: Gate = {}) {
  const job = await startGate(rules, setup)
  putRuns(job, ...runs)
  for (const status of by) job.sandbox.github.publish(REPOSITORY, SHA, status)
  return job
}

const green = (name: string, more: Partial<NewCheckRun> = {}) => run(name, 'success', more)

describe('what is required', () => {
  test.each<[string, Rule[], Protection | undefined, object[]]>([
    ['by a ruleset, of any app', [checks('a')], undefined, [{ context: 'a', app: null }]],
    ['by a ruleset, of one app', [checks(['a', 42])], undefined, [{ context: 'a', app: 42 }]],
    [
      'by a ruleset, of -1, which is any',
      [checks(['a', -1])],
      undefined,
      [{ context: 'a', app: null }],
    ],
    [
      'by two rulesets, each pair of a name and an app once',
      [checks('a', ['a', 42]), checks(['a', 42], 'b')],
      undefined,
      [
        { context: 'a', app: null },
        { context: 'a', app: 42 },
        { context: 'b', app: null },
      ],
    ],
    [
      'by classic protection, names without an app too',
      [],
      { checks: [{ context: 'a', app_id: 42 }], contexts: ['a', 'b'] },
      [
        { context: 'a', app: 42 },
        { context: 'b', app: null },
      ],
    ],
    [
      'by both',
      [checks('a')],
      { checks: [{ context: 'b', app_id: null }] },
      [
        { context: 'a', app: null },
        { context: 'b', app: null },
      ],
    ],
    [
      'but not by classic protection that is off',
      [checks('a')],
      { enforcement_level: 'off', contexts: ['b'] },
      [{ context: 'a', app: null }],
    ],
  ])('%s', async (_, rules, protection, required) => {
    await using job = await gate(rules, { ...(protection && { protection }) })
    const result = await job.stage('main')
    expect(json(result, 'required')).toEqual(required)
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
    await using job = await gate(rules, { protection, runs: [green('a')] })
    const { log, summary } = await job.stage('main')
    const ruleset = 'ruleset 42 of "octo-org/octo-repo"'
    expect(log).toContain(
      `"main" requires "a" (${ruleset}, classic protection), "b" from app 42 (${ruleset}). Not judged: deletion.`,
    )
    const rows = summary.split('\n').filter((line) => /^\| [ab] \| (any|42)/.test(line))
    expect(rows.map((row) => row.replace(/\| ruleset.*\|(?=.*\|)/, '|'))).toEqual([
      '| a | any | success |',
      '| b | 42 | missing |',
    ])
  })
})

describe('a gate never passes over rules that', () => {
  test.each<[string, Rule[], Gate, (string | RegExp)[]]>([
    ['are empty', [], {}, ['"main" requires no status check']],
    [
      'require nothing that is a check',
      [{ type: 'pull_request', ...RULESET }],
      {},
      ['"main" requires no status check'],
    ],
    [
      'cannot be read for lack of a permission',
      [checks('a')],
      { declared: { private: true }, permissions: { contents: 'none' } },
      ['Could not read the branch "main": the token lacks a permission', 'contents: read'],
    ],
    [
      'cannot exist in a private repository',
      [checks('a')],
      { declared: { private: true, free: true } },
      ['Could not read the rules of "main": no rules can exist there'],
    ],
    [
      'are read by half',
      [checks('a')],
      { faults: [{ path: /\/rules\//, ...answers(200, { message: 'half' }) }] },
      ['Could not read the rules of "main"'],
    ],
    [
      'hold something else than rules',
      [checks('a')],
      { faults: [{ path: /\/rules\//, ...answers(200, [7]) }] },
      ['Could not read the rules of "main"'],
    ],
    [
      'name an app that is none',
      [checks(['a', 0])],
      {},
      ['What "main" requires is not understood', '"app":0'],
    ],
    [
      'name a check without a name',
      [checks('')],
      {},
      ['What "main" requires is not understood: ruleset 42'],
    ],
    [
      'do not say what they require',
      [{ type: 'required_status_checks', ...RULESET }],
      {},
      ['What "main" requires is not understood'],
    ],
    [
      'stand in an answer without classic protection',
      [checks('a')],
      {
        faults: [{ path: /repo\/branches\//, ...answers(200, { name: 'main', protected: true }) }],
      },
      ['What "main" requires is not understood: the server does not say'],
    ],
    [
      'require workflows',
      [checks('a'), { type: 'workflows', ...RULESET }],
      {},
      ['"main" requires something that no status check shows: "workflows" (ruleset 42'],
    ],
    [
      'are of a type that nobody knows',
      [checks('a'), { type: 'new_thing', ...RULESET }],
      {},
      ['no status check shows: "new_thing" (ruleset 42'],
    ],
    [
      'name the gate itself and nothing else',
      [checks('gate')],
      { runs: [green('a'), { name: 'gate', id: JOB }] },
      ['Nothing is left of what "main" requires: "gate" is this job'],
    ],
    [
      'name only what is ignored',
      [checks('a')],
      { with: { ignore: 'a' } },
      ['Nothing is left of what "main" requires: "a"'],
    ],
    [
      'are those of another branch, since this one was renamed',
      [checks('a')],
      {
        with: { required_by: 'old' },
        declared: { branches: { main: SHA }, renamed: { old: 'main' } },
      },
      ['Could not read the branch "old": it is called "main" now. Correct `required_by`'],
    ],
    [
      'are those of a branch that does not exist',
      [checks('a')],
      { with: { required_by: 'mian' } },
      ['Could not read the branch "mian": the branch was not found', 'Check `required_by`'],
    ],
  ])('%s', async (_, rules, setup, parts) => {
    const all = { runs: [green('a')], ...setup }
    await using job = await gate(rules, {
      ...all,
      with: { require_success: 'false', ...setup.with },
    })
    expectSaid(await job.stage('main'), 'error', ...parts)
  })

  test('require what has no name, unless lines of `contexts` stand for it', async () => {
    const rules: Rule[] = [checks('a'), { type: 'workflows', ...RULESET }]
    await using job = await gate(rules, { runs: [green('a')], with: { contexts: 'w' } })
    const before = await job.stage('main')
    expect(before.log).toContain('Missing: "w"')
    putRuns(job, green('w'))
    const after = await job.stage('main')
    expectSaid(after, 'warning', '"main" also requires something that no status check shows')
    expect(after.outputs.state).toBe('success')
  })
})

describe('what meets it', () => {
  const both = { runs: [green('a')], by: [{ context: 'a', state: 'success' }] }
  test.each<[string, Rule, Gate, string]>([
    ['a check run', checks('a'), { runs: [green('a')] }, 'success'],
    ['a status', checks('a'), { by: [{ context: 'a', state: 'success' }] }, 'success'],
    [
      'a status in another case',
      checks('a'),
      { by: [{ context: 'A', state: 'success' }] },
      'success',
    ],
    ['no check run in another case', checks('a'), { runs: [green('A')] }, 'pending'],
    ['no name that a `*` would match', checks('a*'), { runs: [green('ab')] }, 'pending'],
    ['a name with a `*` in it', checks('a*'), { runs: [green('a*')] }, 'success'],
    ['both, if both are there', checks('a'), both, 'success'],
    [
      'not a status beside a check run that failed',
      checks('a'),
      { ...both, runs: [run('a', 'failure')] },
      'failure',
    ],
    [
      'not a check run beside a status that is pending',
      checks('a'),
      { ...both, by: [{ context: 'a', state: 'pending' }] },
      'pending',
    ],
    [
      'nothing else: what is not required does not count',
      checks('a'),
      { runs: [green('a'), run('b', 'failure')] },
      'success',
    ],
    ['a check run of the app', checks(['a', 42]), { runs: [green('a', { app: 42 })] }, 'success'],
    ['no check run of another app', checks(['a', 42]), { runs: [green('a')] }, 'pending'],
    [
      'the check run of the app, beside another that passed',
      checks(['a', 42]),
      { runs: [green('a', { suite: 1 }), green('a', { app: 42, suite: 2 })] },
      'success',
    ],
    [
      'not if one of another app failed',
      checks(['a', 42]),
      { runs: [run('a', 'failure', { suite: 1 }), green('a', { app: 42, suite: 2 })] },
      'failure',
    ],
    [
      "a status of the app's bot",
      checks(['a', 42]),
      { by: [{ context: 'a', state: 'success', app: 42 }] },
      'success',
    ],
    [
      'a status of a workflow',
      checks(['a', 15368]),
      { by: [{ context: 'a', state: 'success' }] },
      'success',
    ],
    [
      "no status of a person, for an app's",
      checks(['a', 15368]),
      { by: [{ context: 'a', state: 'success', creator: 'mona' }] },
      'pending',
    ],
    [
      "no status on GHES, for an app's",
      checks(['a', 15368]),
      { server: 'ghes', by: [{ context: 'a', state: 'success' }] },
      'pending',
    ],
    [
      'on GHES a check run',
      checks(['a', 15368]),
      { server: 'ghes', runs: [green('a')] },
      'success',
    ],
    [
      'not without the lines of `contexts`',
      checks('a'),
      { runs: [green('a')], with: { contexts: 'b' } },
      'pending',
    ],
    [
      'with the lines of `contexts`',
      checks('a'),
      { runs: [green('a'), green('b')], with: { contexts: 'b' } },
      'success',
    ],
  ])('%s', async (_, rule, setup, state) => {
    await using job = await gate([rule], setup)
    const result = await job.stage('main')
    expect({ state: result.outputs.state, exitCode: result.exitCode }).toEqual({
      state,
      exitCode: state === 'success' ? 0 : 1,
    })
  })

  test('is missing if only another app reported it, and says from which it has to be', async () => {
    await using job = await gate([checks(['a', 42])], { runs: [green('a')] })
    const result = await job.stage('main')
    expectSaid(result, 'error', 'Missing: "a" from app 42.', 'needs this job, put it in `ignore`')
    expect(json(result, 'missing')).toEqual(['a'])
  })
})

describe('the gate itself', () => {
  const own = { name: 'gate', id: JOB }

  test('is left out in other runs too, and that is said', async () => {
    const runs = [own, { name: 'gate', suite: 7 }, green('a')]
    await using job = await gate([checks('a', 'gate')], { runs })
    const result = await job.stage('main')
    expectQuiet(result)
    expect(result.outputs).toMatchObject({ state: 'success', total_count: '1' })
    expect(result.summary).toMatch(/^\| gate \| any \| .* \| this job \|$/m)
    expect(result.log).toContain('All are successful. Left out: "gate", which is this job.')
  })

  test('is not what another app has to report under its name', async () => {
    await using job = await gate([checks('a', ['gate', 42])], { runs: [own, green('a')] })
    expectSaid(await job.stage('main'), 'error', 'Missing: "gate" from app 42')
  })
})

describe('the rules are asked for again, conditionally, before success is said', () => {
  const WAIT = { timeout_minutes: '0.5', interval_seconds: '0.1' }

  test('which costs two reads that count, and two that do not', async () => {
    await using job = await gate([checks('a')], { runs: [{ name: 'a', id: 9 }], with: WAIT })
    const waiting = job.stage('main')
    await until(() => job.requests().length > 8)
    expect(ruleRequests(job)).toEqual(['branch 200', 'rules 200'])
    putRuns(job, green('a', { id: 9 }))
    expectQuiet(await waiting)
    expect(ruleRequests(job)).toEqual(['branch 200', 'rules 200', 'branch 304', 'rules 304'])
  })

  test('and what is required by then has to pass', async () => {
    await using job = await gate([checks('a')], { with: WAIT })
    const waiting = job.stage('main')
    await until(() => job.requests().length > 4)
    job.sandbox.github.repository(REPOSITORY, { rules: { main: [checks('a', 'b')] } })
    putRuns(job, green('a'))
    await until(() => ruleRequests(job).length > 3)
    put(job, { b: 'success' })
    const result = await waiting
    expectQuiet(result)
    expect(result.log).toContain('Missing: "b"')
    expect(json(result, 'required')).toHaveLength(2)
  })

  test('and if they cannot be read then, the gate does not pass', async () => {
    const faults = [{ path: /\/rules\//, after: 1, ...answers(403, { message: 'No' }) }]
    await using job = await gate([checks('a')], { faults, runs: [green('a')] })
    expectSaid(await job.stage('main'), 'error', 'Could not read the rules of "main"')
  })
})

describe('on Gitea', () => {
  const gitea = (contexts: string[], setup: Gate = {}) =>
    gate([], { server: 'gitea', protection: { contexts }, ...setup })

  test.each<[string, string[], Record<string, string>, string]>([
    [
      'every name that its rule matches has to pass',
      ['CI / *'],
      { 'CI / a': 'success', x: 'failure' },
      'success',
    ],
    [
      'and one that fails fails it',
      ['CI / *'],
      { 'CI / a': 'success', 'CI / b': 'failure' },
      'failure',
    ],
    ['and none is missing', ['CI / *', 'x'], { x: 'success' }, 'pending'],
    ['and case counts', ['ci'], { CI: 'success' }, 'pending'],
  ])('%s', async (_, contexts, statuses, state) => {
    await using job = await gitea(contexts, { statuses })
    expect((await job.stage('main')).outputs.state).toBe(state)
    expect(ruleRequests(job)[0]).toBe('branch 200')
    expect(job.requests().join()).not.toContain('/rules/')
  })

  test('a rule that asks for nothing, or by another pattern, is an error', async () => {
    await using none = await gitea([])
    expectSaid(await none.stage('main'), 'error', '"main" requires no status check')
    await using odd = await gitea(['CI / {a,b}'], { statuses: { 'CI / {a,b}': 'success' } })
    expectSaid(await odd.stage('main'), 'error', 'not understood: the branch', 'CI / {a,b}')
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
