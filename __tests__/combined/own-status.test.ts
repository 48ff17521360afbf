import { describe, expect, test } from '@jest/globals'
import { page, put, putFrom } from '../support/history.ts'
import { JOB, REPOSITORY, RUN, type Setup, startJob } from '../support/job.ts'
import { readWhile, startGate, waits } from './gate.ts'

const start = (setup: Setup = {}) =>
  startJob({
    action: 'combined',
    statuses: { other: 'success' },
    with: { require_success: 'true' },
    ...setup,
  })

describe("the job's own status", () => {
  test('that is pending does not count, whatever its name', async () => {
    await using job = await start()
    putFrom(job, {}, { 'my gate': 'pending' })
    const { conclusion, outputs } = await job.stage('main')
    expect({ conclusion, count: outputs.total_count }).toEqual({
      conclusion: 'success',
      count: '1',
    })
  })

  test.each(['failure', 'error'])(
    'that is a %s does count: the gate is not green',
    async (state) => {
      await using job = await start()
      putFrom(job, {}, { scan: state })
      const { conclusion, outputs } = await job.stage('main')
      expect({ conclusion, failing: outputs.failing }).toEqual({
        conclusion: 'failure',
        failing: '["scan"]',
      })
    },
  )

  test('is nothing that is there: alone, it is no success', async () => {
    await using job = await start({ statuses: {} })
    putFrom(job, {}, { gate: 'pending' })
    expect((await job.stage('main')).conclusion).toBe('failure')
  })

  test('of a re-run is known by its link, which names the attempt', async () => {
    await using job = await start({ runAttempt: 2 })
    putFrom(job, { attempt: 2 }, { gate: 'pending' })
    expect((await job.stage('main')).conclusion).toBe('success')
  })

  test('is not another job’s of the run: that one is waited for', async () => {
    await using job = await start()
    putFrom(job, { run: RUN, job: JOB + 1 }, { 'CI / build': 'pending' })
    const { conclusion, outputs } = await job.stage('main')
    expect({ conclusion, pending: outputs.pending }).toEqual({
      conclusion: 'failure',
      pending: '["CI / build"]',
    })
  })

  test('is not waited for', async () => {
    await using job = await startGate({ other: 'pending' })
    putFrom(job, {}, { gate: 'pending' })
    const result = await readWhile(job, { other: 'success' })
    expect(result.conclusion).toBe('success')
    expect(waits(result)).toEqual([expect.stringMatching(/^pending: "other"\.?$/i)])
  })
})

describe('on GitHub Enterprise Server, which gives no job id, it is told by the run’s page and the derived name', () => {
  const server = 'https://ghe.example'
  test.each<[string, Setup, string, number, 'success' | 'pending']>([
    ['by its name', {}, 'CI / build', RUN, 'success'],
    ['in any case', {}, 'ci / BUILD', RUN, 'success'],
    ['of a leg of a matrix', { matrix: { os: 'linux' } }, 'CI / build (linux)', RUN, 'success'],
    ['not another leg', { matrix: { os: 'linux' } }, 'CI / build (mac)', RUN, 'pending'],
    ['not another job', {}, 'CI / test', RUN, 'pending'],
    ['not an older run', {}, 'CI / build', RUN - 1, 'pending'],
  ])('%s', async (_, setup, context, run, state) => {
    await using job = await start({ server: 'ghes', ...setup })
    putFrom(job, { run, job: null, server }, { [context]: 'pending' })
    expect((await job.stage('main')).outputs.state).toBe(state)
  })

  test('and otherwise has to be named in `ignore`, as the line that says what it waits for says', async () => {
    const inputs = { timeout_minutes: '0.02', interval_seconds: '0.1' }
    await using job = await start({ server: 'ghes', with: inputs })
    putFrom(job, { job: null, server }, { 'my gate': 'pending' })
    const { log } = await job.stage('main')
    expect(log).toMatch(/my gate.*`ignore`|`ignore`.*my gate/s)
  })
})

describe('on Gitea', () => {
  const gitea: Setup = { server: 'gitea', runNumber: 42 }

  test('neither ours counts, which links to the run by its number', async () => {
    await using job = await start(gitea)
    const target_url = `${page({ run: 42, job: null, server: 'https://git.example' })}`
    put(job, { 'CI / build': 'pending' }, { target_url })
    expect((await job.stage('main')).conclusion).toBe('success')
  })

  test.each([42, RUN])(
    'nor the one that the server publishes by itself, by run %i',
    async (run) => {
      await using job = await start(gitea)
      const target_url = `/${REPOSITORY}/actions/runs/${run}/jobs/0`
      put(job, { 'CI / build (push)': 'pending' }, { target_url })
      const { conclusion, outputs } = await job.stage('main')
      expect({ conclusion, count: outputs.total_count }).toEqual({
        conclusion: 'success',
        count: '1',
      })
    },
  )
})
