import { describe, expect, test } from '@jest/globals'
import { expectSaid, json } from '../support/expect.ts'
import { page } from '../support/history.ts'
import { HEAD, REPOSITORY, type Setup } from '../support/job.ts'
import { AFTER, BEFORE, ended, JOB, leave, RUN, runPage, start, stateOf } from './swept.ts'

describe('which run', () => {
  const night: Setup = { event: { name: 'schedule', payload: { schedule: '0 3 * * *' } } }

  test('given by hand, on a schedule', async () => {
    await using job = await start({
      ...night,
      with: { run_id: String(RUN), sha: HEAD, conclusion: 'failure' },
    })
    leave(job, 'ci', { at: AFTER })
    expect((await job.stage('main')).outputs).toMatchObject({ swept: '1', contexts: '["ci"]' })
    expect(stateOf(job, 'ci')).toBe('failure')
  })

  test.each([
    ['push', {}],
    ['schedule', {}],
    ['workflow_run', { action: 'requested', workflow_run: ended().payload.workflow_run }],
  ])('%s names none: a clear error, before any request', async (name, payload) => {
    await using job = await start({ event: { name, payload } })
    const result = await job.stage('main')
    expect(result).toMatchObject({ conclusion: 'failure', outputs: {} })
    expectSaid(result, 'error', `"${name}"`, 'completed', '`run_id`')
    expect(job.requests()).toEqual([])
  })

  test.each([
    ['links to its own runs', runPage(RUN, 'other/place')],
    ["links to this repository's run", JOB],
  ])('in another repository, which %s', async (_, target_url) => {
    await using job = await start({ with: { repository: 'other/place' } })
    job.sandbox.github.repository('other/place', { commits: [HEAD] })
    job.sandbox.github.publish('other/place', HEAD, {
      context: 'ci',
      state: 'pending',
      target_url,
      created_at: BEFORE,
    })
    expect((await job.stage('main')).outputs.swept).toBe('1')
  })
})

describe('other servers', () => {
  test('GitHub Enterprise Server', async () => {
    await using job = await start({ server: 'ghes' })
    leave(job, 'ci', { link: page({ run: RUN, server: 'https://ghe.example' }) })
    expect(json(await job.stage('main'), 'contexts')).toEqual(['ci'])
  })

  test('Gitea, where a run is its number: neither its id nor the server’s own statuses are meant', async () => {
    await using job = await start({ server: 'gitea' })
    const pageOf = (run: number) => page({ run, server: 'https://git.example' })
    leave(job, 'ci', { link: pageOf(42) })
    leave(job, 'again', { link: `${pageOf(42)}?by_index=1` })
    leave(job, 'another', { link: pageOf(43) })
    leave(job, 'its own', { link: `/${REPOSITORY}/actions/runs/42/jobs/0` })
    expect(json<string[]>(await job.stage('main'), 'contexts').sort()).toEqual(['again', 'ci'])
  })
})
