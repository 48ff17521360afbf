import { combined } from '../../src/combined/combined.ts'
import { main } from '../../src/publish/main.ts'
import { modeOf, takesRequest } from '../../src/publish/mode.ts'
import { readyUnchecked } from '../../src/publish/outputs.ts'
import { post } from '../../src/publish/post.ts'
import { pre } from '../../src/publish/pre.ts'
import type { Runner } from '../../src/runner/toolkit.ts'
import { sweep } from '../../src/sweep/sweep.ts'
import type { StageName } from './plan.ts'

/** The one door to every stage, with the shortcuts that `index.ts` takes. */
export const STAGES: Readonly<Record<StageName, (runner: Runner) => Promise<void>>> = {
  async pre(runner) {
    const mode = modeOf(runner.env)
    const hasNothingToDo = mode === 'off' || (mode === 'once' && !takesRequest(runner.env))
    if (hasNothingToDo) runner.saveState('memory', '')
    else await pre(runner)
  },
  async main(runner) {
    const ready = readyUnchecked(runner.env)
    if (ready === undefined) return main(runner)
    for (const [name, value] of Object.entries(ready.outputs)) runner.setOutput(name, value)
    runner.info(ready.line)
  },
  async post(runner) {
    const saved = runner.env.STATE_memory
    if (saved) return post(runner)
    if (saved === undefined) {
      runner.info('Nothing is published: the earlier stages saved no state.')
    }
  },
  combined,
  sweep,
}
