import { combined } from './combined/combined.ts'
import { list } from './list.ts'
import * as lifecycle from './publish/lifecycle.ts'
import { raw } from './publish/mode.ts'
import { actionsRunner, type Runner } from './runner/runner.ts'
import { sweep } from './sweep/sweep.ts'

/** Every stage but the part of main that needs nothing of this: `index.ts` loads this file when there is work to do. */
const STAGES = {
  pre: lifecycle.pre,
  main: lifecycle.main,
  post: lifecycle.post,
  combined,
  list,
  sweep,
} satisfies Record<string, (runner: Runner) => Promise<void>>

export type Stage = keyof typeof STAGES

/** Runs a stage. What nobody foresaw ends here, in one line; in pre it is a warning, since main tries again. */
export async function run(stage: Stage): Promise<void> {
  const runner = actionsRunner()
  if (raw(runner.env, 'token') === '')
    runner.info("The input `token` is empty: the job's own token is used.")
  try {
    await STAGES[stage](runner)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const text = `commit-status met an error that it does not know; please report it: ${reason}`
    if (stage === 'pre') runner.warning(text)
    else runner.fail(text)
  }
  // A connection that was given up, in a proxy's tunnel for one, must not keep the job waiting.
  setTimeout(() => process.exit(), 500).unref()
}
