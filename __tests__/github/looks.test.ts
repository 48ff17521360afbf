import { expect, test } from '@jest/globals'
import type { FaultKind } from '../../sandbox/api/server.ts'
import { expectQuiet, expectSeconds } from '../support/expect.ts'
import { answers } from '../support/faults.ts'
import { startJob } from '../support/job.ts'

const LONG = 30_000

test.concurrent.each<[string, FaultKind, [number, number]]>([
  ['hangs', { hang: true }, [4, 7]],
  ['trickles', { trickle: 50 }, [4, 7]],
  ['is refused', answers(403, { message: 'Resource not accessible by integration' }), [0, 1]],
  ['is limited for long', answers(429, '', { 'retry-after': '100' }), [0, 1]],
  ['finds an object', answers(200, { state: 'success' }), [0, 1]],
  ['finds a web page', answers(200, '<title>Welcome</title>'), [0, 1]],
  ['finds no JSON', answers(200, '{{', { 'content-type': 'application/json' }), [0, 1]],
  [
    'finds a list of anything',
    answers(200, [null, 1, 'x', {}, { context: 7, target_url: {} }]),
    [0, 1],
  ],
])(
  'a look that %s keeps neither post nor a state once from being published',
  async (_, fault, takes) => {
    const faults = [{ ...fault, method: 'GET', times: 99 }]
    await using followed = await startJob({ faults })
    const { post } = await followed.follow('failure')
    expectQuiet(post)
    expect(followed.shown()).toEqual({ 'CI / build': 'failure' })
    expectSeconds(post, ...takes)

    await using once = await startJob({ faults, with: { state: 'success' } })
    expectQuiet(await once.stage('main'))
    expect(once.shown()).toEqual({ 'CI / build': 'success' })
  },
  LONG,
)

test.concurrent('a look that fails does not keep a retry back', async () => {
  await using job = await startJob({
    with: { state: 'success' },
    faults: [
      { method: 'POST', ...answers(502) },
      { method: 'GET', after: 1, times: 9, ...answers(403) },
    ],
  })
  expectQuiet(await job.stage('main'))
  expect(job.shown()).toEqual({ 'CI / build': 'success' })
})

test.concurrent(
  'a look that hangs takes no more of the time of a list: 5 s',
  async () => {
    await using job = await startJob({
      with: { statuses: '[{ "context": "api", "state": "success" }]' },
      faults: [
        { method: 'POST', ...answers(502) },
        { method: 'GET', hang: true, times: 9 },
      ],
    })
    const main = await job.stage('main')
    expectQuiet(main)
    expect(job.shown()).toEqual({ api: 'success' })
    expect(main.log).toContain('no answer within 5 s')
  },
  LONG,
)
