import { describe, expect, test } from '@jest/globals'
import { expectQuiet, expectSaid } from '../support/expect.ts'
import { putFrom } from '../support/history.ts'
import { JOB, JOB_LINK, LOOK, RUN, RUN_LINK, SHA, startJob, WRITE } from '../support/job.ts'

describe('a state', () => {
  test('is published once, in main, after one look', async () => {
    const inputs = { state: 'failure', context: 'scan', description: '3 findings' }
    await using job = await startJob({ with: inputs })
    const { pre, main, post } = await job.follow()
    expectQuiet(pre, main, post)
    const published = { sha: SHA, ...inputs, target_url: JOB_LINK }
    expect(job.published()).toEqual([published])
    expect(job.requests()).toEqual([LOOK, WRITE])
    const id = expect.stringMatching(/^\d+$/)
    expect(main.outputs).toMatchObject({ ...published, id, published: 'true' })
  })

  test.each([
    ['success', 'success', 'Successful'],
    ['neutral', 'success', 'Neutral'],
    ['failure', 'failure', 'Failed'],
    ['timed_out', 'failure', 'Timed out'],
    ['error', 'error', 'Error'],
    ['startup_failure', 'error', 'Failed to start'],
    ['stale', 'error', 'Stale'],
    ['pending', 'pending', 'Pending'],
    ['action_required', 'pending', 'Action required'],
    ['queued', 'pending', 'Queued'],
    ['requested', 'pending', 'Requested'],
    ['in_progress', 'pending', 'In progress'],
    ['waiting', 'pending', 'Waiting'],
    ['cancelled', 'error', 'Cancelled'],
    ['skipped', 'error', 'Skipped'],
    ['  SUCCESS ', 'success', 'Successful'],
  ])('of the word %s is %s', async (word, state, description) => {
    await using job = await startJob({ with: { state: word } })
    const { outputs } = await job.stage('main')
    expect(job.published()).toMatchObject([{ state, description }])
    expect(outputs).toMatchObject({ state, description })
  })

  test.each([
    ['cancelled', { cancelled_state: 'failure' }, 'failure'],
    ['cancelled', { cancelled_state: 'Success', skipped_state: 'error' }, 'success'],
    ['skipped', { skipped_state: 'pending' }, 'pending'],
    ['skipped', { skipped_state: 'success' }, 'success'],
    ['skipped', { cancelled_state: '', skipped_state: '' }, 'error'],
  ])('of the word %s with %j is %s', async (word, choice, state) => {
    await using job = await startJob({ with: { state: word, ...choice } })
    await job.stage('main')
    expect(job.published()).toMatchObject([{ state }])
  })

  test('tells how long it took since the newest pending of its execution', async () => {
    await using job = await startJob({ with: { state: 'success', context: 'span' } })
    const created_at = new Date(Date.now() - 133_000).toISOString().replace(/\.\d+/, '')
    putFrom(job, { run: RUN, job: JOB - 1 }, { span: 'pending' }, { created_at })
    await job.stage('main')
    expect(job.published()[0]?.description).toMatch(/^Successful in 2m 1\ds$/)
  })

  test('tells no time if only another run has a pending there', async () => {
    await using job = await startJob({ with: { state: 'success', context: 'span' } })
    putFrom(job, { run: RUN - 1 }, { span: 'pending' })
    await job.stage('main')
    expect(job.published()[0]?.description).toBe('Successful')
  })
})

describe('the link', () => {
  test.each(['x', '-1', '1e9', '1'.repeat(21)])(
    'of a job whose id is %s leads to the run',
    async (check_run_id) => {
      await using job = await startJob({ with: { state: 'success', check_run_id } })
      expect((await job.stage('main')).exitCode).toBe(0)
      expect(job.published()).toMatchObject([{ target_url: RUN_LINK }])
    },
  )

  test('of foreign letters is encoded', async () => {
    const target_url = 'https://example.com/naïve path'
    await using job = await startJob({ with: { state: 'success', target_url } })
    await job.stage('main')
    expect(job.published()).toMatchObject([{ target_url: 'https://example.com/na%C3%AFve%20path' }])
  })
})

describe('several names', () => {
  test('are published one after the other, each once', async () => {
    await using job = await startJob({ with: { state: 'success', context: 'one\n\nONE\ntwo' } })
    const { outputs } = await job.stage('main')
    expect(job.requests()).toEqual([LOOK, WRITE, WRITE])
    expect(outputs).toMatchObject({ context: 'one\ntwo', sha: `${SHA}\n${SHA}`, published: 'true' })
    expect(outputs.id?.split('\n')).toHaveLength(2)
  })

  test('of which one is refused: the rest is still tried, and its line is empty', async () => {
    const answer = { status: 422, body: { message: 'Validation Failed' } }
    await using job = await startJob({
      with: { state: 'success', context: 'one\ntwo' },
      faults: [{ method: 'POST', answer }],
    })
    const main = await job.stage('main')
    expectSaid(main, 'error', '"one"')
    expect(main.outputs).toMatchObject({ context: '\ntwo', sha: `\n${SHA}`, published: 'false' })
  })

  test('for which the token does not serve are tried once', async () => {
    await using job = await startJob({
      permissions: { statuses: 'read' },
      with: { state: 'success', context: 'one\ntwo' },
    })
    const main = await job.stage('main')
    expectSaid(main, 'error', 'statuses: write')
    expect(main.outputs).toMatchObject({ context: '\n', id: '\n', published: 'false' })
    expect(job.requests().filter((request) => request === WRITE)).toHaveLength(1)
  })

  test('of more than 100 are refused before any request, and `statuses` is named', async () => {
    const context = Array.from({ length: 101 }, (_, index) => `n${index}`).join('\n')
    await using job = await startJob({ with: { context } })
    const { main } = await job.follow()
    expectSaid(main, 'error', '`context`', '100', '`statuses`')
    expect(job.requests()).toEqual([])
  })
})
