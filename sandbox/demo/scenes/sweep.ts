import { completedRun } from '../../runner/payloads.ts'
import { ROOT, type Scene } from '../play.ts'

const payload = completedRun()
const { repository, workflow_run: run } = payload

/** What is left pending by a runner that was lost is closed when its run has ended. */
export const sweep: Scene = {
  title: 'Sweep after a lost runner',
  about: 'its run has ended',
  yaml: `sweep:
  steps:
    - uses: OWNER/commit-status/sweep@v1
`,
  repository: repository.full_name,
  sha: run.head_sha,
  async act(play) {
    play.publish('security-scanner', {
      state: 'pending',
      context: 'security/scan',
      description: 'Scanning',
    })
    const event = { name: 'push', payload: {} }
    const lost = play.job({ action: ROOT, job: 'test', event, runId: run.id, checkRunId: 5030 })
    await play.stage(lost, 'pre')
    play.show('runner lost')

    play.clock.advance(600)
    const ended = { conclusion: 'failure', updated_at: new Date(play.clock.now()).toISOString() }
    const job = play.job({
      event: { name: 'workflow_run', payload: { ...payload, workflow_run: { ...run, ...ended } } },
      workflow: 'Sweep',
    })
    const { outputs } = await play.stage(job, 'main')
    play.show('after sweep')

    const shown = play.shown()
    play.claim(
      'the lost job is red',
      shown.some((row) => row.startsWith('failure CI / test')),
    )
    play.claim(
      "another tool's status is left alone",
      shown.includes('pending security/scan: Scanning'),
    )
    play.claim('outputs name it', `${outputs.swept} ${outputs.contexts}` === '1 ["CI / test"]')
  },
}
