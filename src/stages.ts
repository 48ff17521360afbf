import { combined } from './combined/combined.ts'
import { list } from './list.ts'
import { main } from './publish/main.ts'
import { post } from './publish/post.ts'
import { pre } from './publish/pre.ts'
import { unexpected } from './runner/env.ts'
import { actionsRunner, type Runner } from './runner/toolkit.ts'
import { sweep } from './sweep/sweep.ts'

/** Every stage by its name. `index.ts` loads this file only if a stage has something to do. */
const STAGES = {
  pre,
  main,
  post,
  combined,
  list,
  sweep,
} satisfies Record<string, (runner: Runner) => Promise<void>>

export type Stage = keyof typeof STAGES

/** Runs a stage. An unexpected error is one line, in pre a warning, since main tries again. */
export async function run(stage: Stage): Promise<void> {
  const runner = actionsRunner()
  try {
    await STAGES[stage](runner)
  } catch (error) {
    runner[stage === 'pre' ? 'warning' : 'fail'](unexpected(error))
  }
  // A connection that was given up, such as one in a proxy's tunnel, must not keep the job waiting.
  setTimeout(() => process.exit(), 500).unref()
}
