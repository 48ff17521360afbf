import { describe, expect, test } from '@jest/globals'
import { readSweep } from '../../src/sweep/inputs.ts'
import { expectSaid } from '../support/expect.ts'
import { HEAD, type Setup } from '../support/job.ts'
import { envWith, WRONG_ACCESS } from '../support/reading.ts'
import { AFTER, ENDED, ended, leave, startSweep } from '../support/run-777.ts'

const NOW = Date.UTC(2026, 10, 21)
const EVENT = { run_id: 'event', sha: 'event', conclusion: 'event' }
const HAND = { run_id: '7', sha: HEAD, conclusion: 'stale' }
const night: Setup = { event: { name: 'schedule', payload: { schedule: '0 3 * * *' } } }

const read = (
  inputs: Record<string, string>,
  name = 'workflow_run',
  payload: object = ended().payload,
) => readSweep({ ...envWith(EVENT, inputs), GITHUB_EVENT_NAME: name }, payload, NOW)

describe('the run', () => {
  const END = Date.UTC(2026, 10, 20, 10)

  test.each<[string, Record<string, string>, object]>([
    ['is that of the event', {}, { run: '777', sha: HEAD, conclusion: 'cancelled', endedAt: END }],
    ['is the same if it is given, too', { run_id: '777' }, { run: '777', endedAt: END }],
    ['can have another commit', { sha: 'F'.repeat(40) }, { sha: 'f'.repeat(40), endedAt: END }],
    [
      'can be another one, which has ended by now',
      { run_id: '778', sha: HEAD, conclusion: 'failure' },
      { run: '778', conclusion: 'failure', endedAt: NOW },
    ],
  ])('%s', (_, inputs, values) => {
    expect(read(inputs)).toMatchObject({ values })
  })

  test('that is another one takes nothing from the event', () => {
    expect(read({ run_id: '778' })).toMatchObject({
      problems: [
        'Input `sha` is "event": expected the 40 hexadecimal digits of the run\'s commit.',
        expect.stringMatching(
          /^Input `conclusion` is "event": expected how the run ended: success, /,
        ),
      ],
    })
  })

  test('is given by hand on a schedule', async () => {
    const inputs = { run_id: String(ENDED), sha: HEAD, conclusion: 'failure' }
    await using job = await startSweep({ ...night, with: inputs })
    leave(job, 'ci', { at: AFTER })
    expect((await job.stage('main')).outputs).toEqual({ swept: '1', contexts: '["ci"]' })
    expect(job.shown(HEAD)).toEqual({ ci: 'failure' })
  })
})

describe('an event that names no run is a clear error, before any request', () => {
  const { workflow_run } = ended().payload

  test.each([
    ['push', {}],
    ['schedule', {}],
    ['workflow_dispatch', ended().payload],
    ['workflow_run', { action: 'requested', workflow_run }],
    ['workflow_run', {}],
  ])('%s %j', async (name, payload) => {
    await using job = await startSweep({ event: { name, payload } })
    const result = await job.stage('main')
    expectSaid(
      result,
      'error',
      `The event "${name}" does not name a run that has ended: use this action in a workflow on \`workflow_run\` with \`types: [completed]\`, or set \`run_id\`, \`sha\` and \`conclusion\`.`,
    )
    expect(result.outputs).toEqual({})
    expect(job.requests()).toEqual([])
  })

  test('unless all of the run is given', async () => {
    await using job = await startSweep({ ...night, with: { run_id: '7', sha: HEAD } })
    expectSaid(await job.stage('main'), 'error', 'The event "schedule" does not name a run')
    expect(job.requests()).toEqual([])
  })

  test('and an event without a conclusion is one', () => {
    const run = { ...workflow_run, conclusion: null }
    expect(read({}, 'workflow_run', { action: 'completed', workflow_run: run })).toMatchObject({
      problems: [expect.stringMatching(/^Input `conclusion` is empty: expected how the run ended/)],
    })
  })
})

describe('a wrong input is named with its value and what was expected', () => {
  const table: typeof WRONG_ACCESS = [
    ['run_id', ['x', '-1', '1.0', '1'.repeat(21)], 'the id of a run that has ended.'],
    ['sha', ['main', HEAD.slice(1), `${HEAD}0`], "the 40 hexadecimal digits of the run's commit."],
    ['conclusion', ['failed', 'Failure', 'pending', 'null'], 'how the run ended: success, '],
    ...WRONG_ACCESS,
  ]
  const cases = table.flatMap(([name, values, expected]) =>
    values.map((value) => ({ name, value, expected })),
  )

  test.each(cases)('`$name` of $value', ({ name, value, expected }) => {
    const problem = expect.stringContaining(`Input \`${name}\` is "${value}": expected ${expected}`)
    expect(read({ ...HAND, [name]: value }, 'schedule', {})).toMatchObject({ problems: [problem] })
  })

  test('and several are named at once, before any request', async () => {
    const wrong = { run_id: '7.5', sha: 'main', conclusion: 'lost' }
    await using job = await startSweep({ ...night, with: wrong })
    const parts = Object.entries(wrong).map(([name, value]) => `Input \`${name}\` is "${value}"`)
    expectSaid(await job.stage('main'), 'error', '3 problems:', ...parts)
    expect(job.requests()).toEqual([])
  })
})

test.each(['run_id', 'sha', 'conclusion', 'repository', 'api_url'])(
  'an empty `%s` is an error that says what to write, before any request',
  async (name) => {
    await using job = await startSweep({ with: { [name]: '' } })
    leave(job, 'ci')
    const parts = [`Input \`${name}\` is empty`, /write `\$\{\{ … \|\| ('event'|github\.\w+) \}\}`/]
    expectSaid(await job.stage('main'), 'error', ...parts)
    expect(job.requests()).toEqual([])
  },
)

test.each([
  ['runId', 'run_id'],
  ['run', 'run_id'],
  ['commit', 'sha'],
  ['status', 'conclusion'],
  ['repo', 'repository'],
])('%s is an error that names `%s`, before any request', async (foreign, ours) => {
  await using job = await startSweep({ with: { [foreign]: '1' } })
  const name = foreign.toLowerCase()
  expectSaid(await job.stage('main'), 'error', `\`${name}\` does not exist`, `\`${ours}\``)
  expect(job.requests()).toEqual([])
})
