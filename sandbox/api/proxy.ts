import { createServer, request as forward, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

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

export interface ProxyOptions {
  /** Where a name really is; undefined for a 502. */
  resolve: (host: string, port: number) => { host: string; port: number } | undefined
  /** `user:password` that a client must give. */
  credentials?: string
}

export interface Proxy {
  /** `http://127.0.0.1:<port>` */
  url: string
  requests: Proxied[]
  close(): Promise<void>
}

function credentialsOf({ headers }: IncomingMessage) {
  const [, encoded] = /^basic +(.+)$/i.exec(headers['proxy-authorization'] ?? '') ?? []
  return encoded && Buffer.from(encoded, 'base64').toString()
}

/** Starts a forward proxy on loopback that leads any name to where `resolve` says. */
export async function startProxy({ resolve, credentials }: ProxyOptions): Promise<Proxy> {
  const requests: Proxied[] = []
  const sockets = new Set<Socket>()

  function track<T extends Socket>(socket: T): T {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.once('close', () => sockets.delete(socket))
    return socket
  }

  function admit(incoming: IncomingMessage, target: URL, defaultPort: number) {
    const host = target.hostname
    const port = Number(target.port) || defaultPort
    const given = credentialsOf(incoming)
    const to = resolve(host, port)
    const status = credentials && given !== credentials ? 407 : to ? 200 : 502
    requests.push({ method: incoming.method ?? '', host, port, credentials: given, status })
    return { to: status === 200 ? to : undefined, status }
  }

  const server = createServer((incoming, outgoing) => {
    const target = new URL(incoming.url ?? '', 'http://unknown.invalid')
    const { to, status } = admit(incoming, target, 80)
    if (!to)
      return void outgoing
        .writeHead(status, status === 407 ? { 'proxy-authenticate': 'Basic' } : {})
        .end()
    const { 'proxy-authorization': _, 'proxy-connection': __, ...headers } = incoming.headers
    const onward = forward(
      { ...to, method: incoming.method, path: target.pathname + target.search, headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      },
    )
    onward.on('socket', track)
    onward.on('error', () => outgoing.destroy())
    incoming.pipe(onward)
  })
  server.on('connection', track)
  server.on('connect', (incoming: IncomingMessage, client: Socket, head: Buffer) => {
    const { to, status } = admit(incoming, new URL(`https://${incoming.url}`), 443)
    if (!to) {
      const challenge = status === 407 ? 'proxy-authenticate: Basic\r\n' : ''
      return void client.end(`HTTP/1.1 ${status} Refused\r\n${challenge}content-length: 0\r\n\r\n`)
    }
    const onward = track(
      connect(to.port, to.host, () => {
        client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
        onward.write(head)
        onward.pipe(client).pipe(onward)
      }),
    )
    onward.once('close', () => client.destroy())
    client.once('close', () => onward.destroy())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () => {
      const closed = new Promise<void>((done) => server.close(() => done()))
      for (const socket of sockets) socket.destroy()
      return closed
    },
  }
}
