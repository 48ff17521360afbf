import { describe, expect, test } from '@jest/globals'
import { expectQuiet, expectSaid, said } from '../support/expect.ts'
import { SHA, startJob } from '../support/job.ts'

/** The inputs for which empty is not the default, and the value to write if the default is meant. */
const STRICT: [name: string, meant: RegExp][] = [
  ['context', /\|\| 'job'/],
  ['sha', /\|\| 'event'/],
  ['pull_request', /\|\| 'none'/],
  ['needs', /\|\| 'none'/],
  ['statuses', /\|\| 'none'/],
  ['state', /\|\| 'job'/],
  ['repository', /github\.repository/],
  ['api_url', /github\.api_url/],
]

describe.each(STRICT)('`%s` that an expression leaves empty', (name, meant) => {
  const inputs = { [name]: `\${{ steps.mistyped.outputs.value }}` }

  test('opens nothing in pre, and is an error in main that names the way out', async () => {
    await using job = await startJob({ with: inputs })
    const { pre, main, post } = await job.follow()
    expect(pre.exitCode).toBe(0)
    expectSaid(main, 'error', `\`${name}\``, 'empty', meant)
    expect(main.outputs.published).toBe('false')
    expect(post.exitCode).toBe(0)
    expect(job.requests()).toEqual([])
  })
})

describe('an empty `sha`', () => {
  const inputs = { sha: `\${{ steps.mistyped.outputs.value }}` }

  test('or one of spaces alone is an error', async () => {
    await using job = await startJob({ with: { sha: ' ' } })
    expectSaid(await job.stage('main'), 'error', '`sha`', 'empty')
  })

  test('is an error although `fail_on_error` is false', async () => {
    await using job = await startJob({ with: { ...inputs, fail_on_error: 'false' } })
    expect((await job.stage('main')).exitCode).toBe(1)
  })

  test('is no error if the step is switched off', async () => {
    await using job = await startJob({ with: { ...inputs, enabled: 'false' } })
    expectQuiet(...Object.values(await job.follow()))
  })
})

test('a wrapper that passes the strict ones through with our defaults follows the job', async () => {
  const inputs = {
    context: 'job',
    sha: 'event',
    pull_request: 'none',
    needs: 'none',
    statuses: 'none',
    state: 'job',
  }
  const addresses = { repository: `\${{ github.repository }}`, api_url: `\${{ github.api_url }}` }
  await using job = await startJob({ with: { ...inputs, ...addresses } })
  expectQuiet(...Object.values(await job.follow()))
  expect(job.shown()).toEqual({ 'CI / build': 'success' })
})

test('a wrapper that passes the others through empty follows the job', async () => {
  const names = 'description target_url token cancelled_state skipped_state fail_on_error enabled'
  const empty = names.split(' ').map((name) => [name, `\${{ inputs.${name} }}`])
  await using job = await startJob({ with: Object.fromEntries(empty) })
  expectQuiet(...Object.values(await job.follow('cancelled')))
  expect(job.published()).toMatchObject([
    { sha: SHA, context: 'CI / build', state: 'pending' },
    { sha: SHA, context: 'CI / build', state: 'error' },
  ])
})

describe('`job_status`, which the runner fills in', () => {
  test('that is empty in pre and main opens nothing, and main says what to write', async () => {
    await using job = await startJob({ with: { job_status: '' } })
    const { main } = await job.follow()
    expectSaid(main, 'error', `\`job_status: \${{ job.status }}\``)
    expect(job.requests()).toEqual([])
  })

  test('can be empty if a state is published once', async () => {
    await using job = await startJob({ with: { job_status: '', state: 'success' } })
    const main = await job.stage('main')
    expect(said(main)).toEqual([])
    expect(job.shown()).toEqual({ 'CI / build': 'success' })
  })
})
