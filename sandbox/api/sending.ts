import type { ServerResponse } from 'node:http'
import type { FaultKind, Recorded } from './faults.ts'
import type { ApiResponse } from './http.ts'

/** Writes until there is no more to write, or nobody who reads. */
function repeat(interval: number, outgoing: ServerResponse, tick: () => boolean): void {
  const timer = setInterval(() => {
    if (outgoing.destroyed || !tick()) clearInterval(timer)
  }, interval)
  outgoing.once('close', () => clearInterval(timer))
}

/** A 200 whose body never ends. */
export function writeEndlessly(outgoing: ServerResponse): void {
  outgoing.writeHead(200, { 'content-type': 'application/json' }).write('[')
  repeat(5, outgoing, () => {
    outgoing.write(' '.repeat(1024))
    return true
  })
}

function writeSlowly(outgoing: ServerResponse, bytes: Buffer, interval: number): void {
  let sent = 0
  repeat(interval, outgoing, () => {
    outgoing.write(bytes.subarray(sent, sent + 1))
    sent += 1
    if (sent >= bytes.length) outgoing.end()
    return sent < bytes.length
  })
}

/** Sends an answer, in the way of the fault that the request met. */
export function send(outgoing: ServerResponse, recorded: Recorded, response: ApiResponse): void {
  const fault: FaultKind | Record<string, never> = recorded.fault ?? {}
  const bytes = Buffer.from(response.body)
  const isBodiless = response.status === 204 || response.status === 304
  const length = isBodiless ? {} : { 'content-length': bytes.length }
  const start = () => {
    recorded.status = response.status
    outgoing.writeHead(response.status, { ...response.headers, ...length })
  }
  if ('slow' in fault) {
    const timer = setTimeout(() => {
      start()
      outgoing.end(bytes)
    }, fault.slow)
    outgoing.once('close', () => clearTimeout(timer))
    return
  }
  start()
  if ('trickle' in fault) writeSlowly(outgoing, bytes, fault.trickle)
  else if ('cut' in fault) {
    const half = bytes.subarray(0, Math.floor(bytes.length / 2))
    outgoing.write(half, () => outgoing.destroy())
  } else outgoing.end(bytes)
}
