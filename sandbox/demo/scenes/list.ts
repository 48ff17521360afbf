import { pushToBranch } from '../../runner/payloads.ts'
import type { Scene } from '../play.ts'

const payload = pushToBranch()

/** What a script found out, published as a status for each finding. */
export const list: Scene = {
  title: 'Publish a list',
  about: 'a push',
  yaml: `report:
  steps:
    - uses: OWNER/commit-status@v1
      with:
        statuses: |
          [{ "context": "lint", "state": "success",
             "description": "0 problems" },
           { "context": "types", "state": "failure",
             "description": "2 errors" }]
`,
  repository: payload.repository.full_name,
  sha: payload.after,
  async act(play) {
    const job = play.job({ event: { name: 'push', payload }, ref: payload.ref })
    await play.stage(job, 'pre')
    const { outputs, conclusion } = await play.stage(job, 'main')
    play.show('at the step')
    await play.stage(job, 'post')

    const expected = ['failure types: 2 errors', 'success lint: 0 problems']
    play.claim('one status per entry', play.shown().join() === expected.join())
    play.claim('in 2 writes', play.asked().join() === 'POST 201,POST 201')
    play.claim('the step is green', conclusion === 'success' && outputs.published === 'true')
  },
}
