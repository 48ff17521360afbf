import { expect, test } from '@jest/globals'
import { startProxy } from '../../sandbox/api/proxy.ts'
import { startSandbox } from '../../sandbox/api/server.ts'
import { expectQuiet, expectSaid, expectSeconds, retries } from '../support/expect.ts'
import { CERTIFICATE, HOST, tls } from '../support/faults.ts'
import { LOOK, REPOSITORY, type Setup, SHA, startJob } from '../support/job.ts'

const once = { state: 'success' }
const trusted = { NODE_EXTRA_CA_CERTS: CERTIFICATE }
const PATH = `/repos/${REPOSITORY}/statuses/${SHA}`

// Redirects.

test.concurrent('a redirect of a repository that moved is followed, with the write in it', async () => {
  await using job = await startJob({ with: { ...once, repository: 'octo-org/old-name' } })
  job.sandbox.github.repository('octo-org/old-name', { movedTo: REPOSITORY })
  expectQuiet(await job.stage('main'))
  const writes = job.sandbox.requests.filter(({ method }) => method === 'POST')
  expect(writes.map(({ status }) => status)).toEqual([307, 201])
  expect(job.shown()).toEqual({ 'CI / build': 'success' })
})

test.concurrent.each([301, 302, 303] as const)(
  'a %i of the same host loses the write: an error',
  async (status) => {
    const faults = [{ redirect: '/elsewhere', status, method: 'POST' }] as Setup['faults']
    await using job = await startJob({ with: once, ...(faults && { faults }) })
    expectSaid(await job.stage('main'), 'error', String(status), '/elsewhere', '`api_url`')
    expect(job.published()).toEqual([])
  },
)

test.concurrent('a redirect without end is given up', async () => {
  const faults = [{ redirect: PATH, method: 'POST', times: 99 }]
  await using job = await startJob({ with: once, faults })
  expectSaid(await job.stage('main'), 'error', '307')
  expect(job.requests().length).toBeLessThan(8)
})

test.concurrent.each([301, 302, 307, 308] as const)(
  'a %i to another host gets no token',
  async (status) => {
    const other = await startSandbox()
    const fault = { redirect: `${other.url}${PATH}`, status, times: 9 }
    await using job = await startJob({ with: once, faults: [{ ...fault, method: 'POST' }] })
    expectSaid(await job.stage('main'), 'error', String(status), other.url, 'another host')

    await using reading = await startJob({ faults: [{ ...fault, method: 'GET' }] })
    await reading.follow()
    expect(reading.shown()).toEqual({ 'CI / build': 'success' })
    expect(other.requests).toEqual([])
    await other.close()
  },
)

// Proxies.

type Through = {
  secure?: boolean
  credentials?: string
  /** What the environment says, if not the proxy's own address. */
  address?: (host: string) => string
  env?: Record<string, string>
}

/** A job behind a proxy that alone knows where the API is. */
async function startBehindProxy({ secure = false, credentials, address, env }: Through) {
  let port = 0
  const resolve = (host: string) => (host === HOST ? { host: '127.0.0.1', port } : undefined)
  const proxy = await startProxy({ resolve, ...(credentials && { credentials }) })
  const job = await startJob({
    with: once,
    ...(secure && { github: { tls } }),
    apiUrl: `${secure ? 'https' : 'http'}://${HOST}`,
    env: {
      [secure ? 'https_proxy' : 'http_proxy']: address?.(new URL(proxy.url).host) ?? proxy.url,
      ...env,
    },
  })
  port = job.sandbox.port
  const remove = job[Symbol.asyncDispose]
  const end = async () => {
    await remove()
    await proxy.close()
  }
  return Object.assign(job, { asked: proxy.requests, [Symbol.asyncDispose]: end })
}

test.concurrent.each<[string, Through]>([
  ['https_proxy', { secure: true, env: trusted }],
  ['http_proxy', {}],
  ['an address without a scheme', { address: (host) => host }],
  [
    'a name and a password',
    {
      credentials: 'me:pa ss',
      address: (host) => `http://me:pa%20ss@${host}`,
      secure: true,
      env: trusted,
    },
  ],
])('through a proxy, which hears of the host alone: %s', async (_, options) => {
  await using job = await startBehindProxy(options)
  const main = await job.stage('main')
  expectQuiet(main)
  expect(new Set(job.asked.map(({ method, host }) => `${method} ${host}`))).toEqual(
    new Set([`CONNECT ${HOST}`]),
  )
  expect(job.shown()).toEqual({ 'CI / build': 'success' })
  expect(main.stdout).not.toMatch(/pa( |%20)ss/)
})

test.concurrent('past a proxy: no_proxy', async () => {
  const env = { no_proxy: 'x.test,0.0.0.0' }
  await using job = await startBehindProxy({ env })
  job.contexts.github.api_url = `http://0.0.0.0:${job.sandbox.port}`
  expectQuiet(await job.stage('main'))
  expect(job.asked).toEqual([])
})

test.concurrent.each<[string, Through, string[]]>([
  ['without a password', { credentials: 'me:secret' }, ['407', '`https_proxy`']],
  [
    'with a wrong password',
    { credentials: 'me:secret', address: (host) => `http://me:wrong-password@${host}` },
    ['407', '`https_proxy`'],
  ],
  ['to a certificate that is not trusted', { secure: true }, ['certificate', HOST]],
])('a proxy fails at once: %s', async (_, options, parts) => {
  await using job = await startBehindProxy(options)
  const main = await job.stage('main')
  expectSaid(main, 'error', ...parts)
  expect(main.stdout).not.toContain('wrong-password')
  expect(job.requests()).toEqual([])
  expectSeconds(main, 0, 1)
})

// Certificates.

const secure = { github: { tls }, with: once }

test.concurrent('a certificate is trusted by NODE_EXTRA_CA_CERTS', async () => {
  await using job = await startJob({ ...secure, env: trusted })
  expectQuiet(await job.stage('main'))
  expect(job.shown()).toEqual({ 'CI / build': 'success' })
})

test.concurrent.each<[string, Record<string, string>]>([
  ['that nobody vouches for', {}],
  ['though NODE_TLS_REJECT_UNAUTHORIZED is 0', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
])('a certificate %s fails at once', async (_, env) => {
  await using job = await startJob({ ...secure, env })
  const main = await job.stage('main')
  expectSaid(main, 'error', 'certificate', 'SELF_SIGNED_CERT', 'NODE_EXTRA_CA_CERTS')
  expect({ retries: retries(main), requests: job.requests() }).toEqual({
    retries: [],
    requests: [],
  })
  expectSeconds(main, 0, 1)
})

test.concurrent('a certificate for another name fails at once', async () => {
  await using job = await startJob({ ...secure, env: trusted })
  job.contexts.github.api_url = `https://localhost:${job.sandbox.port}`
  const main = await job.stage('main')
  expectSaid(main, 'error', 'another name', '`api_url`')
  expect(job.requests()).toEqual([])
})

test.concurrent.each(['combined', 'list', 'sweep'] as const)(
  '%s checks certificates, too',
  async (action) => {
    const run = { id: 7, head_sha: SHA, conclusion: 'failure', updated_at: '2026-11-20T10:00:00Z' }
    await using job = await startJob({
      action,
      github: { tls },
      env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
      event: { name: 'workflow_run', payload: { action: 'completed', workflow_run: run } },
    })
    expectSaid(await job.stage('main'), 'error', 'certificate')
    expect(job.requests()).not.toContain(LOOK)
  },
)
