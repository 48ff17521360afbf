import http from 'node:http'
import https from 'node:https'
import { HttpClient } from '@actions/http-client'

/** The part of a fetch response that Octokit reads. */
export type Answer = {
  status: number
  url: string
  headers: ReadonlyMap<string, string>
  text(): Promise<string>
  arrayBuffer(): Promise<ArrayBuffer>
}

/** What Octokit asks of a fetch. */
export type Call = { method: string; headers: Record<string, string>; body?: string }

export type Fetch = (url: string, call: Call, milliseconds: number) => Promise<Answer>

/** For the agents alone, which know the proxies. They keep a connection for the next request: post makes two. */
const CLIENTS = {
  http: new HttpClient(undefined, undefined, { keepAlive: true }),
  https: new HttpClient(undefined, undefined, { keepAlive: true }),
}

/** Several times what the fullest page of statuses takes, in bytes and in values. */
const LARGEST_ANSWER = 2_000_000
const MOST_VALUES = 100_000
const FIRST_PIECE = 16_384
const MOST_REDIRECTS = 3

/**
 * A `fetch` over `node:http(s)`. Against undici's it saves half of a publish's start-up, and it keeps the toolkit's own
 * rules for proxies (`https_proxy`, `no_proxy`). A redirect is followed to the same host only, and never where that would
 * turn a write into a read; otherwise the 3xx itself is the answer.
 * @param milliseconds that the whole of it may take, body included
 * @throws with a `code`, as `node:http` names it, where no whole answer came
 */
export async function nodeFetch(url: string, call: Call, milliseconds: number): Promise<Answer> {
  const end = Date.now() + milliseconds
  let answer = await send(new URL(url), call, end)
  for (let redirects = 0; redirects < MOST_REDIRECTS; redirects++) {
    const next = redirection(answer, call.method)
    if (next === undefined) break
    answer = await send(next, call, end)
  }
  return answer
}

function redirection({ status, url, headers }: Answer, method: string): URL | undefined {
  const followed = method === 'GET' ? [301, 302, 307, 308] : [307, 308]
  const location = headers.get('location')
  if (!followed.includes(status) || location === undefined || !URL.canParse(location, url))
    return undefined
  const [from, to] = [new URL(url), new URL(location, url)]
  const downgraded = from.protocol === 'https:' && to.protocol !== 'https:'
  return to.host === from.host && /^https?:$/.test(to.protocol) && !downgraded ? to : undefined
}

function send(url: URL, { method, headers, body }: Call, end: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const milliseconds = end - Date.now()
    if (milliseconds <= 0) return reject(failure('no time is left in this stage', 'ETIMEDOUT'))
    const agent = CLIENTS[url.protocol === 'https:' ? 'https' : 'http'].getAgent(url.href)
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const { request: open } = url.protocol === 'https:' ? https : http
    const request = open(url, { method, agent, headers: { ...headers, ...length } })
    // Not left to the event `error`: a request whose tunnel is not there yet is destroyed without one.
    const giveUp = (error: Error) => {
      clearTimeout(timer)
      reject(error)
      request.destroy()
    }
    const timer = setTimeout(() => {
      giveUp(failure(`no answer within ${Math.ceil(milliseconds / 1000)} s`, 'ETIMEDOUT'))
    }, milliseconds)
    request.on('error', giveUp)
    request.on('response', (response) => {
      // Copied into one place: of an answer that comes byte by byte, the pieces take far more than the bytes.
      let bytes = Buffer.alloc(FIRST_PIECE)
      let size = 0
      response.on('data', (chunk: Buffer) => {
        if (size + chunk.length > LARGEST_ANSWER) {
          return giveUp(failure(`an answer of more than ${LARGEST_ANSWER} bytes`, 'EMSGSIZE'))
        }
        while (size + chunk.length > bytes.length) bytes = Buffer.concat([bytes], bytes.length * 2)
        size += chunk.copy(bytes, size)
      })
      response.on('error', giveUp)
      response.on('end', () => {
        const text = bytes.toString('utf8', 0, size)
        if (hasTooMany(text))
          return giveUp(failure(`an answer of more than ${MOST_VALUES} values`, 'EMSGSIZE'))
        clearTimeout(timer)
        resolve(answerOf(url, response, text))
      })
    })
    request.end(body)
  })
}

function answerOf(url: URL, response: http.IncomingMessage, text: string): Answer {
  const headers = Object.entries(response.headers).map(([name, value]): [string, string] => [
    name,
    String(value),
  ])
  return {
    status: response.statusCode ?? 0,
    url: url.href,
    headers: new Map(headers),
    text: async () => text,
    arrayBuffer: async () => new TextEncoder().encode(text).buffer,
  }
}

/** Whether a text, taken for JSON, holds so many values that to parse it takes a hundred times its own memory. */
function hasTooMany(text: string): boolean {
  let values = 0
  for (let index = 0; index < text.length && values <= MOST_VALUES; index++) {
    if (',[{'.includes(text.charAt(index))) values++
  }
  return values > MOST_VALUES
}

function failure(message: string, code: string): Error {
  return Object.assign(new Error(message), { code })
}
