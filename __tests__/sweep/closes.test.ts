import { describe, expect, test } from '@jest/globals'
import { expectSaid, json } from '../support/expect.ts'
import { many, put } from '../support/history.ts'
import { HEAD } from '../support/job.ts'
import { END, ended, JOB, leave, RUN, runPage, start } from './swept.ts'

describe('closes', () => {
  test('what the run has left pending, and says so', async () => {
    await using job = await start()
    leave(job, 'CI / build')
    const result = await job.stage('main')
    expect(result).toMatchObject({
      conclusion: 'success',
      outputs: { swept: '1', contexts: '["CI / build"]' },
    })
    expect(job.published()).toEqual([
      {
        sha: HEAD,
        context: 'CI / build',
        state: 'error',
        description: expect.stringMatching(/never reported.*cancelled/),
        target_url: JOB,
      },
    ])
  })

  test.each([
    ['failure', 'failure'],
    ['cancelled', 'error'],
    ['timed_out', 'error'],
    ['startup_failure', 'error'],
    ['stale', 'error'],
    ['action_required', 'error'],
    ['neutral', 'error'],
    ['skipped', 'error'],
  ])('after %s: %s', async (conclusion, state) => {
    await using job = await start({ event: ended(conclusion) })
    leave(job, 'ci')
    await job.stage('main')
    expect(job.published()).toMatchObject([
      { state, description: expect.stringContaining(`: ${conclusion}`) },
    ])
  })

  test.each([
    ['the page of the run', runPage(RUN)],
    ['the page of an attempt', `${runPage(RUN)}/attempts/1`],
    ['the page of a job', JOB],
    ['with a query', `${JOB}?pr=3`],
    ['with a fragment', `${JOB}#step:3:1`],
    ['in another case', JOB.replace('octo-org', 'Octo-Org')],
  ])('what links to the run: %s', async (_, link) => {
    await using job = await start()
    leave(job, 'ci', { link })
    expect((await job.stage('main')).outputs.swept).toBe('1')
  })

  test('each of many, on all pages', async () => {
    await using job = await start()
    put(job, many(120), {}, HEAD)
    for (const context of ['a', 'b', 'c']) leave(job, context)
    const result = await job.stage('main')
    expect(json<string[]>(result, 'contexts').sort()).toEqual(['a', 'b', 'c'])
    expect(job.published()).toHaveLength(3)
  })

  test('the very second in which the run ended', async () => {
    await using job = await start()
    leave(job, 'ci', { at: END })
    expect((await job.stage('main')).outputs.swept).toBe('1')
  })
})

describe('what is refused', () => {
  test('a read-only token: one sentence with what helps, and one attempt', async () => {
    await using job = await start({ permissions: { statuses: 'read' } })
    for (const context of ['a', 'b', 'c']) leave(job, context)
    const result = await job.stage('main')
    expect(result).toMatchObject({ conclusion: 'failure', outputs: { swept: '0', contexts: '[]' } })
    expectSaid(result, 'error', 'statuses: write')
    expect(job.requests().filter((request) => request.startsWith('POST'))).toHaveLength(1)
  })

  test('one is refused: the rest is settled all the same', async () => {
    await using job = await start()
    for (const context of ['a', 'b', 'c']) leave(job, context)
    const body = {
      message: 'Validation Failed',
      errors: 'Validation failed: This SHA and context has reached the maximum number of statuses.',
    }
    job.sandbox.fault({ method: 'POST', after: 1, answer: { status: 422, body } })
    const result = await job.stage('main')
    expect(result).toMatchObject({ conclusion: 'failure', outputs: { swept: '2' } })
    expect(json<string[]>(result, 'contexts').sort()).toEqual(['a', 'c'])
    expectSaid(result, 'error', '"b"', '1,000')
  })

  test('a failing server is given time', async () => {
    await using job = await start()
    leave(job, 'ci')
    job.sandbox.fault({ method: 'POST', answer: { status: 502, body: '' } })
    expect((await job.stage('main')).outputs.swept).toBe('1')
  })

  test('a commit that is not there', async () => {
    await using job = await start({ with: { sha: 'f'.repeat(40) } })
    const result = await job.stage('main')
    expect(result).toMatchObject({ conclusion: 'failure', outputs: { swept: '0' } })
    expectSaid(result, 'error', 'fffffff')
  })
})
