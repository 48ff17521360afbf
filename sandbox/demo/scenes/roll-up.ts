import { pushToBranch } from '../../runner/payloads.ts'
import type { Scene } from '../play.ts'

const payload = pushToBranch()
const NEEDS = { lint: 'success', test: 'failure', docs: 'skipped' }

/** A status for many jobs, whose own job is red as well, and so can be the required check. */
export const rollUp: Scene = {
  title: 'A roll-up that is the required check',
  about: 'a push, and test failed',
  yaml: `all:
  needs: [lint, test, docs]
  if: always()
  steps:
    - uses: OWNER/commit-status@v1
      with:
        context: All checks
        needs: \${{ toJSON(needs) }}
        allowed_skips: docs
        require_success: true
`,
  repository: payload.repository.full_name,
  sha: payload.after,
  async act(play) {
    const job = play.job({ event: { name: 'push', payload }, ref: payload.ref })
    const results = Object.entries(NEEDS).map(([name, result]) => [name, { result }])
    Object.assign(job.contexts, { needs: Object.fromEntries(results) })
    const { conclusion } = await play.stage(job, 'main')
    play.show('at the step')

    const expected = 'failure All checks: Failed: test (skipped: docs)'
    play.claim('names the jobs', play.shown().join() === expected)
    play.claim('in 1 read and 1 write', play.asked().join() === 'GET 200,POST 201')
    play.claim('the job is red too', conclusion === 'failure')
  },
}
