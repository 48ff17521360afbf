import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { startSandbox } from '../../sandbox/api/server.ts'
import { createJob, type JobOptions, type RunOptions } from '../../sandbox/runner/stage-runner.ts'
import * as on from './events.ts'
import { cleanUp, EXAMPLES, play, ROOT, type Run, shown } from './play.ts'

/**
 * Where act differs from the real runner, the stage runner proves what users get. Each test first shows that act still
 * differs: the day it does not, the case belongs among the examples.
 */
afterAll(cleanUp)

const event = on.push()
const CHECK_RUN = 51_725_241_954
const LINK = `https://github.com/${event.repository}/actions/runs/1658821493/job/${CHECK_RUN}`

async function act(
  name: string,
  run: Omit<Run, 'event' | 'shows' | 'jobs'>,
  text?: string,
): Promise<string[]> {
  return (await play(name, { event, shows: [], jobs: {}, ...run }, text)).shows
}

/** What the commit shows after a job, each line with its link. */
async function stages(
  job: Partial<JobOptions> & { inputs?: Record<string, string> },
  run: RunOptions,
): Promise<string[]> {
  const { inputs = {}, ...options } = job
  const token = 'ghs_ThisIsTheTokenOfTheWorkflowTests0002'
  const sandbox = await startSandbox()
  sandbox.github.repository(event.repository, { commits: [event.head] })
  sandbox.github.token(token)
  const { repository, sha } = event
  const defaults = {
    action: ROOT,
    event,
    repository,
    sha,
    apiUrl: sandbox.url,
    token,
    job: 'test',
    checkRunId: CHECK_RUN,
  }
  const created = createJob({ ...defaults, ...options })
  Object.assign(created.contexts.inputs, inputs)
  try {
    await created.run(run)
    return sandbox.github
      .statuses(repository, sha)
      .reverse()
      .map((status) => shown(status, LINK))
  } finally {
    created.remove()
    await sandbox.close()
  }
}

/** The inner step of the wrapper in examples/composite. */
const wrapped: { with: Record<string, string> } = parse(
  readFileSync(join(EXAMPLES, 'composite/action.yml'), 'utf8'),
).runs.steps[0]

describe('what act does otherwise than the real runner, and the stage runner proves', () => {
  test.concurrent('post runs after a skipped main', async () => {
    const change = {
      '- uses: OWNER/commit-status@v1': '- uses: OWNER/commit-status@v1\n        if: false',
    }
    expect(await act('follow.yml', { change })).toEqual(['pending | CI / test | In progress'])
    expect(await stages({}, { main: false })).toEqual([
      'pending | CI / test | In progress',
      'success | CI / test | Successful in <time>',
    ])
  })

  test.concurrent('post runs where a step before has failed, and main was skipped for it', async () => {
    const change = {
      '- uses: OWNER/commit-status@v1': '- run: exit 1\n      - uses: OWNER/commit-status@v1',
    }
    expect(await act('follow.yml', { change })).toEqual(['pending | CI / test | In progress'])
    expect(await stages({}, { main: false, jobStatus: 'failure' })).toEqual([
      'pending | CI / test | In progress',
      'failure | CI / test | Failed after <time>',
    ])
  })

  test.concurrent('job.status inside a composite is the job’s', async () => {
    const change = { 'echo "your build and your tests"': 'exit 1' }
    const shows = await act('composite.yml', { change })
    expect(shows.filter((line) => !line.startsWith('pending')).sort()).toEqual([
      'success | platform / api | Successful in <time>',
      'success | platform / web | Successful in <time>',
    ])
    const inputs = { component: 'api', description: '', sha: 'event' }
    expect(await stages({ with: wrapped.with, inputs }, { jobStatus: 'failure' })).toEqual([
      'pending | platform / api | In progress',
      'failure | platform / api | Failed after <time>',
    ])
    expect(
      await stages({ with: wrapped.with, inputs }, { pre: false, jobStatus: 'failure' }),
    ).toEqual([
      'pending | platform / api | In progress',
      'failure | platform / api | Failed after <time>',
    ])
  })

  test.concurrent('a composite knows the matrix', async () => {
    const text = `
      name: CI
      on: push
      jobs:
        test:
          strategy: { matrix: { node: [20, 24] } }
          runs-on: ubuntu-latest
          permissions: { statuses: write }
          steps:
            - uses: OWNER/team-status@v1`
    const change = { 'context: platform / ${{ inputs.component }}': "context: ''" }
    const shows = await act(
      'matrix-in-composite.yml',
      { change, changed: 'composite/action.yml' },
      text,
    )
    expect(new Set(shows.map((line) => line.split(' | ')[1]))).toEqual(new Set(['CI / test']))
    expect(await stages({ with: { context: '' }, matrix: { node: 24 } }, {})).toEqual([
      'pending | CI / test (24) | In progress',
      'success | CI / test (24) | Successful in <time>',
    ])
  })

  test.concurrent('the link leads to the job, whose id act does not give', async () => {
    expect(await act('follow.yml', {})).toEqual([
      'pending | CI / test | In progress',
      'success | CI / test | Successful in <time>',
    ]) // without a link in these lines: that of the run
    expect((await stages({}, {})).every((line) => !line.includes('https:'))).toBe(true)
    expect((await stages({ checkRunId: 7 }, {})).every((line) => line.endsWith('/job/7'))).toBe(
      true,
    )
  })

  test.concurrent('a cancelled job is settled', async () => {
    expect(await stages({}, { main: false, jobStatus: 'cancelled' })).toEqual([
      'pending | CI / test | In progress',
      'error | CI / test | Cancelled after <time>',
    ])
  })
})
