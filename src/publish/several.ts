import type { NewStatus } from '../github/create-status.ts'
import { type Failure, isLasting } from '../github/errors.ts'
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
    const isHopeless = all.some(({ failure }) => failure !== undefined && endsAll(failure))
    const one = isHopeless || isStopped() ? { status, id: '' } : await write(status)
    all.push(one)
  }
  return all
}

/**
 * Whether it is the token, the repository, the server or a limit that is wrong, and not the status.
 */
function endsAll({ cause }: Failure): boolean {
  return cause === 'limit' || (isLasting(cause) && cause !== 'refused')
}

/** What came of some statuses. `failure`: they were not tried, since the commit was not found. */
export type Outcome = { written: readonly Written[]; failure?: Failure }

export function failuresIn({ written, failure }: Outcome): Failure[] {
  const each = written.flatMap((one) => one.failure ?? [])
  return failure === undefined ? each : [failure, ...each]
}

/** What went wrong, with the names that were not tried after that. */
export function problemsIn(outcome: Outcome): Problem[] {
  const untried = outcome.written.filter(({ id, kept, failure }) => id === '' && !kept && !failure)
  if (untried.length === 0) return failuresIn(outcome)

  const names = untried.map(({ status }) => quote(status.context, 255))
  return [...failuresIn(outcome), { message: `Not tried: ${names.join(', ')}.` }]
}
