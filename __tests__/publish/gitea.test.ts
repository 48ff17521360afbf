import { describe, expect, test } from '@jest/globals'
import { expectQuiet, expectSaid, said } from '../support/expect.ts'
import { page } from '../support/history.ts'
import { REPOSITORY, type Setup, SHA, startJob } from '../support/job.ts'

const follow = { job_status: `\${{ job.status }}` }
const gitea: Setup = { server: 'gitea', runNumber: 42 }

describe('Gitea and Forgejo', () => {
  test.each(['success', 'failure'] as const)('follow a job to its %s', async (jobStatus) => {
    await using job = await startJob({ ...gitea, matrix: { node: 20 }, with: follow })
    const { pre, main, post } = await job.follow(jobStatus)
    expectQuiet(pre, main, post)
    expect(main.outputs).toMatchObject({ published: 'true', id: '1' })
    expect(job.published()).toMatchObject([
      { context: 'CI / build (20)', state: 'pending' },
      { context: 'CI / build (20)', state: jobStatus },
    ])
  })

  test('freeze a default: the job’s status has to be given, and nothing is left pending', async () => {
    await using job = await startJob(gitea)
    expectSaid((await job.follow()).main, 'error', `\`job_status: \${{ job.status }}\``)
    expect(job.requests()).toEqual([])
  })

  test.each([{}, { composite: '/w/composite' }])(
    'ask for it only if a job is followed, not if the state comes from a step: %j',
    async (setup) => {
      await using job = await startJob({ ...gitea, ...setup, with: { state: `\${{ env.LATE }}` } })
      expectQuiet(await job.stage('pre'))
      job.contexts.env.LATE = 'failure'
      expectQuiet(await job.stage('main'))
      expect(job.shown()).toEqual({ 'CI / build': 'failure' })
    },
  )

  test('need a name for a workflow without one: two of them would share it', async () => {
    const unnamed = { ...gitea, workflow: '', env: { GITHUB_WORKFLOW_REF: '' } }
    await using job = await startJob({ ...unnamed, with: follow })
    expectSaid((await job.follow()).main, 'error', '`context`', '`name:`')
    expect(job.requests()).toEqual([])

    const statuses = '[{"context":"a","state":"success"}]'
    for (const inputs of [{ ...follow, context: 'mine' }, { statuses }]) {
      await using named = await startJob({ ...unnamed, with: inputs })
      expectQuiet(...Object.values(await named.follow()))
    }
  })

  test('take their own statuses in a list, whose links have no host and whose state can be `warning`', async () => {
    const target_url = `/${REPOSITORY}/actions/runs/5/jobs/0`
    const statuses = JSON.stringify([{ context: 'a', state: 'warning', target_url }])
    await using job = await startJob({ ...gitea, with: { statuses } })
    expectQuiet(await job.stage('main'))
    const whole = `https://git.example${target_url}`
    expect(job.published()).toMatchObject([{ state: 'failure', target_url: whole }])
    await using other = await startJob({ with: { statuses } })
    expectSaid(await other.stage('main'), 'error', 'statuses[0].state', 'statuses[0].target_url')
  })

  test('publish a state once without it', async () => {
    await using job = await startJob({ ...gitea, with: { state: 'failure' } })
    expectQuiet(...Object.values(await job.follow()))
    expect(job.shown()).toEqual({ 'CI / build': 'failure' })
  })

  test('link to the page of the run by its number, not by the id that counts over all repositories', async () => {
    await using job = await startJob({ ...gitea, with: follow })
    await job.follow()
    const run = `https://git.example/${REPOSITORY}/actions/runs/42`
    for (const { target_url } of job.published()) {
      expect(target_url).toMatch(new RegExp(`^${run}(\\?by_index=1)?(#follows)?$`))
    }
  })

  test('take a job inside a composite for successful: following it is refused, and the way out named', async () => {
    await using job = await startJob({ ...gitea, with: follow, composite: '/w/composite' })
    const main = await job.stage('main')
    await job.stage('post')
    expectSaid(main, 'error', 'composite', '`state`')
    expect(job.requests()).toEqual([])
  })

  test('publish once inside a composite', async () => {
    await using job = await startJob({ ...gitea, with: { state: 'error' }, composite: '/w/c' })
    expectQuiet(await job.stage('main'))
    expect(job.shown()).toEqual({ 'CI / build': 'error' })
  })

  test('revoke the token of a cancelled job before post: it is said, and does not fail', async () => {
    await using job = await startJob({ ...gitea, with: follow })
    await job.stage('pre')
    await job.stage('main')
    job.sandbox.github.token(job.contexts.github.token as string, { lifetime: -1 })
    job.contexts.job.status = 'cancelled'
    const post = await job.stage('post')
    expect(post.exitCode).toBe(0)
    expect(post.log).toMatch(/token/)
  })

  test('show %0A in a warning: each is one line', async () => {
    const inputs = { ...follow, sha: 'main', target_url: 'x', cancelled_state: 'y' }
    await using job = await startJob({ ...gitea, with: inputs })
    const main = await job.stage('main')
    expect(said(main)).toHaveLength(1)
    expect(main.stdout).not.toContain('%0A')
  })

  test('compare names with case: a status in other letters is another one', async () => {
    const inputs = { state: 'success', context: 'ci' }
    await using job = await startJob({ ...gitea, with: inputs, statuses: { CI: 'failure' } })
    await job.stage('main')
    expect(job.shown()).toEqual({ CI: 'failure', ci: 'success' })
  })
})

describe('GitHub Enterprise Server', () => {
  test('has its own address and links, and no id of the job', async () => {
    await using job = await startJob({ server: 'ghes' })
    expectQuiet(...Object.values(await job.follow()))
    for (const request of job.requests()) expect(request).toContain(' /api/v3/repos/')
    const target_url = page({ job: null, server: 'https://ghe.example' })
    const pending = { sha: SHA, target_url: `${target_url}#follows` }
    expect(job.published()).toMatchObject([pending, { target_url }])
  })

  test('names the attempt of a re-run in the link of the run', async () => {
    await using job = await startJob({ server: 'ghes', runAttempt: 3, with: { state: 'success' } })
    await job.stage('main')
    const target_url = page({ job: null, server: 'https://ghe.example', attempt: 3 })
    expect(job.published()).toMatchObject([{ target_url }])
  })
})
