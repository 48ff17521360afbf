import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { type ApiResponse, createGitHub, type GitHub, type GitHubOptions } from './github.ts'

export interface Recorded {
  method: string
  path: string
  query: Record<string, string>
  headers: Record<string, string | undefined>
  /** Parsed where it is JSON, undefined where there is none. */
  body: unknown
  /** What was answered; null while, or because, nothing was. */
  status: number | null
  /** The name the client asked for. */
  host: string
  /** Milliseconds since the epoch. */
  at: number
  /** What went wrong with it on purpose. */
  fault?: FaultKind
}

/** What goes wrong: exactly one of these. */
export type FaultKind =
  | { answer: { status: number; headers?: Record<string, string>; body?: string | object } }
  /** The connection breaks before anything is stored. */
  | { reset: true }
  /** Stored, then the connection breaks. */
  | { resetAfter: true }
  /** Nothing is stored and nothing is ever answered. */
  | { hang: true }
  /** Stored at once, answered after so many milliseconds. */
  | { slow: number }
  /** The true answer, a byte every so many milliseconds. */
  | { trickle: number }
  /** The true answer, but the connection breaks in the middle of its body. */
  | { cut: true }
  | { redirect: string; status?: 301 | 302 | 303 | 307 | 308 }
  /** A 200 whose body never ends. */
  | { endless: true }

export type Fault = FaultKind & {
  method?: string
  path?: RegExp
  /** How many requests it meets; default 1. */
  times?: number
  /** How many matching requests go through before; default 0. */
  after?: number
}

export interface SandboxOptions extends GitHubOptions {
  tls?: { key: string | Buffer; cert: string | Buffer }
}

export interface Sandbox {
  /** `http://127.0.0.1:<port>`; add `/api/v3` or `/api/v1` where that is wanted. */
  url: string
  port: number
  github: GitHub
  requests: Recorded[]
  fault(rule: Fault): void
  close(): Promise<void>
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

function parsed(text: string): unknown {
  if (!text) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** The answer a fault gives in place of the true one, if it gives one. */
function falseAnswer(fault: FaultKind | { none: true }): ApiResponse | undefined {
  if ('redirect' in fault)
    return { status: fault.status ?? 307, headers: { location: fault.redirect }, body: '' }
  if (!('answer' in fault)) return undefined
  const { status, headers = {}, body = '' } = fault.answer
  const text = typeof body === 'string'
  return {
    status,
    headers: {
      'content-type': text ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
      ...headers,
    },
    body: text ? body : JSON.stringify(body),
  }
}

/** Starts the sandbox's GitHub on a port of this machine's loopback. */
export async function startSandbox({ tls, ...options }: SandboxOptions = {}): Promise<Sandbox> {
  const github = createGitHub(options)
  const requests: Recorded[] = []
  const faults: { rule: Fault; seen: number }[] = []
  const sockets = new Set<Socket>()
  const timers = new Set<NodeJS.Timeout>()
  const now = options.now ?? Date.now
  const protocol = tls ? 'https' : 'http'

  function nextFault({ method, path }: Recorded): Fault | undefined {
    for (const entry of faults) {
      const { rule } = entry
      if (rule.method && rule.method !== method) continue
      if (rule.path && !rule.path.test(path)) continue
      const from = rule.after ?? 0
      if (entry.seen >= from + (rule.times ?? 1)) continue
      entry.seen += 1
      if (entry.seen > from) return rule
    }
    return undefined
  }

  function repeat(interval: number, outgoing: ServerResponse, tick: () => boolean) {
    const timer = setInterval(() => {
      if (outgoing.destroyed || !tick()) stop()
    }, interval)
    const stop = () => {
      clearInterval(timer)
      timers.delete(timer)
    }
    timers.add(timer)
  }

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse) {
    const at = now()
    const text = await readBody(incoming)
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://sandbox')
    const headers = Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
    )
    const recorded: Recorded = {
      method: incoming.method ?? 'GET',
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers,
      body: parsed(text),
      status: null,
      host: headers.host ?? '',
      at,
    }
    requests.push(recorded)

    const met = nextFault(recorded)
    if (met) recorded.fault = met
    const fault: FaultKind | { none: true } = met ?? { none: true }
    if ('hang' in fault) return
    if ('reset' in fault) return incoming.socket.destroy()
    if ('endless' in fault) {
      recorded.status = 200
      outgoing.writeHead(200, { 'content-type': 'application/json' }).write('[')
      return repeat(5, outgoing, () => outgoing.write(' '.repeat(1024)) || true)
    }

    const origin = `${protocol}://${recorded.host}`
    const response =
      falseAnswer(fault) ??
      github.handle({
        method: recorded.method,
        url: incoming.url ?? '/',
        headers,
        body: text,
        origin,
      })
    if ('resetAfter' in fault) return incoming.socket.destroy()

    const bytes = Buffer.from(response.body)
    const bodiless = response.status === 204 || response.status === 304
    const start = () => {
      recorded.status = response.status
      outgoing.writeHead(
        response.status,
        bodiless ? response.headers : { ...response.headers, 'content-length': bytes.length },
      )
    }
    if ('slow' in fault) {
      const timer = setTimeout(() => {
        timers.delete(timer)
        start()
        outgoing.end(bytes)
      }, fault.slow)
      timers.add(timer)
    } else if ('trickle' in fault) {
      start()
      let sent = 0
      repeat(fault.trickle, outgoing, () => {
        outgoing.write(bytes.subarray(sent, sent + 1))
        sent += 1
        if (sent >= bytes.length) outgoing.end()
        return sent < bytes.length
      })
    } else if ('cut' in fault) {
      start()
      outgoing.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () =>
        incoming.socket.destroy(),
      )
    } else {
      start()
      outgoing.end(bytes)
    }
  }

  const listener = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    serve(incoming, outgoing).catch(() => incoming.socket.destroy())
  }
  const server = tls ? createSecureServer(tls, listener) : createServer(listener)
  for (const event of ['connection', 'secureConnection']) {
    server.on(event, (socket: Socket) => {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.once('close', () => sockets.delete(socket))
    })
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    url: `${protocol}://127.0.0.1:${port}`,
    port,
    github,
    requests,
    fault: (rule) => void faults.push({ rule, seen: 0 }),
    close: () => {
      for (const timer of timers) clearTimeout(timer)
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      return closed
    },
  }
}
