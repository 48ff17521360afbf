import type { IncomingMessage } from 'node:http'

/**
 * More than the fullest page takes, in bytes and in values: 100 check runs, each with a long text.
 */
const LARGEST_ANSWER = 16_000_000
const MOST_VALUES = 500_000
const FIRST_PIECE = 16_384

/**
 * The text of an answer.
 * @throws an error with the code EMSGSIZE if it is larger than any answer of the API, or breaks off
 */
export function readBody(response: IncomingMessage): Promise<string> {
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

/**
 * Whether a text, parsed as JSON, has so many values that parsing takes a hundred times its own
 * memory.
 */
function hasTooMany(text: string): boolean {
  let values = 0
  for (let index = 0; index < text.length && values <= MOST_VALUES; index++) {
    if (',[{'.includes(text.charAt(index))) values++
  }
  return values > MOST_VALUES
}

/** An error with a code, as Node's own errors have. */
export function codedError(message: string, code: string): Error {
  return Object.assign(new Error(message), { code })
}
