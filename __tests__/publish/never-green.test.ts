import { describe, expect, test } from '@jest/globals'
import { expectSaid } from '../support/expect.ts'
import { answers, refused } from '../support/faults.ts'
import { HEAD, REPOSITORY, SHA, startJob } from '../support/job.ts'

const late = (name: string, before: string) => `\${{ steps.late.outputs.${name} || '${before}' }}`

type Outputs = Record<string, string>

/** Runs pre, then a step with these outputs, then main and post of a job that succeeds. */
async function runLate(job: Awaited<ReturnType<typeof startJob>>, outputs: Outputs) {
  await job.stage('pre')
  job.contexts.steps.late = { outputs }
  const main = await job.stage('main')
  job.contexts.job.status = 'success'
  return { main, post: await job.stage('post') }
}

describe("the job's success does not replace what main was asked for", () => {
  test('a roll-up that could not be published', async () => {
    const inputs = { needs: late('needs', 'none'), fail_on_error: 'false' }
    await using job = await startJob({ with: inputs })
    await job.stage('pre')
    job.sandbox.fault(refused)
    job.contexts.steps.late = { outputs: { needs: '{"test":{"result":"failure"}}' } }
    expectSaid(await job.stage('main'), 'warning', 'Problems parsing JSON')
    await job.stage('post')
    expect(job.shown()).toEqual({ 'CI / build': 'error' })
  })

  test('a list, which closes what pre opened under its names', async () => {
    await using job = await startJob({ with: { statuses: late('list', 'none') } })
    await runLate(job, { list: '[{"context":"CI / build","state":"failure"}]' })
    expect(job.shown()).toEqual({ 'CI / build': 'failure' })
  })

  test.each([
    ['a list', { list: '[{"context":"other","state":"failure"}]' }],
    ['an empty list', { list: '[]' }],
    ['a state', { state: 'failure', context: 'other' }],
  ])('%s under another name: what pre opened becomes an error', async (_, outputs) => {
    const state = { state: late('state', 'job'), context: late('context', 'job') }
    await using job = await startJob({ with: { ...state, statuses: late('list', 'none') } })
    await runLate(job, outputs)
    expect(job.shown()).toMatchObject({ 'CI / build': 'error' })
  })

  test('a state on another commit: what pre opened becomes an error that names it', async () => {
    const inputs = { sha: late('sha', 'event'), state: late('state', 'job') }
    await using job = await startJob({ with: inputs })
    await runLate(job, { sha: HEAD, state: 'failure' })
    expect(job.shown()).toEqual({ 'CI / build': 'error' })
    expect(job.history()[0]?.description).toContain(`${REPOSITORY}@${HEAD.slice(0, 7)}`)
    expect(job.shown(HEAD)).toEqual({ 'CI / build': 'failure' })
  })
})

test('a list with one name twice on the head of a pull request is refused before any write', async () => {
  const entries = [
    { context: 'a', state: 'failure' },
    { context: 'a', state: 'success', sha: HEAD },
  ]
  const inputs = { pull_request: '5', statuses: JSON.stringify(entries) }
  await using job = await startJob({ declared: { pulls: { 5: { head: HEAD } } }, with: inputs })
  expectSaid(await job.stage('main'), 'error', '`statuses[1].context`', 'same commit')
  expect(job.published()).toEqual([])
})

test('a list without its own commit publishes what has a commit, and names the rest', async () => {
  const entries = [
    { context: 'mine', state: 'success' },
    { context: 'theirs', state: 'success', sha: HEAD },
  ]
  const inputs = { pull_request: '77', statuses: JSON.stringify(entries) }
  await using job = await startJob({ with: inputs })
  const main = await job.stage('main')
  expectSaid(main, 'error', '`pull_request`', '"mine"')
  expect(job.published()).toMatchObject([{ context: 'theirs', sha: HEAD }])
})

describe('post says what main did not', () => {
  test('another name fails for another reason', async () => {
    await using job = await startJob({ with: { context: 'a\nb' } })
    await job.stage('pre')
    const full = { message: 'This SHA and context has reached the maximum number of statuses.' }
    job.sandbox.fault({ method: 'POST', times: 9, ...answers(422, full) })
    expectSaid(await job.stage('post'), 'error', '"a"', '"b"', '1000 statuses')
  })

  test('a look that cannot be read, with a date at the end of time, keeps nothing back', async () => {
    const headers = { date: 'Sat, 13 Sep 275760 00:00:00 GMT', 'retry-after': '1000' }
    await using job = await startJob()
    await job.stage('pre')
    job.sandbox.fault({ method: 'GET', ...answers(429, { message: 'later' }, headers) })
    expect((await job.stage('post')).exitCode).toBe(0)
    expect(job.shown()).toEqual({ 'CI / build': 'success' })
  })
})

test('an answer that pre lost is not written again by main', async () => {
  const down = answers(503, { message: 'x' }, { 'retry-after': '100' })
  await using job = await startJob({
    faults: [
      { method: 'POST', resetAfter: true },
      { method: 'GET', ...down },
      { method: 'POST', ...down },
    ],
  })
  await job.stage('pre')
  expect((await job.stage('main')).outputs.published).toBe('true')
  expect(job.history()).toHaveLength(1)
})

describe('state stays small enough for the later stages to start', () => {
  test.each([
    ['a link of 130 kB', { target_url: `https://ci.example/${'a'.repeat(130_000)}` }, /target_url/],
    ['names of over 50 kB', { context: many(100, '漢'.repeat(200)) }, /context.*statuses/s],
  ])('%s', async (_, inputs, message) => {
    await using job = await startJob({ with: inputs })
    const { pre } = await job.follow()
    expect(pre.log).toMatch(message)
    expect(Buffer.byteLength(job.state.memory ?? '')).toBeLessThan(60_000)
  })
})

function many(count: number, name: string): string {
  return Array.from({ length: count }, (_, index) => `${index}${name}`).join('\n')
}

describe('hostile inputs take no time', () => {
  test.each([
    ['a matrix of 25,000 values', { matrix: JSON.stringify(Array(25_000).fill('ab')) }],
    ['JSON of 60,000 levels', { statuses: '['.repeat(60_000) + ']'.repeat(60_000) }],
  ])('%s', async (_, inputs) => {
    await using job = await startJob({ with: { context: 'a'.repeat(100_000), ...inputs } })
    const { main } = await job.follow()
    for (const { durationMs } of job.results) expect(durationMs).toBeLessThan(10_000)
    expect(main.log).not.toContain('please report')
  })
})

test('the own token helps out in a repository that is written in another case', async () => {
  const given = 'ghp_0123456789abcdefghijklmnopqrstuvwxyzAB'
  const inputs = { repository: REPOSITORY.toUpperCase(), token: given }
  await using job = await startJob({ with: inputs })
  job.sandbox.github.token(given)
  await job.stage('pre')
  job.sandbox.fault({ times: 2, ...answers(401, { message: 'Bad credentials' }) })
  await job.stage('post')
  expect(job.shown(SHA)).toEqual({ 'CI / build': 'success' })
})

test('a token that cannot read pull requests is not taken for a read-only one', async () => {
  const event = {
    name: 'issue_comment',
    payload: { issue: { number: 5, pull_request: {} }, pull_request: {} },
  }
  await using job = await startJob({ event, with: { state: 'success' }, actor: 'dependabot[bot]' })
  job.sandbox.fault(answers(403, { message: 'Resource not accessible by integration' }))
  expectSaid(await job.stage('main'), 'error', 'pull-requests: read')
})
