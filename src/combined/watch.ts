import { type Failure, isLasting } from '../github/cause.ts'
import type { GitHub } from '../github/connect.ts'
import { sleep } from '../github/pace.ts'
import type { Result } from '../github/request.ts'
import type { Problem } from '../runner/report.ts'
import type { Runner } from '../runner/toolkit.ts'
import { describeVerdict } from './describe.ts'
import type { CombinedInputs } from './inputs.ts'
import { nothingKnown, type Place, type Reading, readAndJudge } from './reading.ts'

/** The last reading, if one succeeded, and what ended the wait before its time. */
type Watched = { reading: Reading | undefined; problem?: Problem }

/**
 * Reads again and again until there is nothing to wait for, or the time is up.
 * @param end when the time is up, in milliseconds since 1970
 */
export async function watch(
  runner: Runner,
  github: GitHub,
  { ref, branch }: Place,
  inputs: CombinedInputs,
  end: number,
): Promise<Watched> {
  const known = nothingKnown(branch, inputs)
  const cancelled = runner.cancelled().then(() => 'cancelled' as const)
  let reading: Reading | undefined
  let line = ''

  for (;;) {
    const read = await Promise.race([readAndJudge(runner, github, ref, inputs, known), cancelled])
    if (read === 'cancelled') return { reading, problem: cancellation(line) }
    reading = 'value' in read ? read.value : reading

    const left = end - Date.now()
    if (left <= 0 || isOver(read, inputs)) return { reading, ...problemIn(read) }

    line = say(runner, line, waitingLine(read, inputs))
    const woken = await Promise.race([sleep(Math.min(inputs.interval, left)), cancelled])
    if (woken === 'cancelled') return { reading, problem: cancellation(line) }
  }
}

function problemIn(read: Result<Reading>): Pick<Watched, 'problem'> {
  return 'failure' in read ? { problem: read.failure } : {}
}

/** Says what it waits for, if that has changed. */
function say(runner: Runner, before: string, line: string): string {
  if (line !== before) runner.info(`Waiting. ${line}`)
  return line
}

/** Whether waiting on cannot change the result. */
function isOver(read: Result<Reading>, { requireSuccess }: CombinedInputs): boolean {
  if ('failure' in read) return isFinal(read.failure)
  const { isOpen, state } = read.value.verdict
  return !isOpen || (requireSuccess && state === 'failure')
}

/**
 * What can pass was retried as long as that helps; a limit ends up here only if it lasts longer
 * than the wait.
 */
function isFinal({ cause }: Failure): boolean {
  return cause === 'limit' || isLasting(cause)
}

function waitingLine(read: Result<Reading>, inputs: CombinedInputs): string {
  return 'failure' in read ? read.failure.message : describeVerdict(read.value.verdict, inputs)
}

function cancellation(line: string): Problem {
  return {
    message:
      line === ''
        ? 'Cancelled before the combined status was read.'
        : `Cancelled while waiting. ${line}`,
  }
}
