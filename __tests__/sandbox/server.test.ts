import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Socket } from 'node:net'
import { connect as secure } from 'node:tls'
import { afterEach, describe, expect, jest, test } from '@jest/globals'
import { selfSigned } from '../../sandbox/api/certificate.ts'
import { startProxy } from '../../sandbox/api/proxy.ts'
import {
  type Fault,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from '../../sandbox/api/server.ts'
import { create, list, sha } from './model.ts'

describe('the server', () => {
  jest.setTimeout(20_000)
  const open: { close(): Promise<void> }[] = []
  afterEach(async () => {
    for (const server of open.splice(0)) await server.close()
  })

  async function start(options?: SandboxOptions): Promise<Sandbox> {
    const sandbox = await startSandbox(options)
    open.push(sandbox)
    sandbox.github.repository('octo/hello', { commits: [sha] })
    sandbox.github.token('t0ken')
    return sandbox
  }

  const headers = { authorization: 'token t0ken', 'user-agent': 'test', connection: 'close' }
  const publish = ({ url }: Sandbox, signal?: AbortSignal) =>
    fetch(url + create, {
      method: 'POST',
      headers,
      body: '{"state":"success"}',
      redirect: 'manual',
      ...(signal && { signal }),
    })
  const stored = ({ github }: Sandbox) => github.statuses('octo/hello', sha).length

  test('answers, and records what it was asked', async () => {
    const sandbox = await start()
    const response = await publish(sandbox)
    expect(response.status).toBe(201)
    expect(response.headers.get('location')).toBe(sandbox.url + create)
    await fetch(`${sandbox.url}${list}?per_page=2`, { headers })
    expect(sandbox.requests).toMatchObject([
      {
        method: 'POST',
        path: create,
        query: {},
        body: { state: 'success' },
        status: 201,
        host: sandbox.url.slice(7),
        at: expect.any(Number),
      },
      {
        method: 'GET',
        path: list,
        query: { per_page: '2' },
        body: undefined,
        status: 200,
        headers: { authorization: 'token t0ken' },
      },
    ])
  })

  test.each<[string, Fault, number, string]>([
    ['502 with HTML', { answer: { status: 502, body: '<html>' } }, 502, '<html>'],
    [
      '429',
      { answer: { status: 429, headers: { 'retry-after': '1' }, body: { message: 'slow' } } },
      429,
      '{"message":"slow"}',
    ],
    ['200 for a create', { answer: { status: 200, body: {} } }, 200, '{}'],
    ['a redirect', { redirect: 'http://elsewhere/' }, 307, ''],
    ['another redirect', { redirect: 'http://elsewhere/', status: 301 }, 301, ''],
  ])('fault: %s, once', async (_, fault, status, body) => {
    const sandbox = await start()
    sandbox.fault(fault)
    const response = await publish(sandbox)
    expect(response.status).toBe(status)
    expect(await response.text()).toBe(body)
    expect(stored(sandbox)).toBe(0)
    expect((await publish(sandbox)).status).toBe(201)
    expect(sandbox.requests.map((request) => request.status)).toEqual([status, 201])
  })

  test.each<[Fault, number]>([
    [{ reset: true }, 0],
    [{ resetAfter: true }, 1],
  ])('fault: %j', async (fault, count) => {
    const sandbox = await start()
    sandbox.fault(fault)
    await expect(publish(sandbox)).rejects.toThrow()
    expect(stored(sandbox)).toBe(count)
    expect(sandbox.requests).toMatchObject([{ status: null }])
  })

  test('fault: hang', async () => {
    const sandbox = await start()
    sandbox.fault({ hang: true })
    await expect(publish(sandbox, AbortSignal.timeout(200))).rejects.toThrow(/timeout/)
    expect(stored(sandbox)).toBe(0)
  })

  test('fault: slow is stored at once', async () => {
    const sandbox = await start()
    sandbox.fault({ slow: 300 })
    const began = performance.now()
    const answer = publish(sandbox)
    while (sandbox.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(stored(sandbox)).toBe(1)
    expect((await answer).status).toBe(201)
    expect(performance.now() - began).toBeGreaterThan(290)
  })

  test('fault: trickle is the true answer', async () => {
    const sandbox = await start()
    sandbox.fault({ trickle: 0 })
    expect(await (await publish(sandbox)).json()).toMatchObject({ state: 'success' })
  })

  test('fault: cut', async () => {
    const sandbox = await start()
    sandbox.fault({ cut: true })
    const response = await publish(sandbox)
    expect(response.status).toBe(201)
    await expect(response.text()).rejects.toThrow()
  })

  test('fault: endless', async () => {
    const sandbox = await start()
    sandbox.fault({ endless: true })
    const response = await publish(sandbox)
    const reader = response.body?.getReader()
    let bytes = 0
    while (bytes < 10_000) bytes += (await reader?.read())?.value?.length ?? 0
    await reader?.cancel()
    expect(response.status).toBe(200)
  })

  test('faults choose by method, path, count and place', async () => {
    const sandbox = await start()
    sandbox.fault({ answer: { status: 500 }, method: 'POST', times: 2, after: 1 })
    sandbox.fault({ answer: { status: 503 }, path: /\/commits\// })
    expect((await fetch(sandbox.url + list, { headers })).status).toBe(503)
    const statuses: number[] = []
    for (let index = 0; index < 4; index += 1) statuses.push((await publish(sandbox)).status)
    expect(statuses).toEqual([201, 500, 500, 201])
  })

  test('closing ends what hangs', async () => {
    const sandbox = await startSandbox()
    sandbox.fault({ hang: true })
    const hanging = fetch(sandbox.url).then(
      () => 'answered',
      () => 'broken',
    )
    while (sandbox.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    await sandbox.close()
    expect(await hanging).toBe('broken')
  })

  test('a proxy leads a name to it', async () => {
    const sandbox = await start()
    const proxy = await startProxy({
      resolve: (host) =>
        host === 'api.example.test' ? { host: '127.0.0.1', port: sandbox.port } : undefined,
      credentials: 'user:secret',
    })
    open.push(proxy)
    const { port } = new URL(proxy.url)
    const authorization = `Basic ${Buffer.from('user:secret').toString('base64')}`
    const direct = (host: string, proxyHeaders: Record<string, string>) =>
      new Promise<number | undefined>((resolve, reject) => {
        const path = `http://${host}${list}`
        httpRequest({ port, path, headers: { ...headers, ...proxyHeaders, host } }, (answer) => {
          answer.resume()
          resolve(answer.statusCode)
        })
          .on('error', reject)
          .end()
      })
    const tunnel = (proxyHeaders: Record<string, string>) =>
      new Promise<number | undefined>((resolve, reject) => {
        httpRequest({ port, method: 'CONNECT', path: 'api.example.test:80', headers: proxyHeaders })
          .on('connect', (answer, socket) => {
            if (answer.statusCode !== 200) {
              socket.destroy()
              return resolve(answer.statusCode)
            }
            const inner = {
              createConnection: () => socket,
              path: list,
              headers: { ...headers, host: 'api.example.test' },
            }
            httpRequest(inner, (through) => {
              through.resume()
              resolve(through.statusCode)
            })
              .on('error', reject)
              .end()
          })
          .on('error', reject)
          .end()
      })
    expect(await direct('api.example.test', { 'proxy-authorization': authorization })).toBe(200)
    expect(await direct('api.example.test', {})).toBe(407)
    expect(await direct('nowhere.test', { 'proxy-authorization': authorization })).toBe(502)
    expect(await tunnel({ 'proxy-authorization': authorization })).toBe(200)
    expect(await tunnel({})).toBe(407)
    expect(
      proxy.requests.map(({ method, host, port, status }) => `${method} ${host}:${port} ${status}`),
    ).toEqual([
      'GET api.example.test:80 200',
      'GET api.example.test:80 407',
      'GET nowhere.test:80 502',
      'CONNECT api.example.test:80 200',
      'CONNECT api.example.test:80 407',
    ])
    expect(sandbox.requests).toMatchObject([
      { host: 'api.example.test' },
      { host: 'api.example.test' },
    ])
    expect(sandbox.requests[0]?.headers).not.toHaveProperty('proxy-authorization')
  })

  test('over TLS, and through a tunnel under a name that only the proxy knows', async () => {
    const tls = selfSigned('api.example.test')
    const sandbox = await start({ tls })
    const status = (options: object) =>
      new Promise<number | undefined>((resolve, reject) => {
        httpsRequest({ path: list, headers, ...options }, (answer) => {
          answer.resume()
          resolve(answer.statusCode)
        })
          .on('error', reject)
          .end()
      })
    expect(sandbox.url).toMatch(/^https:/)
    expect(await status({ host: '127.0.0.1', port: sandbox.port, ca: tls.cert })).toBe(200)
    await expect(status({ host: '127.0.0.1', port: sandbox.port })).rejects.toThrow(/self-signed/)

    const proxy = await startProxy({ resolve: () => ({ host: '127.0.0.1', port: sandbox.port }) })
    open.push(proxy)
    const socket = await new Promise<Socket>((resolve) => {
      const ask = { port: new URL(proxy.url).port, method: 'CONNECT', path: 'api.example.test:443' }
      httpRequest(ask)
        .on('connect', (_, found: Socket) => resolve(found))
        .end()
    })
    const createConnection = () => secure({ socket, servername: 'api.example.test', ca: tls.cert })
    expect(await status({ host: 'api.example.test', createConnection })).toBe(200)
    expect(proxy.requests).toEqual([
      {
        method: 'CONNECT',
        host: 'api.example.test',
        port: 443,
        credentials: undefined,
        status: 200,
      },
    ])
    expect(sandbox.requests.at(-1)?.host).toMatch(/^api\.example\.test/)
  })
})
