import { createServer, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { listen } from './listening.ts'

export interface ProxyOptions {
  /** The real address of a host; undefined for a 502. */
  resolve: (host: string) => { host: string; port: number } | undefined
  /** `user:password` that a client must give. */
  credentials?: string
}

export interface Proxy {
  /** `http://127.0.0.1:<port>` */
  url: string
  /** All that it was asked, refused or not. */
  requests: { method: string; host: string }[]
  close(): Promise<void>
}

function credentialsOf({ headers }: IncomingMessage) {
  const [, encoded] = /^basic +(.+)$/i.exec(headers['proxy-authorization'] ?? '') ?? []
  return encoded && Buffer.from(encoded, 'base64').toString()
}

function refuse(client: Socket, status: 407 | 502): void {
  const challenge = status === 407 ? 'proxy-authenticate: Basic\r\n' : ''
  client.end(`HTTP/1.1 ${status} Refused\r\n${challenge}content-length: 0\r\n\r\n`)
}

/** Connects a client with an address. */
function tunnel(client: Socket, head: Buffer, to: { host: string; port: number }): void {
  const onward = connect(to.port, to.host, () => {
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    onward.write(head)
    onward.pipe(client).pipe(onward)
  })
  onward.on('error', () => onward.destroy())
  onward.once('close', () => client.destroy())
  client.once('close', () => onward.destroy())
}

/** Starts a proxy on loopback that opens tunnels, each to the address that `resolve` gives, and does nothing else. */
export async function startProxy({ resolve, credentials }: ProxyOptions): Promise<Proxy> {
  const requests: Proxy['requests'] = []
  const server = createServer(({ method = '', headers: { host = '' } }, outgoing) => {
    requests.push({ method, host })
    outgoing.writeHead(501).end()
  })
  server.on('connect', (incoming: IncomingMessage, client: Socket, head: Buffer) => {
    const host = new URL(`https://${incoming.url}`).hostname
    requests.push({ method: 'CONNECT', host })
    client.on('error', () => client.destroy())
    const to = resolve(host)
    if (credentials && credentialsOf(incoming) !== credentials) refuse(client, 407)
    else if (to) tunnel(client, head, to)
    else refuse(client, 502)
  })
  const { port, close } = await listen(server)
  return { url: `http://127.0.0.1:${port}`, requests, close }
}
