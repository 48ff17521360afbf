import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from '@jest/globals'
import { said } from '../support/expect.ts'
import { startJob } from '../support/job.ts'

// Servers that break the rules of HTTP, of JSON or of the API: bytes on a socket, against the bundle as a process. Each
// time one sentence, within the budget of the stage, and without much memory.

const MEGABYTE = 2 ** 20
const MOST_MEMORY = 256 * MEGABYTE
const BUDGET = 20_000
/** Milliseconds that a process can take besides, on a machine with much to do. */
const SLACK = 25_000

const folder = mkdtempSync(join(tmpdir(), 'wrong-servers-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Has Node write down how much memory a process took at most. What getrusage says counts its parent's, too. */
const meter = join(folder, 'meter.cjs')
writeFileSync(
  meter,
  `const { existsSync, readFileSync, writeFileSync } = require('node:fs')
   const status = '/proc/self/status'
   process.on('exit', () => {
     const kilobytes = existsSync(status) ? /VmHWM:\\s+(\\d+)/.exec(readFileSync(status, 'utf8'))[1] : 0
     writeFileSync(process.env.METER, String(kilobytes * 1024))
   })`,
)

type Bytes = string | Buffer
/** Answers one request. */
type Reply = (socket: Socket) => unknown

const STATUS = { id: 7, state: 'pending', context: 'CI / build' }

function response(
  body: Bytes,
  headers: Record<string, string> = {},
  status = '201 Created',
  version = '1.1',
): Buffer {
  const all = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.concat([
    Buffer.from(`HTTP/${version} ${status}\r\n${lines.join('')}\r\n`),
    Buffer.from(body),
  ])
}

const json = (body: unknown, headers?: Record<string, string>, status?: string) =>
  response(JSON.stringify(body), headers, status)

const sends =
  (bytes: Bytes): Reply =>
  (socket) =>
    socket.end(bytes)

/** Writes 3 MB a second for as long as somebody reads: faster would only keep the machine busy. */
const endlessly =
  (start: Bytes, piece: Bytes): Reply =>
  (socket) => {
    const burst = Buffer.from(piece.toString().repeat(Math.ceil(65_536 / piece.length)))
    socket.write(start)
    const timer = setInterval(() => {
      if (socket.destroyed) clearInterval(timer)
      else socket.write(burst)
    }, 20)
  }

/** Writes byte by byte. */
const slowly =
  (bytes: Buffer, milliseconds: number): Reply =>
  (socket) => {
    let sent = 0
    const timer = setInterval(() => {
      if (socket.destroyed || sent >= bytes.length) clearInterval(timer)
      else socket.write(bytes.subarray(sent, ++sent))
    }, milliseconds)
  }

/** Runs pre against a server that replies so, and gives what came of it. */
async function meet(reply: Reply) {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    let text = ''
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk) => {
      text += chunk
      const [head = '', body] = text.split('\r\n\r\n')
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
      if (body === undefined || body.length < length) return
      text = ''
      reply(socket)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const measured = join(folder, String(port))
  await using job = await startJob({
    apiUrl: `http://127.0.0.1:${port}`,
    env: { NODE_OPTIONS: `--require=${meter}`, METER: measured },
  })
  const pre = await job.stage('pre')
  for (const socket of sockets) socket.destroy()
  await new Promise((done) => server.close(done))
  return { ...pre, memory: Number(readFileSync(measured, 'utf8')) }
}

const CASES: [what: string, reply: Reply][] = [
  ['no HTTP at all', sends('HELLO\r\n\r\n')],
  ['bytes of TLS', sends(Buffer.from([0x15, 3, 1, 0, 2, 2, 40]))],
  ['nothing, and the end', sends('')],
  ['a status line alone', sends('HTTP/1.1 201 Created\r\n')],
  ['a status that is no number', sends('HTTP/1.1 abc Created\r\n\r\n')],
  ['a status of four digits', sends('HTTP/1.1 2010 Created\r\n\r\n')],
  ['status 0', sends(json(STATUS, {}, '000 Zero'))],
  ['101', sends('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n')],
  ['204', sends('HTTP/1.1 204 No Content\r\n\r\n')],
  ['304 to a write', sends('HTTP/1.1 304 Not Modified\r\n\r\n')],
  ['a header without a colon', sends('HTTP/1.1 201 Created\r\nBad Header\r\n\r\n{}')],
  ['a header with a zero byte', sends('HTTP/1.1 201 Created\r\nx: a\0b\r\n\r\n{}')],
  ['headers without end', endlessly('HTTP/1.1 201 Created\r\n', 'x: y\r\n')],
  ['one header without end', endlessly('HTTP/1.1 201 Created\r\nx: ', 'yyyyyyyyyyyyyyyy')],
  ['100 without end', endlessly('', 'HTTP/1.1 100 Continue\r\n\r\n')],
  [
    'two lengths',
    sends('HTTP/1.1 201 Created\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}'),
  ],
  ['a length below zero', sends(response('{}', { 'content-length': '-1' }))],
  ['a length that is too great', sends(response('{}', { 'content-length': '999' }))],
  [
    'a chunk without a size',
    sends('HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n'),
  ],
  [
    'a body without end',
    endlessly(
      'HTTP/1.1 201 Created\r\ncontent-type: application/json\r\n\r\n[',
      ' '.repeat(65_536),
    ),
  ],
  [
    'chunks without end',
    endlessly('HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n', '1\r\n \r\n'),
  ],
  ['a body byte by byte', slowly(json(STATUS), 200)],
  ['no JSON', sends(response('published', {}))],
  ['an empty body', sends(response(''))],
  ['half of a JSON', sends(response('{"id": 7, "state": "pen'))],
  [
    'gzip that nobody asked for',
    sends(response(gzipSync(JSON.stringify(STATUS)), { 'content-encoding': 'gzip' })),
  ],
  ['UTF-16', sends(response(Buffer.from(`\ufeff${JSON.stringify(STATUS)}`, 'utf16le')))],
  ['nearly 2 MB of a text', sends(json({ state: 'x'.repeat(1_900_000) }))],
  [
    'nearly 2 MB of a message',
    sends(json({ message: 'x'.repeat(1_900_000) }, {}, '422 Unprocessable')),
  ],
  ['nearly 2 MB of numbers', sends(json(Array(950_000).fill(1)))],
  ['nearly 2 MB of great numbers', sends(response(`[${'12345678901234567890,'.repeat(90_000)}1]`))],
  ['nearly 2 MB of brackets', sends(response('['.repeat(950_000) + ']'.repeat(950_000)))],
  ['nearly 2 MB of open brackets', sends(response('['.repeat(1_900_000)))],
  ['nearly 2 MB of objects', sends(response(`${'{"a":'.repeat(300_000)}1${'}'.repeat(300_000)}`))],
  [
    'much of a web page',
    sends(
      response(`<title>${'<title>'.repeat(250_000)}`, { 'content-type': 'text/html' }, '422 X'),
    ),
  ],
  [
    'nearly 2 MB of nested errors',
    sends(response(`{"errors":${'['.repeat(950_000)}${']'.repeat(950_000)}}`, {}, '422 X')),
  ],
  [
    '10,000 deep errors',
    sends(response(`{"errors":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, {}, '422 X')),
  ],
  ['12 MB', sends(json('x'.repeat(12 * MEGABYTE)))],
  ['null', sends(json(null))],
  ['a list', sends(json([STATUS]))],
  ['a state of the wrong type', sends(json({ ...STATUS, state: { pending: true } }))],
  ['another state', sends(json({ ...STATUS, state: 'success' }))],
  ['no id', sends(json({ ...STATUS, id: null }))],
  ['an id of the wrong type', sends(json({ ...STATUS, id: { a: 1 } }))],
  ['a content-type of nonsense', sends(json(STATUS, { 'content-type': ';;;=\x7f"' }))],
  ['a content-type of another kind', sends(json(STATUS, { 'content-type': 'image/png' }))],
  ['200', sends(json(STATUS, {}, '200 OK'))],
]

const UNDERSTOOD: [what: string, reply: Reply][] = [
  ['HTTP/1.0', sends(response(JSON.stringify(STATUS), {}, '201 Created', '1.0'))],
  [
    'a body that ends with the connection',
    sends(`HTTP/1.1 201\r\ncontent-type: application/json\r\n\r\n${JSON.stringify(STATUS)}`),
  ],
  [
    'a thousand headers',
    sends(
      json(STATUS, Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`x-${n}`, '1']))),
    ),
  ],
  [
    'a date, a limit and a link of nonsense',
    sends(json(STATUS, { date: 'x', 'retry-after': '-', 'x-ratelimit-reset': 'NaN', link: '<' })),
  ],
  [
    'fields of the wrong type that nobody needs',
    sends(json({ ...STATUS, creator: 7, context: [], target_url: {}, description: 1 })),
  ],
]

const LONG = 120_000

test.concurrent.each(UNDERSTOOD)(
  'understood: %s',
  async (_, reply) => {
    const pre = await meet(reply)
    expect({ said: said(pre), exitCode: pre.exitCode }).toEqual({ said: [], exitCode: 0 })
  },
  LONG,
)

test.concurrent.each(CASES)(
  'one sentence: %s',
  async (_, reply) => {
    const { annotations, exitCode, durationMs, memory } = await meet(reply)
    expect({ annotations, exitCode }).toMatchObject({
      annotations: [{ level: 'warning' }],
      exitCode: 0,
    })
    const [sentence = ''] = annotations[0]?.message.split('\n') ?? []
    expect(sentence).toContain('"CI / build"')
    expect(sentence.length).toBeLessThan(700)
    expect(durationMs).toBeLessThan(BUDGET + SLACK)
    expect(memory).toBeLessThan(MOST_MEMORY)
  },
  LONG,
)
