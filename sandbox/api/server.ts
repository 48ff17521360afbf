import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { text } from 'node:stream/consumers'
import { createFaults, type Fault, falseAnswer, type Recorded } from './faults.ts'
import { createGitHub, type GitHub, type GitHubOptions } from './github.ts'
import { type ApiResponse, parsed } from './http.ts'
import { listen } from './listening.ts'
import { send, writeEndlessly } from './sending.ts'

export type { Fault, FaultKind, Recorded } from './faults.ts'

export interface SandboxOptions extends GitHubOptions {
  tls?: { key: string | Buffer; cert: string | Buffer }
}

export interface Sandbox {
  /** `http://127.0.0.1:<port>`; add `/api/v3` or `/api/v1` if that is wanted. */
  url: string
  port: number
  github: GitHub
  requests: Recorded[]
  fault(rule: Fault): void
  close(): Promise<void>
}

function record(incoming: IncomingMessage, body: string, at: number): Recorded {
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://sandbox')
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
  )
  return {
    method: incoming.method ?? 'GET',
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers,
    body: parsed(body),
    status: null,
    host: headers.host ?? '',
    at,
  }
}

/** Answers a request, unless the fault that it met has it answered otherwise, or not at all. */
function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  recorded: Recorded,
  answer: () => ApiResponse,
): void {
  const { fault = {} } = recorded
  if ('hang' in fault) return
  if ('reset' in fault) return void incoming.socket.destroy()
  if ('endless' in fault) {
    recorded.status = 200
    writeEndlessly(outgoing)
    return
  }
  const response = falseAnswer(recorded.fault) ?? answer()
  if ('resetAfter' in fault) incoming.socket.destroy()
  else send(outgoing, recorded, response)
}

/** Starts the sandbox's GitHub on a port of this machine's loopback. */
export async function startSandbox({ tls, ...options }: SandboxOptions = {}): Promise<Sandbox> {
  const github = createGitHub(options)
  const requests: Recorded[] = []
  const faults = createFaults()
  const protocol = tls ? 'https' : 'http'

  async function take(incoming: IncomingMessage, outgoing: ServerResponse) {
    const at = (options.now ?? Date.now)()
    const body = await text(incoming)
    const recorded = record(incoming, body, at)
    requests.push(recorded)
    const fault = faults.next(recorded)
    if (fault) recorded.fault = fault
    const { method, headers, host } = recorded
    const origin = `${protocol}://${host}`
    serve(incoming, outgoing, recorded, () =>
      github.handle({ method, url: incoming.url ?? '/', headers, body, origin }),
    )
  }

  const listener = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    take(incoming, outgoing).catch(() => incoming.socket.destroy())
  }
  const server = tls ? createSecureServer(tls, listener) : createServer(listener)
  const { port, close } = await listen(server)
  const url = `${protocol}://127.0.0.1:${port}`
  return { url, port, github, requests, fault: faults.add, close }
}
