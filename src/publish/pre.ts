import { PRE } from '../github/budgets.ts'
import { connect } from '../github/connect.ts'
import type { Inputs } from '../runner/inputs.ts'
import { reportWrongInputs, tell } from '../runner/report.ts'
import type { Runner } from '../runner/toolkit.ts'
import { findCommit } from './commit.ts'
import { concludePre } from './conclude.ts'
import { namesEveryCommit } from './inputs/once.ts'
import { readPublish, readTarget } from './inputs/read.ts'
import { emptyMemory, type Memory, remember } from './memory.ts'
import { modeOf, takesRequest } from './mode.ts'
import { publish } from './publish.ts'

/**
 * Opens the status before the job's first step. It always saves its memory; whatever goes wrong is
 * a warning, since main tries again. A commit that takes a request is found in every mode.
 */
export async function pre(runner: Runner): Promise<void> {
  const { env, payload } = runner
  const mode = modeOf(env)
  if (mode === 'off') return remember(runner, undefined)
  if (mode === 'once') return findOnly(runner, [])

  const read = readPublish(env, payload)
  if ('problems' in read) {
    sayLeft(runner, read)
    return findOnly(runner, read.unknown)
  }
  tell(runner, read)
  const before = emptyMemory(read.values, runner)
  await concludePre(runner, read.values, await publish(runner, read.values, before, 'pre'))
}

/** Wrong inputs open nothing. Those that are not known yet are no mistake. */
function sayLeft(runner: Runner, { problems, unknown }: Pick<Inputs, 'problems' | 'unknown'>) {
  if (problems.length > unknown.length) {
    const ending = 'Nothing is opened yet; the main step checks again.'
    reportWrongInputs(runner, 'warning', problems, ending)
  } else {
    const names = unknown.map((name) => `\`${name}\``).join(', ')
    runner.info(`Nothing is opened yet: ${names} is not known before the job's steps have run.`)
  }
}

/** Finds the commit for main. @param unknown inputs that are not known yet */
async function findOnly(runner: Runner, unknown: string[]): Promise<void> {
  const { env, payload } = runner
  const memory: Memory = { fingerprint: '', opened: [], ...(unknown.length > 0 && { unknown }) }
  const target =
    takesRequest(env) && !namesEveryCommit(env) ? readTarget(env, payload) : { problems: [] }
  if ('problems' in target) return remember(runner, unknown.length > 0 ? memory : undefined)

  const inputs = target.values
  const github = connect(inputs, runner, PRE)
  const { found, memory: after } = await findCommit(github, env, inputs, memory)
  const failed = 'failure' in found ? { failure: found.failure } : {}
  await concludePre(runner, inputs, { written: [], ...failed, memory: after })
}
