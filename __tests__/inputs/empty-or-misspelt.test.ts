import { describe, expect, test } from '@jest/globals'
import { expectQuiet, expectSaid, said } from '../support/expect.ts'
import { type Action, startJob } from '../support/job.ts'
import { rows, setupOf, TABLES } from './table.ts'

describe('empty', () => {
  test.each(rows.filter(({ empty }) => empty === undefined))(
    '$action: $input is its default',
    async ({ action, input }) => {
      await using job = await startJob({ ...setupOf(action), with: { [input]: '' } })
      expectQuiet(await job.stage('main'))
    },
  )

  test.each(rows.filter(({ empty }) => empty !== undefined))(
    '$action: $input is an error that names the way out',
    async ({ action, input, empty = /./ }) => {
      await using job = await startJob({ ...setupOf(action), with: { [input]: '' } })
      expectSaid(await job.stage('main'), 'error', `\`${input}\``, 'empty', empty)
      expect(job.requests()).toEqual([])
    },
  )
})

/** Inputs that the runner fills in, and nobody writes. */
const WIRED = ['job_status', 'matrix']

describe('misspelt by a letter: an error that names ours', () => {
  test.each(rows.filter(({ input }) => !WIRED.includes(input)))(
    '$action: $input',
    async ({ action, input, right }) => {
      const misspelt = input.slice(0, -1)
      await using job = await startJob({ ...setupOf(action), with: { [misspelt]: right } })
      if (action === 'publish') await job.stage('pre')
      expectSaid(await job.stage('main'), 'error', misspelt, `\`${input}\``)
      expect(job.requests()).toEqual([])
    },
  )
})

describe('several', () => {
  const wrong = { sha: 'main', repository: 'name', cancelled_state: 'x', context: '\u0001' }

  test('wrong ones are one annotation with their number, and a line in the log for each', async () => {
    await using job = await startJob({ with: { ...wrong, fail_on_error: 'false' } })
    const { main, post } = await job.follow()
    expectSaid(main, 'error', '4')
    for (const name of Object.keys(wrong)) expect(main.log).toContain(`\`${name}\``)
    expectQuiet(post)
    expect(job.requests()).toEqual([])
  })

  test('that exclude each other are refused: `needs` and a `state`', async () => {
    const inputs = { needs: '{"a":{"result":"success"}}', state: 'failure' }
    await using job = await startJob({ with: inputs })
    expectSaid(await job.stage('main'), 'error', '`needs`', '`state`')
    expect(job.requests()).toEqual([])
  })

  test.each(['{"test":{}}', '{"test":null}', '{"result":"success","outputs":{}}', '["success",7]'])(
    '`needs: %s` is not what the platform gives: it says what to write',
    async (needs) => {
      await using job = await startJob({ with: { needs } })
      expectSaid(await job.stage('main'), 'error', '`needs`', `toJSON(needs)`)
      expect(job.requests()).toEqual([])
    },
  )

  test('of great length are cut in the message', async () => {
    await using job = await startJob({ with: { sha: 'x'.repeat(5000) } })
    expect(said(await job.stage('main'))[0]?.message.length).toBeLessThan(400)
  })
})

test.each(Object.keys(TABLES) as Action[])(
  '%s: an address with a password is refused, and not repeated',
  async (action) => {
    const inputs = { api_url: 'https://me:hunter2@api.example.test' }
    await using job = await startJob({ ...setupOf(action), with: inputs })
    const main = await job.stage('main')
    expectSaid(main, 'error', '`api_url`', 'password')
    expect(main.stdout).not.toContain('hunter2')
  },
)
