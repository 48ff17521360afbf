import { describe, expect, test } from '@jest/globals'
import type { NewCheckRun } from '../../sandbox/api/github.ts'
import { run, startWith } from '../support/check-runs.ts'
import { expectQuiet, expectSaid } from '../support/expect.ts'
import { page, put } from '../support/history.ts'
import { JOB, JOB_LINK, REPOSITORY, RUN, RUN_LINK, type Setup, startJob } from '../support/job.ts'
import { readWhile, waits } from '../support/waiting.ts'

const MAYBE = 'If one of these is this job, or waits for this job, add it to `ignore`: '
const ELSEWHERE = 'This job itself, in another leg, run or attempt: '

/** A gate that looks once, beside a status that succeeded. */
const gate: Setup = {
  action: 'combined',
  with: { require_success: 'true' },
  statuses: { other: 'success' },
}
const os = { matrix: { os: 'linux' } }
const later = { runAttempt: 2 }
const ghes: Setup = { server: 'ghes' }
const ghesRun = page({ job: null, server: 'https://ghe.example' })
const gitea: Setup = { server: 'gitea', runNumber: 12 }
const giteaJob = (id: number) => `/${REPOSITORY}/actions/runs/${id}/jobs/0`

test.each<[string, Setup, string, string]>([
  ['whatever its name', {}, 'my gate', JOB_LINK],
  ['in a later attempt', later, 'CI / build', page({ attempt: 2 })],
  ['on GHES by its run and name', ghes, 'CI / build', ghesRun],
  ['on GHES in any case', ghes, 'ci / BUILD', ghesRun],
  ['on GHES by the name of a leg', { ...ghes, ...os }, 'CI / build (linux)', ghesRun],
  ['on GHES in a later attempt', { ...ghes, ...later }, 'CI / build', `${ghesRun}#attempt-2`],
  ['on GHES by another name, in `ignore`', { ...ghes, with: { ignore: 'x' } }, 'x', ghesRun],
  ['on Gitea by the number of its run', gitea, 'CI / build (push)', giteaJob(12)],
  ['on Gitea by the id of its run', gitea, 'CI / build (push)', giteaJob(RUN)],
  ['on Gitea with a host', gitea, 'CI / build (push)', `https://git.example${giteaJob(12)}`],
  [
    'on Gitea if we published it',
    gitea,
    'CI / build',
    `https://git.example/${REPOSITORY}/actions/runs/12?by_index=1`,
  ],
])("the job's own pending status does not count: %s", async (_, setup, context, target_url) => {
  await using job = await startJob({ ...gate, ...setup })
  put(job, { [context]: 'pending' }, { target_url })
  const result = await job.stage('main')
  expectQuiet(result)
  expect(result.outputs).toMatchObject({ state: 'success', total_count: '1' })
})

test.each<[string, Setup, string, string, string]>([
  ['what the job itself has published as failed', {}, 'failure', JOB_LINK, ''],
  ['what the job itself has published as error', {}, 'error', JOB_LINK, ''],
  ['what another job of the run has pending', {}, 'pending', page({ job: JOB + 1 }), ELSEWHERE],
  ['what the run has pending without a job', {}, 'pending', RUN_LINK, ELSEWHERE],
  ['what an earlier run failed', {}, 'failure', page({ run: RUN - 1, job: JOB }), ELSEWHERE],
  ['what another tool has pending', {}, 'pending', 'https://ci.example/1', ''],
  ['another attempt on GHES', ghes, 'pending', `${ghesRun}#attempt-2`, ELSEWHERE],
  ['another run on GHES', ghes, 'pending', `${ghesRun}0`, ELSEWHERE],
  ['another leg on GHES', { ...ghes, ...os }, 'pending', `${ghesRun}0`, ELSEWHERE],
  ['another run on Gitea', gitea, 'pending', giteaJob(13), ELSEWHERE],
])(
  '%s counts, and is said to be the job elsewhere if it is',
  async (_, setup, state, target_url, said) => {
    await using job = await startJob({ ...gate, ...setup })
    put(job, { 'CI / build': state }, { target_url })
    const result = await job.stage('main')
    expectSaid(result, 'error', '"CI / build"')
    const [{ message = '' } = {}] = result.annotations
    expect(message.includes(`${ELSEWHERE}"CI / build". Add it to \`ignore\``)).toBe(said !== '')
  },
)

