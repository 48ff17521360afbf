import { describe, expect, test } from '@jest/globals'
import { expectSaid } from '../support/expect.ts'
import { answers } from '../support/faults.ts'
import { put } from '../support/history.ts'
import { startJob } from '../support/job.ts'

// After every stage the harness checks that no command but ours was carried out.

const HOSTILE = [
  '::set-output name=published::true',
  '##[add-mask]e',
  'x ##[error]gotcha',
  'one\n::error::two',
  'one\r::warning::two',
  'one\u0085::warning::two',
  '\u0085::set-output name=published::true',
  '\u2028::stop-commands::end',
  '\u00a0\u3000::error::blanks',
  '\u000b\u000c::error::feeds',
  '%0A::error::percent',
  'name<<EOF\nvalue\nEOF',
  '\u001b[31m::error::colour',
]

describe.each(HOSTILE)('%j', (text) => {
  test('in all that strangers can name is no command, and makes no output', async () => {
    const payload = { ref: `refs/heads/${text}`, head_commit: { message: text } }
    await using job = await startJob({
      workflow: text,
      job: text,
      matrix: { value: text },
      event: { name: 'push', payload },
      ref: `refs/heads/${text}`,
      with: { description: text },
    })
    const { main } = await job.follow()
    const masks = job.results.flatMap(({ commands }) => commands)
    expect(new Set(masks.map(({ name }) => name))).toEqual(new Set(['add-mask']))
    expect(main.outputs.published).toBe('true')
    expect(Object.keys(main.outputs)).not.toContain('name')
    expect(job.published()).toHaveLength(2)
  })

  test('as a wrong value is quoted in one error', async () => {
    const wrong = { state: text, repository: text, cancelled_state: text }
    await using job = await startJob({ with: wrong })
    const main = await job.stage('main')
    expectSaid(main, 'error', '`state`', '`repository`', '`cancelled_state`')
    expect(main.commands.filter(({ name }) => name === 'error')).toHaveLength(1)
  })

  test('in what GitHub answers is quoted in one error', async () => {
    const fault = { ...answers(400, { message: text, errors: text }), method: 'POST' }
    await using job = await startJob({ with: { state: 'success' }, faults: [fault] })
    const main = await job.stage('main')
    expect(main.commands.map(({ name }) => name)).toEqual(['add-mask', 'error'])
  })

  test('in a status of others is read by a gate without harm', async () => {
    await using job = await startJob({ action: 'combined', with: { require_success: 'true' } })
    put(job, { [`x ${text}`]: 'failure' }, { description: text, target_url: text })
    const main = await job.stage('main')
    expect(main.commands.filter(({ name }) => name !== 'add-mask')).toMatchObject([
      { name: 'error' },
    ])
  })
})

test.each(['\u200d', 'a\u200d', '🚀', ' \n', '::', '\u0301'])(
  'a text of 120 kB costs no more than a moment: %j again and again',
  async (unit) => {
    const text = unit.repeat(Math.floor(120_000 / Buffer.byteLength(unit)))
    const inputs = { state: 'success', description: text, context: `x${text}x` }
    await using job = await startJob({ with: inputs })
    expect((await job.stage('main')).durationMs).toBeLessThan(5_000)
  },
)
