import { PRE } from '../github/budgets.ts'
import { tell } from '../runner/accept.ts'
import { report, reportWrongInputs } from '../runner/report.ts'
import type { Runner } from '../runner/toolkit.ts'
import { readPublish } from './inputs/read.ts'
import { emptyMemory, remember } from './memory.ts'
import { modeOf } from './mode.ts'
import { open } from './open.ts'
import { readOnlyAuthor, reportReadOnly } from './read-only.ts'
import { problemsIn, writeFailuresIn } from './written.ts'

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

  const before = emptyMemory(read.values, env)
  const done = await open(runner, read.values, before, PRE)
  const { memory } = done
  const author = readOnlyAuthor(runner, writeFailuresIn(done), read.values.isJobToken)
  const isNothing = memory.opened.length === 0
  remember(runner, isNothing ? undefined : { ...memory, ...(author && { readOnly: true }) })

  if (author !== undefined) return reportReadOnly(runner, author)
  report(runner, 'warning', problemsIn(done), 'The main step tries again.')
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
