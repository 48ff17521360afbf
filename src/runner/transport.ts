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

/** Sends a request and reads its answer within so many milliseconds. */
export type Fetch = (url: string, call: Call, milliseconds: number) => Promise<Answer>

/** Only for their agents, which know the proxies and keep connections open. */
const CLIENTS = {
  http: new HttpClient(undefined, undefined, { keepAlive: true }),
  https: new HttpClient(undefined, undefined, { keepAlive: true }),
}

const MOST_REDIRECTS = 3

/**
 * A `fetch` over `node:http(s)`. It starts in half the time of undici's and keeps the toolkit's
 * rules for proxies (`https_proxy`, `no_proxy`). It follows redirects on the same host, unless that
 * would turn a write into a read; any other 3xx is itself the answer. Certificates are always
 * checked.
 * @param milliseconds the time limit for all of it, body included
 * @throws an error with a `code`, as `node:http` names it, if no complete answer came
 */
export async function nodeFetch(url: string, call: Call, milliseconds: number): Promise<Answer> {
  // Any step can set this variable for the rest of the job. NODE_EXTRA_CA_CERTS is the way to trust an authority.
  delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
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
  if (!followed.includes(status) || location === undefined) return undefined
  if (!URL.canParse(location, url)) return undefined

  const from = new URL(url)
  const to = new URL(location, url)
  const isDowngraded = from.protocol === 'https:' && to.protocol !== 'https:'
  const isSafe = to.host === from.host && /^https?:$/.test(to.protocol) && !isDowngraded
  return isSafe ? to : undefined
}

async function send(url: URL, call: Call, end: number): Promise<Answer> {
  const milliseconds = end - Date.now()
  if (milliseconds <= 0) throw codedError('no time is left in this stage', 'ETIMEDOUT')

  return new Promise((resolve, reject) => {
    const request = open(url, call)
    // Not left to the event `error`: a request whose proxy tunnel is still being set up is destroyed without one.
    const giveUp = (error: Error) => {
      clearTimeout(timer)
      reject(error)
      request.destroy()
    }
    const timer = setTimeout(() => {
      giveUp(codedError(`no answer within ${Math.ceil(milliseconds / 1000)} s`, 'ETIMEDOUT'))
    }, milliseconds)

    request.on('error', giveUp)
    request.on('response', (response) => {
      readBody(response).then((text) => {
        clearTimeout(timer)
        resolve(answerOf(url, response, text))
      }, giveUp)
    })
    request.end(call.body)
  })
}

function open(url: URL, { method, headers, body }: Call): http.ClientRequest {
  const isSecure = url.protocol === 'https:'
  const agent = CLIENTS[isSecure ? 'https' : 'http'].getAgent(url.href)
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  const options = { method, agent, headers: { ...headers, ...length } }
  return isSecure ? https.request(url, options) : http.request(url, options)
}

function answerOf(url: URL, response: http.IncomingMessage, text: string): Answer {
  const headers = Object.entries(response.headers)
  return {
    status: response.statusCode ?? 0,
    url: url.href,
    headers: new Map(headers.map(([name, value]) => [name, String(value)])),
    text: async () => text,
    arrayBuffer: async () => new TextEncoder().encode(text).buffer,
  }
}

/** In bytes and in values: more than the fullest page takes, 100 check runs with long texts. */
const LARGEST_ANSWER = 16_000_000
const MOST_VALUES = 500_000
const FIRST_PIECE = 16_384

/**
 * The text of an answer.
 * @throws an error with the code EMSGSIZE if it is larger than any answer of the API, or breaks off
 */
function readBody(response: http.IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    // One buffer that grows: the chunks of an answer that comes byte by byte take far more memory than its bytes.
    let bytes = Buffer.alloc(FIRST_PIECE)
    let size = 0

    response.on('data', (chunk: Buffer) => {
      if (size + chunk.length > LARGEST_ANSWER) {
        return reject(codedError(`a response of more than ${LARGEST_ANSWER} bytes`, 'EMSGSIZE'))
      }
      while (size + chunk.length > bytes.length) bytes = Buffer.concat([bytes], bytes.length * 2)
      size += chunk.copy(bytes, size)
    })
    response.on('error', reject)
    response.on('end', () => {
      const text = bytes.toString('utf8', 0, size)
      if (!hasTooMany(text)) return resolve(text)
      reject(codedError(`a response of more than ${MOST_VALUES} values`, 'EMSGSIZE'))
    })
  })
}

/** Whether parsing a text as JSON would take a hundred times its own memory. */
function hasTooMany(text: string): boolean {
  let values = 0
  for (let index = 0; index < text.length && values <= MOST_VALUES; index++) {
    if (',[{'.includes(text.charAt(index))) values++
  }
  return values > MOST_VALUES
}

function codedError(message: string, code: string): Error {
  return Object.assign(new Error(message), { code })
}
