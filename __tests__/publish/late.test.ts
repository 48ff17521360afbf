import { describe, expect, test } from '@jest/globals'
import { expectQuiet, expectSaid } from '../support/expect.ts'
import { answers } from '../support/faults.ts'
import { HEAD, JOB_LINK, LOOK, type Setup, startJob, type TestJob, WRITE } from '../support/job.ts'

const LINK = 'https://example.com/report'
/** A value that a step between main and post puts out. */
const late = (name: string) => `\${{ steps.late.outputs.${name} }}`

/** Runs pre and main, then a step with the id `late`, then post. */
async function endWith(job: TestJob, outputs: Record<string, string>) {
  if (job.results.length === 0) await job.stage('pre')
  await job.stage('main')
  job.contexts.steps.late = { outputs }
  return job.stage('post')
}

const texts: Setup = { with: { description: late('text'), target_url: late('link') } }

describe('texts', () => {
  test('of a later step', async () => {
    await using job = await startJob(texts)
    expectQuiet(await endWith(job, { text: '97 % covered', link: LINK }))
    expect(job.published()).toMatchObject([
      { description: 'In progress', target_url: `${JOB_LINK}#follows` },
      { state: 'success', description: '97 % covered', target_url: LINK },
    ])
  })

  test('from before serve if nothing arrives; meanwhile the link leads to the job', async () => {
    const env = { TEXT: 'Deploying', LINK }
    const inputs = { description: `\${{ env.TEXT }}`, target_url: `\${{ env.LINK }}` }
    await using job = await startJob({ with: inputs, env })
    await job.stage('pre')
    Object.assign(job.contexts.env, { TEXT: '', LINK: '' })
    await job.stage('post')
    expect(job.published()).toMatchObject([
      { state: 'pending', description: 'Deploying', target_url: `${JOB_LINK}#follows` },
      { state: 'success', description: 'Deploying', target_url: LINK },
    ])
  })

  test.each(['not-a-link', 'javascript:alert(1)', 'https://', 'ftp://example.com/x'])(
    'a link %s gives way to the one from before, with a warning',
    async (link) => {
      await using job = await startJob(texts)
      expectSaid(await endWith(job, { link }), 'warning', '`target_url`', link)
      expect(job.published()[1]).toMatchObject({ state: 'success', target_url: JOB_LINK })
    },
  )

  const refusals = [
    ['Target url must use http(s) scheme', { description: 'Done', target_url: JOB_LINK }],
    ['Description is too odd', { description: /^Successful/, target_url: LINK }],
    ['No', { description: /^Successful/, target_url: JOB_LINK }],
    ['No target_url, no description', { description: /^Successful/, target_url: JOB_LINK }],
  ] as const
  test.each(refusals)(
    'that the server refuses give way to the derived ones: %s',
    async (errors, expected) => {
      await using job = await startJob(texts)
      await job.stage('pre')
      const message = 'Validation Failed'
      job.sandbox.fault({ method: 'POST', ...answers(422, { message, errors }) })
      expectSaid(await endWith(job, { text: 'Done', link: LINK }), 'warning', errors)
      const { description, target_url, state } = job.published().at(-1) ?? {}
      expect(state).toBe('success')
      expect(description).toMatch(expected.description)
      expect(target_url).toBe(expected.target_url)
    },
  )

  test('that are refused in turn all give way', async () => {
    await using job = await startJob(texts)
    await job.stage('pre')
    for (const errors of ['Bad target_url', 'Bad description'])
      job.sandbox.fault({ method: 'POST', ...answers(422, { errors }) })
    await endWith(job, { text: 'Done', link: LINK })
    expect(job.shown()).toEqual({ 'CI / build': 'success' })
  })

  test('a link that is wrong until a later step completes it is no more than a warning', async () => {
    await using job = await startJob({ with: { target_url: `${late('host')}/report` } })
    await endWith(job, { host: 'https://example.com' })
    expect(job.results.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0])
    expect(job.annotations()).toMatchObject([
      { level: 'warning', message: expect.stringContaining('`target_url`') },
    ])
    expect(job.published()).toMatchObject([
      { target_url: `${JOB_LINK}#follows` },
      { target_url: LINK },
    ])
  })

  test('that are too long are cut, and the log says so', async () => {
    await using job = await startJob(texts)
    const { log } = await endWith(job, { text: `🚀${'x'.repeat(150)}` })
    expect(job.published()[1]?.description).toBe(`${'x'.repeat(139)}…`)
    expect(log).toMatch(/description.*140/)
    expect(log).toMatch(/4-byte.*description|description.*4-byte/)
  })
})

describe('what was opened stays as it was', () => {
  test('a context, with a warning', async () => {
    await using job = await startJob({
      with: { context: `\${{ steps.late.outputs.name || 'job' }}` },
    })
    expectSaid(await endWith(job, { name: 'late' }), 'warning', '`context`', '"CI / build"')
    expect(job.shown()).toEqual({ 'CI / build': 'success' })
  })

  test.each([
    ['sha', HEAD, `\${{ steps.late.outputs.value || 'event' }}`],
    ['repository', 'octo-org/other', `\${{ steps.late.outputs.value || github.repository }}`],
  ])('a %s, with a warning', async (name, value, given) => {
    await using job = await startJob({ with: { [name]: given } })
    expectSaid(await endWith(job, { value }), 'warning', `\`${name}\``)
    expect(job.requests()).toEqual([WRITE, LOOK, WRITE])
  })

  test('an address', async () => {
    const given = `\${{ steps.late.outputs.value || github.api_url }}`
    await using job = await startJob({ with: { api_url: given } })
    await endWith(job, { value: 'http://127.0.0.1:1' })
    expect(job.requests()).toEqual([WRITE, LOOK, WRITE])
  })
})

test('a local composite in another: the runner gives post the outer one’s inputs, which are not ours', async () => {
  const inputs = { description: `\${{ env.TEXT }}`, context: `\${{ env.NAME }}` }
  const env = { TEXT: 'inner', NAME: 'inner' }
  await using job = await startJob({ with: inputs, env, composite: '/w/inner' })
  await job.stage('main')
  job.contexts.github.action_path = '/w/outer'
  Object.assign(job.contexts.env, { TEXT: 'outer', NAME: 'outer' })
  expectQuiet(await job.stage('post'))
  expect(job.published()).toMatchObject([
    { context: 'inner', description: 'inner' },
    { context: 'inner', description: 'inner', state: 'success' },
  ])
})
