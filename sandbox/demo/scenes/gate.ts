import { setTimeout as sleep } from 'node:timers/promises'
import type { Rule } from '../../api/github.ts'
import { pushToBranch } from '../../runner/payloads.ts'
import type { Play, Scene } from '../play.ts'
import type { Row } from '../rows.ts'

const payload = pushToBranch()
const { full_name: repository } = payload.repository
const sha = payload.after
const branch = payload.ref.replace('refs/heads/', '')
const OWN_ID = 5020

const rule: Rule = {
  type: 'required_status_checks',
  parameters: {
    strict_required_status_checks_policy: false,
    required_status_checks: ['deploy', 'build', 'gate'].map((context) => ({ context })),
  },
}

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
    play.sandbox.github.repository(repository, {
      branches: { [branch]: sha },
      rules: { [branch]: [rule] },
    })
    const event = { name: 'push', payload }
    const job = play.job({ event, ref: payload.ref, checkRunId: OWN_ID })
    const before = report(play, 'pending')
    const waiting = play.stage(job, 'main')
    while (play.asked().length < 6 && job.results.length === 0) await sleep(20)
    play.show('gate waits', before)

    const after = report(play, 'success')
    const { conclusion, outputs, log } = await waiting
    play.show('gate passes', after)

    play.claim('waits for both', /Waiting.*build.*deploy|Waiting.*deploy.*build/s.test(log))
    play.claim('not for itself', log.includes('Left out: "gate"'))
    play.claim('nor for lint', outputs.total_count === '2')
    play.claim('passes when both are green', conclusion === 'success')
    play.claim('free polls (304)', play.asked().includes('GET 304'))
  },
}

/** What another tool and the check runs of two other jobs report, as shown, and the gate's own check run. */
function report(play: Play, state: 'pending' | 'success'): Row[] {
  const description = state === 'success' ? 'Rolled out' : 'Rolling out'
  const deploy = { context: 'deploy', state, description }
  play.publish('deployer', deploy)
  const build = state === 'success' ? state : null
  const runs = [
    { name: 'build', id: OWN_ID - 1, conclusion: build },
    { name: 'lint', id: OWN_ID - 2, conclusion: 'failure' as const },
    { name: 'gate', id: OWN_ID, conclusion: null },
  ]
  for (const run of runs) {
    const status = run.conclusion === null ? 'in_progress' : 'completed'
    play.sandbox.github.checkRun(repository, sha, { ...run, status })
  }
  const rows = runs.slice(0, 2).map(({ name, conclusion }) => ({
    context: name,
    state: conclusion ?? 'pending',
    description: `check run, ${conclusion ?? 'in progress'}`,
  }))
  return [deploy, ...rows]
}
