import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Fault, FaultKind } from '../../sandbox/api/server.ts'

/** One answer in place of the true one. A text is sent as a web page, an object as JSON. */
export const answers = (
  status: number,
  body: string | object = '',
  headers: Record<string, string> = {},
): FaultKind => ({ answer: { status, headers, body } })

/** A write that GitHub refuses for good, once. */
export const refused: Fault = {
  method: 'POST',
  ...answers(400, { message: 'Problems parsing JSON' }),
}

export const SECONDARY = {
  message:
    'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
}
export const PRIMARY = { message: 'API rate limit exceeded for installation ID 12345678.' }

/** The headers of a limit that is used up for so many seconds from now on. */
export const usedUp = (seconds: number) => ({
  'x-ratelimit-remaining': '0',
  'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + seconds),
})

/** A name that no resolver knows, which the test-only certificate is for. */
export const HOST = 'api.example.test'

/** Signed by itself, so it is the authority's too. For api.example.test and 127.0.0.1, until 2120. */
export const CERTIFICATE = join(import.meta.dirname, 'test-only-certificate.pem')
export const tls = {
  cert: readFileSync(CERTIFICATE),
  key: readFileSync(join(import.meta.dirname, 'test-only-key.pem')),
}
