import { createServer } from 'node:net'
import { expect, test } from '@jest/globals'
import { startSandbox } from '../../sandbox/api/server.ts'
import { expectQuiet, expectSaid, expectSeconds, retries } from '../support/expect.ts'
import { answers, HOST, PRIMARY, SECONDARY, usedUp } from '../support/faults.ts'
import { HEAD, type Setup, SHA, startJob as start } from '../support/job.ts'
import { leave, startSweep } from '../support/run-777.ts'

// A stage ends within its budget. The tests run side by side, since all that they do is wait.
const once = { state: 'success' }
const startJob = (setup: Setup = {}) => start({ shortWaits: true, ...setup })

/** For a stage that nobody answers: not even an attempt of a request is waited for to its end. */
const UNANSWERED = { LONG_WAIT: '900' }

test.concurrent('a secondary limit that does not say for how long is waited out once: 60 s and up to a quarter more', async () => {
  const faults = [{ ...answers(403, SECONDARY), method: 'POST' }]
  await using job = await startJob({ with: once, faults })
  const main = await job.stage('main')
  expectQuiet(main)
  expect(retries(main)).toEqual([
    expect.stringMatching(/403 "You have exceeded .*\b(6\d|7\d)\.\d s/),
  ])
  expect(job.shown()).toEqual({ 'CI / build': 'success' })
  expectSeconds(main, 60, 76)
})

test.concurrent('post of a cancelled job waits out a secondary limit, though it has 60 s otherwise', async () => {
  await using job = await startJob()
  await job.stage('pre')
  job.sandbox.fault({ ...answers(403, SECONDARY), method: 'POST' })
  job.contexts.job.status = 'cancelled'
  const post = await job.stage('post')
  expectQuiet(post)
  expect(job.shown()).toEqual({ 'CI / build': 'error' })
  expectSeconds(post, 60, 76)
})

test.concurrent('post of a cancelled job gives up a server that hangs within 60 s', async () => {
  await using job = await startJob()
  await job.stage('pre')
  job.sandbox.fault({ hang: true, times: 99 })
  Object.assign(job.contexts.env, UNANSWERED)
  job.contexts.job.status = 'cancelled'
  const post = await job.stage('post')
  expectSaid(post, 'error', '"CI / build"', /no answer|timed|no time/)
  expectSeconds(post, 40, 60)
})

test.concurrent('main gives up a server that stays down within 50 s, so that `timeout-minutes: 1` shows our message', async () => {
  await using job = await startJob({ with: once, faults: [{ ...answers(502), times: 999 }] })
  const main = await job.stage('main')
  expectSaid(main, 'error', '502')
  expect(retries(main).length).toBeGreaterThanOrEqual(4)
  expectSeconds(main, 15, 50)
})

test.concurrent.each<[string, (gone: string) => Setup, string[]]>([
  ['nobody listens', (gone) => ({ apiUrl: gone }), ['ECONNREFUSED', '`api_url`']],
  ['the server hangs', () => ({ faults: [{ hang: true, times: 9 }] }), ['no answer']],
  [
    'the proxy is not there',
    (gone) => ({ apiUrl: `http://${HOST}`, env: { http_proxy: gone } }),
    [HOST, 'ECONNREFUSED', '`https_proxy`', '`no_proxy`'],
  ],
  [
    'a name that only the proxy knows is in no_proxy',
    (gone) => ({
      apiUrl: `http://${HOST}`,
      env: { http_proxy: gone, no_proxy: `x.test, ${HOST}` },
    }),
    [HOST, 'getaddrinfo'],
  ],
])('pre gives up within 20 s if %s', async (_, setupFor, parts) => {
  const gone = await startSandbox()
  await gone.close()
  const { env, ...setup } = setupFor(gone.url)
  await using job = await startJob({ ...setup, env: { ...env, ...UNANSWERED } })
  const pre = await job.stage('pre')
  expectSaid(pre, 'warning', ...parts)
  expect(retries(pre).length).toBeGreaterThanOrEqual(1)
  expectSeconds(pre, 5, 20)
})

test.concurrent('pre gives up a proxy that says nothing within 20 s', async () => {
  const silent = createServer(() => {})
  await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done))
  const { port } = silent.address() as { port: number }
  const env = { http_proxy: `http://127.0.0.1:${port}`, ...UNANSWERED }
  await using job = await startJob({ apiUrl: `http://${HOST}`, env })
  const pre = await job.stage('pre')
  silent.close()
  expectSaid(pre, 'warning', 'no answer')
  expectSeconds(pre, 9, 20)
})

type Wait = [stage: string, seconds: number, inputs: Record<string, string>, status: string]

test.concurrent.each<Wait>([
  ['pre', 25, {}, 'success'],
  ['main', 55, {}, 'success'],
  ['main', 160, once, 'success'],
  ['post', 250, {}, 'success'],
  ['post', 160, {}, 'cancelled'],
])(
  'a wait that does not fit into %s is not begun: %i s, %j, %s',
  async (stage, seconds, inputs, status) => {
    const name = stage as 'pre' | 'main' | 'post'
    await using job = await startJob({ with: inputs, local: name === 'main' })
    if (name === 'post') await job.stage('pre')
    job.contexts.job.status = status
    const headers = { 'retry-after': String(seconds) }
    job.sandbox.fault({ ...answers(503, '', headers), method: 'POST', times: 9 })
    const result = await job.stage(name)
    expectSaid(result, name === 'pre' ? 'warning' : 'error', '503', 'UTC')
    expect(retries(result)).toEqual([])
    expectSeconds(result, 0, 2)
  },
)

test.concurrent.each([
  ['a limit that ends in an hour', answers(403, PRIMARY, usedUp(3600)), /(59|60)m|1h/],
  ['429 with an hour of retry-after', answers(429, '', { 'retry-after': '3600' }), /1h/],
  [
    'a limit that ends in an hour, by a server whose clock is a day ahead',
    answers(429, PRIMARY, {
      ...usedUp(90_000),
      date: new Date(Date.now() + 86_400_000).toUTCString(),
    }),
    /1h|(59|60)m/,
  ],
])('%s is not waited for, and the error says when it would be possible', async (_, fault, when) => {
  await using job = await startJob({ with: once, faults: [{ ...fault, method: 'POST', times: 9 }] })
  const main = await job.stage('main')
  expectSaid(main, 'error', 'rate limit', when)
  expectSeconds(main, 0, 2)
})

test.concurrent('a retry in pre that does not fit leaves it to the next stage to try', async () => {
  await using job = await startJob({ faults: [answers(503, '', { 'retry-after': '25' })] })
  const { pre, main, post } = await job.follow()
  expectSaid(pre, 'warning', '503', '25s')
  expectQuiet(main, post)
  expect(job.history().map(({ state }) => state)).toEqual(['success', 'pending'])
})

test.concurrent.each(['a list', 'sweep'])(
  '%s of 83 is paced: never more than 80 writes in any 60 seconds, and its budget grows with it',
  async (what) => {
    const names = Array.from({ length: 83 }, (_, n) => `c${n}`)
    const statuses = JSON.stringify(names.map((context) => ({ context, state: 'error' })))
    const isSweep = what === 'sweep'
    await using job = await (isSweep
      ? startSweep({ shortWaits: true })
      : startJob({ with: { statuses } }))
    if (isSweep) for (const name of names) leave(job, name)
    const main = await job.stage('main')
    expectQuiet(main)
    expect(Object.values(job.shown(isSweep ? HEAD : SHA))).toEqual(names.map(() => 'error'))
    expectSeconds(main, 59.5, 75)
  },
)
