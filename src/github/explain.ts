import { duration } from '../status/description.ts'
import { quote } from '../status/text.ts'
import { causeOf, type Failure, SECONDARY_LIMIT } from './cause.ts'
import { explainRefusal } from './explain-refusal.ts'
import { explainSilence } from './explain-silence.ts'
import type { Asked, Explanation } from './explanation.ts'
import { headerOf, type RequestError } from './request-error.ts'
import { askedWait, clockOf } from './retry-wait.ts'

/**
 * Says what a request met and what helps.
 * @param now milliseconds since 1970, for when a limit ends
 */
export function explain(error: RequestError, asked: Asked, now: number): Failure {
  const { met, fix } = explanationOf(error, asked, now)
  const host = URL.canParse(asked.apiUrl) ? new URL(asked.apiUrl).host : asked.apiUrl
  const evidence = error.status === undefined ? silenceOf(error, host) : answerOf(error, host)
  return {
    cause: causeOf(error),
    message: `Could not ${asked.doing}: ${met} (${evidence}). ${fix}`,
    topic: met
      .toLowerCase()
      .replace(/[^a-z0-9 -]/g, '')
      .replaceAll(' ', '-'),
  }
}

function explanationOf(error: RequestError, asked: Asked, now: number): Explanation {
  if (error.status === undefined) return explainSilence(error)
  switch (causeOf(error)) {
    case 'limit':
      return explainLimit(error, now)
    case 'server':
      return {
        met: 'the server kept failing until this stage ran out of time',
        fix: `${whenAgain(error, now)}Run the job again later.`,
      }
    case 'unexpected':
      return explainUnexpected(error)
    default:
      return explainRefusal(error, asked)
  }
}

function explainLimit(error: RequestError, now: number): Explanation {
  const isSecondary = SECONDARY_LIMIT.test(error.message)
  return {
    met: isSecondary
      ? 'too many statuses were created in a short time'
      : 'the rate limit of the token is used up',
    fix: `${whenAgain(error, now)}Publish fewer statuses (one roll-up of \`needs\` instead of one per job), or use another \`token\`.`,
  }
}

function explainUnexpected(error: RequestError): Explanation {
  const location = headerOf(error, 'location')
  if (location === '') {
    return {
      met: 'the response is not from a statuses API',
      fix: 'Check `api_url`, and any proxy in between.',
    }
  }
  return {
    met: 'the server redirects to another address',
    fix: `It is not followed, because a write would be lost or the token would go to another host: ${quote(location, 300)}. Correct \`api_url\` (http or https, the host) or \`repository\`.`,
  }
}

/** The last date there is, should a server's clock be off. */
const LATEST_DATE = 8.64e15

/** When another attempt would be possible, if the server says so. */
function whenAgain(error: RequestError, now: number): string {
  const wait = askedWait(error, now)
  if (wait === undefined) return ''
  const again = Math.min(clockOf(error, now) + wait, LATEST_DATE)
  const at = new Date(again).toISOString().slice(0, 19).replace('T', ' ')
  return `Another attempt is possible at ${at} UTC (in ${duration(wait)}), later than this stage can wait. `
}

function answerOf({ status, message, reasons }: RequestError, host: string): string {
  const isRepeated = reasons.toLowerCase().startsWith(message.toLowerCase())
  const parts = isRepeated ? [reasons] : [message, reasons]
  const words = parts.filter((part) => part.trim() !== '').map((part) => quote(part, 300))
  return [`${host} answered ${status}`, words.join(', ')].filter(Boolean).join(' ')
}

function silenceOf({ code, message }: RequestError, host: string): string {
  const reason = message.includes(code) ? quote(message, 300) : `${code}, ${quote(message, 300)}`
  return `${host}: ${reason}`
}
