import { isLasting } from '../github/cause.ts'
import type { GitHub } from '../github/connect.ts'
import type { Result } from '../github/request.ts'
import { sleep } from '../github/retry.ts'
import type { Problem } from '../runner/report.ts'
import type { Runner } from '../runner/toolkit.ts'
import { describeVerdict } from './describe.ts'
import type { CombinedInputs } from './inputs.ts'
import { nothingKnown, type Place, type Reading, readAndJudge } from './reading.ts'

/** The last reading, if one succeeded, and what ended the wait before its time. */
type Watched = { reading: Reading | undefined; problem: Problem | undefined }

/**
 * Reads again and again until there is nothing to wait for, or the time is up.
 * @param end when the time is up, in milliseconds since 1970
 */
export async function watch(
  runner: Runner,
  github: GitHub,
  place: Place,
  inputs: CombinedInputs,
  end: number,
): Promise<Watched> {
  const known = nothingKnown(place, inputs)
  const cancelled = runner.cancelled().then(() => 'cancelled' as const)
  let reading: Reading | undefined
  let line = ''

  for (;;) {
    const read = await Promise.race([readAndJudge(runner, github, inputs, known), cancelled])
    if (read === 'cancelled') return { reading, problem: cancellation(line) }
    const problem = 'failure' in read ? read.failure : undefined
    reading = 'value' in read ? read.value : reading

    const left = end - Date.now()
    if (left <= 0 || isOver(read, inputs)) return { reading, problem }

    line = say(runner, line, lineOf(read, inputs))
    const woken = await Promise.race([sleep(Math.min(inputs.interval, left)), cancelled])
    if (woken === 'cancelled') return { reading, problem: cancellation(line) }
  }
}

/**
 * Whether waiting on cannot change the result. What can pass was retried as long as that helps; a
 * limit ends up here only if it lasts longer than the wait.
 */
function isOver(read: Result<Reading>, { requireSuccess }: CombinedInputs): boolean {
  if ('failure' in read) return read.failure.cause === 'limit' || isLasting(read.failure.cause)
  const { isOpen, state } = read.value.verdict
  return !isOpen || (requireSuccess && state === 'failure')
}

/** Says what it waits for, if that has changed. */
function say(runner: Runner, before: string, line: string): string {
  if (line !== before) runner.info(`Waiting. ${line}`)
  return line
}

function lineOf(read: Result<Reading>, inputs: CombinedInputs): string {
  return 'failure' in read ? read.failure.message : describeVerdict(read.value.verdict, inputs)
}

function cancellation(line: string): Problem {
  if (line === '') return { message: 'Cancelled before the combined status was read.' }
  return { message: `Cancelled while waiting. ${line}` }
}