test.each<[Setup, string, string]>([
  [ghes, 'my gate', ghesRun],
  [gitea, 'CI / My gate (push)', giteaJob(12)],
])(
  'without job ids, what is of the run and has another name can be its own: %j',
  async (setup, name, target_url) => {
    await using job = await startJob({ ...gate, ...setup })
    put(job, { [name]: 'pending' }, { target_url })
    expectSaid(await job.stage('main'), 'error', `${MAYBE}"${name}".`)
  },
)

test("the job's own pending status is not enough to go by", async () => {
  await using job = await startJob({ ...gate, statuses: {} })
  put(job, { gate: 'pending' }, { target_url: JOB_LINK })
  expectSaid(await job.stage('main'), 'error', 'No status counts yet.')
})

test.each(['E2E', 'e*'])(
  'nor does it meet the line %s: another system has to report',
  async (line) => {
    const inputs = { contexts: `${line}\nother`, timeout_minutes: '0.5', interval_seconds: '1' }
    await using job = await startJob({ ...gate, with: { ...gate.with, ...inputs } })
    put(job, { E2E: 'pending' }, { target_url: JOB_LINK })
    const result = await readWhile(job, { E2E: 'success' })
    expectQuiet(result)
    expect(waits(result)).toEqual([
      expect.stringContaining(`Missing: "${line}" (only this job itself has that name).`),
    ])
  },
)

describe("the job's own check run", () => {
  const own = { name: 'gate', id: JOB }
  const other = run('test', 'success')
  const CALLED_SO = '"gate*" (only this job itself has that name)'

  test.each<[string, NewCheckRun[], string, string, string]>([
    ['does not count', [own, other], '*', 'success', ''],
    ['is not enough to go by', [own], '*', 'pending', 'No status or check run counts yet.'],
    ['hides its earlier attempt', [run('gate', 'failure'), own, other], '*', 'success', ''],
    [
      'counts in another run',
      [own, { name: 'gate', suite: 2 }],
      '*',
      'pending',
      `${ELSEWHERE}"gate".`,
    ],
    [
      'counts in another failed run',
      [own, run('gate', 'failure', { suite: 2 })],
      '*',
      'failure',
      `${ELSEWHERE}"gate".`,
    ],
    [
      'counts in a leg of its name',
      [own, { name: 'gate', id: JOB + 1 }],
      '*',
      'pending',
      `${ELSEWHERE}"gate".`,
    ],
    [
      'counts in another leg',
      [own, { name: 'gate (b)' }],
      '*',
      'pending',
      `${ELSEWHERE}"gate (b)".`,
    ],
    ['finds no line', [own], 'gate*', 'pending', CALLED_SO],
    ['leaves the line to others', [own, run('gate-2', 'success')], 'gate*', 'success', ''],
    [
      'leaves its name to others',
      [own, run('gate', 'success', { suite: 2 })],
      'GATE',
      'success',
      '',
    ],
  ])('%s', async (_, checkRuns, contexts, state, said) => {
    await using job = await startWith(checkRuns, { with: { contexts } })
    const result = await job.stage('main')
    expect(result.outputs).toMatchObject({ state })
    expect(result.log).toContain(said)
  })

  test('fails the step at once if its full name is waited for', async () => {
    const inputs = { contexts: 'Gate\nx', timeout_minutes: '5' }
    await using job = await startWith([own], { with: inputs })
    const said =
      'Input `contexts` names this job itself, which cannot wait for its own end: "Gate".'
    expectSaid(await job.stage('main'), 'error', said)
  })

  const of = (runId: number) => ({
    details_url: `https://ghe.example/${REPOSITORY}/actions/runs/${runId}/job/3`,
  })

  test.each<[string, NewCheckRun, Setup, string]>([
    ['by the name of the job', { name: 'build', ...of(7) }, {}, 'success'],
    ['by the name of the leg', { name: 'build (linux)', ...of(7) }, os, 'success'],
    ['not by a name of its own', { name: 'My build', ...of(7) }, {}, 'pending'],
    ['not in another run', { name: 'build', ...of(70) }, {}, 'pending'],
    ['not once it is completed', run('build', 'failure', of(7)), {}, 'failure'],
  ])('on a server without job ids is told %s', async (_, checkRun, setup, state) => {
    const statuses = { a: 'success' }
    await using job = await startWith([checkRun], { server: 'ghes', runId: 7, statuses, ...setup })
    const result = await job.stage('main')
    expect(result.outputs.state).toBe(state)
    expect(result.log.includes(MAYBE)).toBe(checkRun.name === 'My build')
  })
})
