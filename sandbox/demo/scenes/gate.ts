import { setTimeout as sleep } from 'node:timers/promises'
import type { Rule } from '../../api/github.ts'
import { pushToBranch } from '../../runner/payloads.ts'
import type { Play, Scene } from '../play.ts'
import type { Row } from '../rows.ts'

const payload = pushToBranch()
const { full_name: repository } = payload.repository
const sha = payload.after
const OWN_ID = 5020

/**
 * A job that waits for what the branch requires, another tool's status and another job's check run, and passes when
 * both are green. What is not required may fail, and the job itself, which is required too, is left out.
 */
export const gate: Scene = {
  title: 'A gate over what the branch requires',
  about: 'a push',
  yaml: `gate:
  steps:
    - uses: OWNER/commit-status/combined@v1
      with:
        required_by: event
        timeout_minutes: 10
        interval_seconds: 1
        require_success: true
`,
  repository,
  sha,
  async act(play) {
    require(play, 'deploy', 'build', 'gate')
    const event = { name: 'push', payload }
    const job = play.job({ event, ref: payload.ref, checkRunId: OWN_ID })
    const before = [report(play, 'deploy', 'pending'), ...checkRuns(play, null)]
    const waiting = play.stage(job, 'main')
    await whileWaiting(waiting, () => play.asked().length < 6)
    play.show('gate waits', before)

    const after = [report(play, 'deploy', 'success'), ...checkRuns(play, 'success')]
    const { conclusion, outputs, log } = await waiting
    play.show('gate passes', after)

    play.claim('waits for both', /Waiting.*build.*deploy|Waiting.*deploy.*build/s.test(log))
    play.claim('not for itself', log.includes('Left out: "gate"'))
    play.claim('nor for lint', outputs.total_count === '2')
    play.claim('passes when both are green', conclusion === 'success')
    play.claim('free polls (304)', play.asked().includes('GET 304'))
  },
}

/** Lets the branch require these names. */
function require(play: Play, ...names: string[]): void {
  const branch = payload.ref.replace('refs/heads/', '')
  const rule: Rule = {
    type: 'required_status_checks',
    parameters: {
      strict_required_status_checks_policy: false,
      required_status_checks: names.map((context) => ({ context })),
    },
  }
  const branches = { [branch]: sha }
  play.sandbox.github.repository(repository, { branches, rules: { [branch]: [rule] } })
}

/** The status of another tool. */
function report(play: Play, context: string, state: string): Row {
  const description = state === 'pending' ? 'Rolling out' : 'Rolled out'
  play.publish('deployer', { context, state, description })
  return { context, state, description }
}

type Conclusion = 'success' | 'failure' | null

/** The check runs of two other jobs, shown, and of the gate's own. */
function checkRuns(play: Play, build: Conclusion): Row[] {
  const runs: [string, number, Conclusion][] = [
    ['build', OWN_ID - 1, build],
    ['lint', OWN_ID - 2, 'failure'],
    ['gate', OWN_ID, null],
  ]
  for (const [name, id, conclusion] of runs) {
    const status = conclusion === null ? 'in_progress' : 'completed'
    play.sandbox.github.checkRun(repository, sha, { name, id, conclusion, status })
  }
  return runs.slice(0, 2).map(([name, , conclusion]) => checkRunRow(name, conclusion))
}

function checkRunRow(context: string, conclusion: Conclusion): Row {
  const state = conclusion ?? 'pending'
  const description = `check run, ${conclusion ?? 'in progress'}`
  return { context, state, description }
}

/** Waits while something is so and the work goes on. */
async function whileWaiting(work: Promise<unknown>, isSo: () => boolean) {
  let isDone = false
  void work.finally(() => {
    isDone = true
  })
  while (isSo() && !isDone) await sleep(20)
}
