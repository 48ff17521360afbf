import type { NewStatus } from '../github/create-status.ts'
import { type Failure, isHopeless } from '../github/errors.ts'
import type { Problem } from '../runner/failures.ts'
import { quote } from '../status/text.ts'
import type { Written } from './write.ts'

/**
 * Writes several statuses one after the other. The rest are still tried if one is refused, but not
 * once a failure shows that no other can succeed, or the step is stopped.
 * @param write writes one
 * @param isStopped asked before each
 */
export async function writeInTurn(
  statuses: readonly NewStatus[],
  write: (status: NewStatus) => Promise<Written>,
  isStopped: () => boolean = () => false,
): Promise<Written[]> {
  const all: Written[] = []
  for (const status of statuses) {
    const isOver = all.some(({ failure }) => failure !== undefined && isHopeless(failure.cause))
    const one = isOver || isStopped() ? { status, id: '' } : await write(status)
    all.push(one)
  }
  return all
}

/** What came of some statuses. `failure`: they were not tried, since the commit was not found. */
export type Outcome = { written: readonly Written[]; failure?: Failure }

export function failuresIn({ written, failure }: Outcome): Failure[] {
  const each = writeFailuresIn({ written })
  return failure === undefined ? each : [failure, ...each]
}

export function writeFailuresIn({ written }: Pick<Outcome, 'written'>): Failure[] {
  return written.flatMap((one) => one.failure ?? [])
}

/** What went wrong, with the names that were not tried after that. */
export function problemsIn(outcome: Outcome): Problem[] {
  const untried = outcome.written.filter(({ id, kept, failure }) => id === '' && !kept && !failure)
  if (untried.length === 0) return failuresIn(outcome)

  const failures = failuresIn(outcome)
  const start = failures.length > 0 ? 'Not tried after that' : 'Cancelled, and not published'
  const names = untried.map(({ status }) => quote(status.context, 255))
  return [...failures, { message: `${start}: ${names.join(', ')}.` }]
}
