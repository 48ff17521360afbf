import type { ApiResponse } from './http.ts'

export interface Recorded {
  method: string
  path: string
  query: Record<string, string>
  headers: Record<string, string | undefined>
  /** Parsed if it is JSON, undefined if there is none. */
  body: unknown
  /** What was answered; null while, or because, nothing was. */
  status: number | null
  /** The name the client asked for. */
  host: string
  /** Milliseconds since the epoch. */
  at: number
  /** What went wrong with it on purpose. */
  fault?: FaultKind
}

/** What goes wrong: exactly one of these. */
export type FaultKind =
  | { answer: { status: number; headers?: Record<string, string>; body?: string | object } }
  /** The connection breaks before anything is stored. */
  | { reset: true }
  /** Stored, then the connection breaks. */
  | { resetAfter: true }
  /** Nothing is stored and nothing is ever answered. */
  | { hang: true }
  /** Stored at once, answered after so many milliseconds. */
  | { slow: number }
  /** The true answer, a byte every so many milliseconds. */
  | { trickle: number }
  /** The true answer, but the connection breaks in the middle of its body. */
  | { cut: true }
  | { redirect: string; status?: 301 | 302 | 303 | 307 | 308 }
  /** A 200 whose body never ends. */
  | { endless: true }

export type Fault = FaultKind & {
  method?: string
  path?: RegExp
  /** How many requests it meets; default 1. */
  times?: number
  /** How many matching requests go through before; default 0. */
  after?: number
}

/** The faults that are waiting for requests. */
export function createFaults() {
  const faults: { rule: Fault; seen: number }[] = []

  /** The first fault that a request meets. */
  function next({ method, path }: Recorded): Fault | undefined {
    const matching = faults.filter(
      ({ rule }) =>
        (!rule.method || rule.method === method) && (!rule.path || rule.path.test(path)),
    )
    for (const entry of matching) {
      const { after = 0, times = 1 } = entry.rule
      if (entry.seen >= after + times) continue
      entry.seen += 1
      if (entry.seen > after) return entry.rule
    }
    return undefined
  }

  return { add: (rule: Fault) => void faults.push({ rule, seen: 0 }), next }
}

/** The answer that a fault gives in place of the true one, if it gives one. */
export function falseAnswer(fault: FaultKind | undefined): ApiResponse | undefined {
  if (fault && 'redirect' in fault)
    return { status: fault.status ?? 307, headers: { location: fault.redirect }, body: '' }
  if (!fault || !('answer' in fault)) return undefined
  const { status, headers = {}, body = '' } = fault.answer
  const isText = typeof body === 'string'
  const type = isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8'
  const text = isText ? body : JSON.stringify(body)
  return { status, headers: { 'content-type': type, ...headers }, body: text }
}
