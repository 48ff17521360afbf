import { describe, expect, test } from '@jest/globals'
import { json, messages } from '../support/expect.ts'
import { HEAD, REPOSITORY, type Setup } from '../support/job.ts'
import { AFTER, ended, JOB, leave, RUN, runPage, start, stateOf } from './swept.ts'

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
    expect(messages(result)).toEqual([
      expect.stringMatching(
        `^The event "${name}" names no run that has ended: .*types: \\[completed\\].*run_id`,
      ),
    ])
    expect(job.requests()).toEqual([])
  })

  test('wrong inputs are all named', async () => {
    await using job = await start({
      ...night,
      with: { run_id: '7.5', sha: 'main', conclusion: 'lost', api_url: 'x' },
    })
    const result = await job.stage('main')
    expect(messages(result).map((line) => line.replace(/: expected .*/, ''))).toEqual([
      'Input `api_url` is "x"',
      'Input `run_id` is "7.5"',
      'Input `sha` is "main"',
      'Input `conclusion` is "lost"',
    ])
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
  test.each<[string, Setup, string]>([
    [
      'GitHub Enterprise Server',
      { server: 'ghes', serverUrl: 'https://ghe.example' },
      'https://ghe.example',
    ],
    [
      'Gitea',
      {
        base: '/api/v1',
        github: { dialect: 'gitea' },
        gitea: true,
        serverUrl: 'https://git.example',
      },
      'https://git.example',
    ],
  ])('%s', async (_, setup, server) => {
    await using job = await start(setup)
    leave(job, 'ci', {
      link: RUN_LINK.replace('https://github.com', server).replace(/\d+$/, String(RUN)),
    })
    leave(job, 'its own', { link: `/${REPOSITORY}/actions/runs/${RUN}/jobs/0` })
    expect(json(await job.stage('main'), 'contexts')).toEqual(['ci'])
  })
})
