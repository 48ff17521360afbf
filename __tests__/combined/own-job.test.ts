import { describe, expect, test } from '@jest/globals'
import { expectQuiet, expectSaid } from '../support/expect.ts'
import { page, put } from '../support/history.ts'
import { JOB, JOB_LINK, REPOSITORY, RUN, RUN_LINK, type Setup, startJob } from '../support/job.ts'
import { readWhile, waits } from '../support/waiting.ts'

/** A gate that looks once, beside a status that succeeded. */
const gate: Setup = {
  action: 'combined',
  with: { require_success: 'true' },
  statuses: { other: 'success' },
}

describe("the job's own pending status does not count", () => {
  test.each([
    ['whatever its name', 'my gate', {}, JOB_LINK],
    ['in a later attempt', 'CI / build', { runAttempt: 2 }, page({ attempt: 2 })],
  ])('%s', async (_, context, setup, target_url) => {
    await using job = await startJob({ ...gate, ...setup })
    put(job, { [context]: 'pending' }, { target_url })
    const result = await job.stage('main')
    expectQuiet(result)
    expect(result.outputs).toMatchObject({ state: 'success', total_count: '1' })
  })

  test.each(['E2E', 'e*'])(
    'nor does it meet the line %s, for which another system has to report',
    async (line) => {
      const inputs = {
        ...gate.with,
        contexts: `${line}\nother`,
        timeout_minutes: '0.5',
        interval_seconds: '1',
      }
      await using job = await startJob({ ...gate, with: inputs })
      put(job, { E2E: 'pending' }, { target_url: JOB_LINK })
      const result = await readWhile(job, { E2E: 'success' })
      expectQuiet(result)
      expect(waits(result)).toEqual([
        expect.stringContaining(`Missing: "${line}" (only this job itself has published it).`),
      ])
    },
  )

  test('nor is it enough to go by', async () => {
    await using job = await startJob({ ...gate, statuses: {} })
    put(job, { gate: 'pending' }, { target_url: JOB_LINK })
    expectSaid(await job.stage('main'), 'error', 'No status counts yet.')
  })
})

describe('everything else counts', () => {
  test.each([
    ['a failure that the job itself has published', 'failure', JOB_LINK],
    ['an error that the job itself has published', 'error', JOB_LINK],
    ['what another job of the run has pending', 'pending', page({ job: JOB + 1 })],
    ['what the run has pending without naming a job', 'pending', RUN_LINK],
    ['what an earlier run has pending', 'pending', page({ run: RUN - 1, job: JOB })],
    ['what another tool has pending', 'pending', 'https://ci.example/1'],
  ])('%s', async (_, state, target_url) => {
    await using job = await startJob(gate)
    put(job, { 'CI / build': state }, { target_url })
    expectSaid(await job.stage('main'), 'error', '"CI / build"')
  })
})

describe('on a server without job ids', () => {
  const ghes: Setup = { ...gate, server: 'ghes' }
  const ghesRun = page({ job: null, server: 'https://ghe.example' })

  test.each<[string, Setup, string, string]>([
    ['by its name', {}, 'CI / build', ghesRun],
    ['by its name in any case', {}, 'ci / BUILD', ghesRun],
    ['by the name of a leg', { matrix: { os: 'linux' } }, 'CI / build (linux)', ghesRun],
    ['in a later attempt', { runAttempt: 2 }, 'CI / build', `${ghesRun}#attempt-2`],
  ])('its own is told by the page of the run and %s', async (_, setup, context, target_url) => {
    await using job = await startJob({ ...ghes, ...setup })
    put(job, { [context]: 'pending' }, { target_url })
    expectQuiet(await job.stage('main'))
  })

  const MAYBE = 'If one of these is this job, or waits for this job, add it to `ignore`'
  const ELSEWHERE = 'This job itself, in another leg, run or attempt'

  test.each<[string, Setup, string, string, string]>([
    [
      'another leg',
      { matrix: { os: 'linux' } },
      'CI / build (mac)',
      `${ghesRun}#attempt-2`,
      ELSEWHERE,
    ],
    ['another name', {}, 'my gate', ghesRun, MAYBE],
    ['another run', {}, 'CI / build', `${ghesRun}0`, ELSEWHERE],
    ['another attempt', {}, 'CI / build', `${ghesRun}#attempt-2`, ELSEWHERE],
    ['another name of another run', {}, 'my gate', `${ghesRun}0`, ''],
    ['the name alone, from another tool', {}, 'CI / build', 'https://ci.example/1', ''],
  ])(
    '%s counts; what is its own or could be is said to be, and `ignore` helps',
    async (_, setup, context, target_url, said) => {
      await using job = await startJob({ ...ghes, ...setup })
      put(job, { [context]: 'pending' }, { target_url })
      const result = await job.stage('main')
      const message = result.annotations[0]?.message ?? ''
      expect(message).toContain(`Pending: "${context}".`)
      if (said === '') expect(message).toMatch(/"\.$/)
      else expectSaid(result, 'error', `${said}: "${context}"`.slice(0, said.length), '`ignore`')
    },
  )

  test('the name in `ignore` lets the gate pass', async () => {
    const inputs = { ...gate.with, ignore: 'my gate' }
    await using job = await startJob({ ...ghes, with: inputs })
    put(job, { 'my gate': 'pending' }, { target_url: ghesRun })
    expectQuiet(await job.stage('main'))
  })
})

describe('on Gitea, which gives every job a status', () => {
  const gitea: Setup = { ...gate, server: 'gitea', runNumber: 12 }
  const jobPage = (run: number) => `/${REPOSITORY}/actions/runs/${run}/jobs/0`

  test.each([
    ['links to the number of the run', 'CI / build (push)', jobPage(12)],
    ['links to the id of the run', 'CI / build (push)', jobPage(RUN)],
    ['links with a host', 'CI / build (push)', `https://git.example${jobPage(12)}`],
    [
      'is one that we have published',
      'CI / build',
      `https://git.example/${REPOSITORY}/actions/runs/12?by_index=1`,
    ],
  ])('its own does not count: it %s', async (_, context, target_url) => {
    await using job = await startJob(gitea)
    put(job, { [context]: 'pending' }, { target_url })
    const result = await job.stage('main')
    expectQuiet(result)
    expect(result.outputs).toMatchObject({ total_count: '1' })
  })

  test('that of a job with a name of its own counts, and `ignore` is named', async () => {
    await using job = await startJob(gitea)
    put(job, { 'CI / My gate (push)': 'pending' }, { target_url: jobPage(12) })
    expectSaid(await job.stage('main'), 'error', 'add it to `ignore`: "CI / My gate (push)".')
  })

  test('that of the same job in another run counts, and is said to be that', async () => {
    await using job = await startJob(gitea)
    put(job, { 'CI / build (push)': 'pending' }, { target_url: jobPage(13) })
    expectSaid(
      await job.stage('main'),
      'error',
      'This job itself, in another leg, run or attempt: "CI / build (push)".',
    )
  })
})
