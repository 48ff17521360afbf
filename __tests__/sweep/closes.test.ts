import { describe, expect, test } from '@jest/globals'
import { expectQuiet } from '../support/expect.ts'
import { many, page, put } from '../support/history.ts'
import { HEAD, type Setup, SHA } from '../support/job.ts'
import { closed, END, ENDED, ENDED_JOB, ended, leave, startSweep } from '../support/run-777.ts'

describe('closes', () => {
  test('what the run has left pending, and says so', async () => {
    await using job = await startSweep()
    leave(job, 'CI / build')
    const result = await job.stage('main')
    expectQuiet(result)
    expect(result.outputs).toEqual({ swept: '1', contexts: '["CI / build"]' })
    expect(job.published()).toEqual([
      {
        sha: HEAD,
        context: 'CI / build',
        state: 'error',
        description: 'The job never reported; its run ended: cancelled',
        target_url: ENDED_JOB,
      },
    ])
    expect(result.log).toContain('Closed "CI / build" on octo-org/octo-repo@aaaaaaa: error')
    expect(result.log).toContain('Closed 1 of 1 statuses that run 777 left pending.')
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
  ])('after %s as %s', async (conclusion, state) => {
    await using job = await startSweep({ event: ended(conclusion) })
    leave(job, 'ci')
    await job.stage('main')
    const description = expect.stringContaining(`: ${conclusion}`)
    expect(job.published()).toMatchObject([{ state, description }])
  })

  test.each([
    ['the page of the run', page({ run: ENDED })],
    ['the page of an attempt', `${page({ run: ENDED })}/attempts/1`],
    ['the page of a job', ENDED_JOB],
    ['the page of a job of a later attempt', page({ run: ENDED, job: 50, attempt: 2 })],
    ['a job that passed while another one of its name ran', `${ENDED_JOB}#passed`],
    ['a followed job of a later attempt', `${ENDED_JOB}#attempt-2,follows`],
    ['a page with a query', `${ENDED_JOB}?pr=3`],
    ['a page with a fragment', `${ENDED_JOB}#step:3:1`],
    ['a page in another case', ENDED_JOB.replace('octo-org', 'Octo-Org')],
  ])('what links to %s', async (_, link) => {
    await using job = await startSweep()
    leave(job, 'ci', { link })
    expect((await job.stage('main')).outputs.swept).toBe('1')
  })

  test('each of many, on all pages', async () => {
    await using job = await startSweep()
    put(job, many(120), {}, HEAD)
    for (const context of ['a', 'b', 'c']) leave(job, context)
    expect(closed(await job.stage('main'))).toEqual(['a', 'b', 'c'])
    expect(job.published()).toHaveLength(3)
  })

  test('what came in the very second in which the run ended', async () => {
    await using job = await startSweep()
    leave(job, 'ci', { at: END })
    expect((await job.stage('main')).outputs.swept).toBe('1')
  })

  test.each([
    ['links to its own runs', page({ run: ENDED, repository: 'other/place' })],
    ["links to this repository's run", ENDED_JOB],
  ])('in another repository, what %s', async (_, target_url) => {
    await using job = await startSweep({ with: { repository: 'other/place' } })
    const { github } = job.sandbox
    github.repository('other/place', { commits: [HEAD] })
    const created_at = '2026-11-20T09:50:00Z'
    github.publish('other/place', HEAD, { context: 'ci', state: 'pending', target_url, created_at })
    expect((await job.stage('main')).outputs.swept).toBe('1')
  })

  test('on the commit of `sha`, if the run published there, and only there', async () => {
    await using job = await startSweep({ with: { sha: SHA } })
    leave(job, 'on the head')
    const created_at = '2026-11-20T09:50:00Z'
    put(job, { deploy: 'pending' }, { target_url: ENDED_JOB, created_at }, SHA)
    expect(closed(await job.stage('main'))).toEqual(['deploy'])
    expect(job.shown(HEAD)).toEqual({ 'on the head': 'pending' })
  })
})

describe('on other servers', () => {
  test('GitHub Enterprise Server: what links to the run there', async () => {
    await using job = await startSweep({ server: 'ghes' })
    leave(job, 'ci', { link: page({ run: ENDED, server: 'https://ghe.example' }) })
    leave(job, 'elsewhere')
    expect(closed(await job.stage('main'))).toEqual(['ci'])
  })

  const gitea: Setup = { server: 'gitea' }
  const runs = 'https://git.example/octo-org/octo-repo/actions/runs'

  test('Gitea: what links to the number of the run', async () => {
    await using job = await startSweep(gitea)
    leave(job, 'ci', { link: `${runs}/12?by_index=1` })
    leave(job, 'a re-run', { link: `${runs}/12?by_index=1#attempt-2` })
    leave(job, 'another run', { link: `${runs}/13?by_index=1` })
    leave(job, 'a page without `by_index`', { link: `${runs}/${ENDED}` })
    leave(job, "Gitea's own", { link: '/octo-org/octo-repo/actions/runs/12/jobs/0' })
    expect(closed(await job.stage('main'))).toEqual(['a re-run', 'ci'])
  })

  test('Gitea: the number is given by hand', async () => {
    const inputs = { run_id: '12', sha: HEAD, conclusion: 'failure' }
    await using job = await startSweep({ ...gitea, with: inputs })
    leave(job, 'ci', { link: `${runs}/12?by_index=1` })
    expect(closed(await job.stage('main'))).toEqual(['ci'])
    expect(job.shown(HEAD)).toEqual({ ci: 'failure' })
  })
})
