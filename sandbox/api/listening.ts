import type { Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** Starts a server on a free port of loopback; `close` breaks the connections that are still open. */
export async function listen(server: Server) {
  const sockets = new Set<Socket>()

  const track = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.once('close', () => sockets.delete(socket))
  }

  for (const event of ['connection', 'secureConnection']) server.on(event, track)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))

  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      const closed = new Promise<void>((done) => server.close(() => done()))
      for (const socket of sockets) socket.destroy()
      return closed
    },
  }
}
