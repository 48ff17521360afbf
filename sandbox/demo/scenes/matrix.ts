import { pushToBranch } from '../../runner/payloads.ts'
import type { Job } from '../../runner/stage-runner.ts'
import type { Play, Scene } from '../play.ts'

const payload = pushToBranch()

/** How long each leg takes, in seconds after the one before. */
const ENDS = [
  { leg: '24, windows', after: 40, result: 'failure' },
  { leg: '20, linux', after: 78, result: 'success' },
  { leg: '24, linux', after: 15, result: 'success' },
  { leg: '20, windows', after: 31, result: 'success' },
] as const

/** Four legs, of which one fails: each has a status of its own. */
export const matrix: Scene = {
  title: 'A matrix with a failing leg',
  about: 'a push',
  yaml: `test:
  strategy:
    fail-fast: false
    matrix: { node: [20, 24], os: [linux, windows] }
  steps:
    - uses: OWNER/commit-status@v1
    - run: npm test
`,
  repository: payload.repository.full_name,
  sha: payload.after,
  async act(play) {
    const legs = await startLegs(play)
    for (const { leg, after, result } of ENDS) {
      play.clock.advance(after)
      const job = legs.get(leg) as Job
      job.contexts.job.status = result
      await play.stage(job, 'post')
      if (result === 'failure') play.show('after 40s')
    }
    play.show('all done')
    claimResults(play)
  },
}

async function startLegs(play: Play): Promise<Map<string, Job>> {
  const legs = new Map<string, Job>()
  for (const [index, values] of play.yaml.legs.entries()) {
    const event = { name: 'push', payload }
    const job = play.job({
      event,
      ref: payload.ref,
      matrix: values,
      runId: 4002,
      checkRunId: 5010 + index,
    })
    await play.stage(job, 'pre')
    legs.set(Object.values(values).join(', '), job)
  }
  return legs
}

function claimResults(play: Play) {
  const shown = play.shown()
  play.claim('one status per leg', shown.length === 4)
  play.claim('one is red', shown.filter((row) => row.startsWith('failure')).length === 1)
  play.claim('three are green', shown.filter((row) => row.startsWith('success')).length === 3)
}
