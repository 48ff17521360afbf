import { setTimeout as sleep } from 'node:timers/promises'
import { pushToBranch } from '../../runner/payloads.ts'
import type { Play, Scene } from '../play.ts'
import type { Row } from '../rows.ts'

const payload = pushToBranch()
const { full_name: repository } = payload.repository
const sha = payload.after
const OWN_ID = 5020

/** A job that waits for another tool's status and another job's check run, and passes when both are green. */
export const gate: Scene = {
  title: 'A gate over statuses and check runs',
  about: 'a push',
  yaml: `gate:
  steps:
    - uses: OWNER/commit-status/combined@v1
      with:
        check_runs: true
        timeout_minutes: 10
        interval_seconds: 1
        require_success: true
`,
  repository,
  sha,
  async act(play) {
    const event = { name: 'push', payload }
    const job = play.job({ event, ref: payload.ref, checkRunId: OWN_ID })
    const before = [report(play, 'deploy', 'pending'), ...checkRuns(play, null, null)]
    const waiting = play.stage(job, 'main')
    await whileWaiting(waiting, () => play.asked().length < 4)
    play.show('gate waits', before)

    const after = [report(play, 'deploy', 'success'), ...checkRuns(play, 'success', null)]
    const { conclusion, outputs, log } = await waiting
    checkRuns(play, 'success', conclusion)
    play.show('gate passes', [...after.slice(0, 2), checkRunRow('gate', conclusion)])

    play.claim('waits for both', /Waiting.*build.*deploy|Waiting.*deploy.*build/s.test(log))
    play.claim('but not for itself', outputs.total_count === '2')
    play.claim('passes when both are green', conclusion === 'success')
    play.claim('free polls (304)', play.asked().includes('GET 304'))
  },
}

/** The status of another tool. */
function report(play: Play, context: string, state: string): Row {
  const description = state === 'pending' ? 'Rolling out' : 'Rolled out'
  play.publish('deployer', { context, state, description })
  return { context, state, description, publisher: 'deployer' }
}

type Conclusion = 'success' | 'failure' | null

/** The check runs of another job and of the gate's own. */
function checkRuns(play: Play, build: Conclusion, gate: Conclusion): Row[] {
  const { github } = play.sandbox
  const runs = [
    { id: OWN_ID - 1, name: 'build', conclusion: build },
    { id: OWN_ID, name: 'gate', conclusion: gate },
  ]
  return runs.map((run) => {
    const status = run.conclusion === null ? 'in_progress' : 'completed'
    github.checkRun(repository, sha, { ...run, status })
    return checkRunRow(run.name, run.conclusion)
  })
}

function checkRunRow(context: string, conclusion: Conclusion): Row {
  const state = conclusion ?? 'pending'
  const description = `check run, ${conclusion ?? 'in progress'}`
  return { context, state, description, publisher: 'github-actions[bot]' }
}

/** Waits while something is so and the work goes on. */
async function whileWaiting(work: Promise<unknown>, isSo: () => boolean) {
  let isDone = false
  void work.finally(() => {
    isDone = true
  })
  while (isSo() && !isDone) await sleep(20)
}
