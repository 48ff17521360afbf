import type { Answer, Call } from '../../src/runner/transport.ts'
import type { ApiRequest, ApiResponse } from './http.ts'

/** A call of the action as the server gets it. */
export function requestOf(url: string, { method, headers, body = '' }: Call): ApiRequest {
  const { pathname, search, host } = new URL(url)
  return { method, url: pathname + search, headers: { ...headers, host }, body }
}

/** An answer of the server as the action gets it. */
export function answerOf(url: string, { status, headers, body }: ApiResponse): Answer {
  return {
    status,
    url,
    headers: new Map(Object.entries(headers)),
    text: async () => body,
    arrayBuffer: async () => new TextEncoder().encode(body).buffer,
  }
}
