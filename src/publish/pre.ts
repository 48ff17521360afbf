import { tell } from '../runner/accept.ts'
import { reportWrongInputs } from '../runner/report.ts'
import type { Runner } from '../runner/toolkit.ts'
import { concludePre } from './conclude.ts'
import { readPublish } from './inputs/read.ts'
import { emptyMemory, remember } from './memory.ts'
import { modeOf } from './mode.ts'
import { publish } from './publish.ts'

/**
 * Opens the status before the job's first step. It always saves its memory, and whatever goes wrong
 * is a warning: main tries again.
 */
export async function pre(runner: Runner): Promise<void> {
  const { env } = runner
  const mode = modeOf(env)
  if (mode === 'off' || mode === 'once') return remember(runner, undefined)

  const read = readPublish(env, runner.payload)
  if ('problems' in read) return leaveToMain(runner, read)
  tell(runner, read)

  const done = await publish(runner, read.values, emptyMemory(read.values, env), 'pre')
  await concludePre(runner, read.values, done)
}

/** Wrong inputs open nothing. Those that are not known yet are no mistake. */
function leaveToMain(
  runner: Runner,
  { problems, unknown }: { problems: string[]; unknown: string[] },
): void {
  const isWrong = problems.length > unknown.length
  remember(runner, unknown.length > 0 ? { fingerprint: '', opened: [], unknown } : undefined)
  if (isWrong) {
    const ending = 'Nothing is opened yet; the main step checks again.'
    reportWrongInputs(runner, 'warning', problems, ending)
    return
  }
  const names = unknown.map((name) => `\`${name}\``).join(', ')
  runner.info(`Nothing is opened yet: ${names} is not known before the job's steps have run.`)
}
