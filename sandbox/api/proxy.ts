import {
  createServer,
  request as forward,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { connect, type Socket } from 'node:net'
import { listen } from './listening.ts'

export interface Proxied {
  /** `CONNECT`, or the method of a request passed on in the clear. */
  method: string
  host: string
  port: number
  /** What the client gave as `proxy-authorization`, decoded. */
  credentials: string | undefined
  /** Refused requests are recorded too. */
  status: number
}

type Place = { host: string; port: number }

export interface ProxyOptions {
  /** The real address of a name; undefined for a 502. */
  resolve: (host: string, port: number) => Place | undefined
  /** `user:password` that a client must give. */
  credentials?: string
}

export interface Proxy {
  /** `http://127.0.0.1:<port>` */
  url: string
  requests: Proxied[]
  close(): Promise<void>
}

type Admit = (incoming: IncomingMessage, target: URL, defaultPort: number) => Place | 407 | 502

function credentialsOf({ headers }: IncomingMessage) {
  const [, encoded] = /^basic +(.+)$/i.exec(headers['proxy-authorization'] ?? '') ?? []
  return encoded && Buffer.from(encoded, 'base64').toString()
}

/** Records each request, and returns the real address of its host or the status of the refusal. */
function gatekeeper({ resolve, credentials }: ProxyOptions, requests: Proxied[]): Admit {
  return (incoming, { hostname: host, port: given }, defaultPort) => {
    const port = Number(given) || defaultPort
    const shown = credentialsOf(incoming)
    const isKnown = !credentials || shown === credentials
    const to = isKnown ? (resolve(host, port) ?? 502) : 407
    const status = typeof to === 'number' ? to : 200
    requests.push({ method: incoming.method ?? '', host, port, credentials: shown, status })
    return to
  }
}

/** Passes a request on in the clear. */
function pass(admit: Admit, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const target = new URL(incoming.url ?? '', 'http://unknown.invalid')
  const to = admit(incoming, target, 80)
  if (typeof to === 'number') {
    outgoing.writeHead(to, to === 407 ? { 'proxy-authenticate': 'Basic' } : {}).end()
    return
  }
  const { 'proxy-authorization': _, 'proxy-connection': __, ...headers } = incoming.headers
  const path = target.pathname + target.search
  const onward = forward({ ...to, method: incoming.method, path, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(outgoing)
  })
  onward.on('error', () => outgoing.destroy())
  outgoing.once('close', () => onward.destroy())
  incoming.pipe(onward)
}

/** Opens a tunnel. */
function tunnel(admit: Admit, incoming: IncomingMessage, client: Socket, head: Buffer): void {
  const to = admit(incoming, new URL(`https://${incoming.url}`), 443)
  if (typeof to === 'number') {
    const challenge = to === 407 ? 'proxy-authenticate: Basic\r\n' : ''
    client.end(`HTTP/1.1 ${to} Refused\r\n${challenge}content-length: 0\r\n\r\n`)
    return
  }
  const onward = connect(to.port, to.host, () => {
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    onward.write(head)
    onward.pipe(client).pipe(onward)
  })
  onward.on('error', () => onward.destroy())
  onward.once('close', () => client.destroy())
  client.once('close', () => onward.destroy())
}

/** Starts a forward proxy on loopback that connects each name to the address that `resolve` gives. */
export async function startProxy(options: ProxyOptions): Promise<Proxy> {
  const requests: Proxied[] = []
  const admit = gatekeeper(options, requests)
  const server: Server = createServer((incoming, outgoing) => pass(admit, incoming, outgoing))
  server.on('connect', (incoming: IncomingMessage, client: Socket, head: Buffer) =>
    tunnel(admit, incoming, client, head),
  )
  const { port, close } = await listen(server)
  return { url: `http://127.0.0.1:${port}`, requests, close }
}
