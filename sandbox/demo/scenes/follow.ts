import { openedPullRequest } from '../../runner/payloads.ts'
import type { Play, Scene } from '../play.ts'

const payload = openedPullRequest()
const { full_name: repository } = payload.repository
const { sha } = payload.pull_request.head
const MERGE_COMMIT = 'f'.repeat(40)

/** From a job's start to its end, on a pull request that another tool reports on as well. */
export const follow: Scene = {
  title: 'Follow a job',
  about: 'a pull request was opened',
  yaml: `test:
  steps:
    - uses: OWNER/commit-status@v1
    - run: npm test
`,
  repository,
  sha,
  async act(play) {
    play.sandbox.github.repository(repository, { commits: [MERGE_COMMIT] })
    const event = { name: 'pull_request', payload }
    const job = play.job({ event, sha: MERGE_COMMIT, runId: 4001, checkRunId: 5001 })

    await play.stage(job, 'pre')
    play.show('job starts')
    play.claim('pending first', isOne(play, 'pending CI / test: In progress'))

    await play.stage(job, 'main')
    const asked = play.asked()

    play.clock.advance(95)
    play.publish('codecov', {
      state: 'success',
      context: 'codecov/patch',
      description: '94.2% of diff hit',
    })
    play.show('1m 35s later')

    play.clock.advance(38)
    await play.stage(job, 'post')
    play.show('job ends')
    claimResult(play, asked)
  },
}

function claimResult(play: Play, askedByMain: string[]) {
  const { github } = play.sandbox
  const [status] = github.statuses(repository, sha)
  const link = `https://github.com/${repository}/actions/runs/4001/job/5001`
  play.claim('then its result', play.shown().includes('success CI / test: Successful in 2m 13s'))
  const asked = [askedByMain, play.asked()].join(' | ')
  play.claim('in 2 writes and 1 read', asked === 'POST 201 | POST 201,GET 200,POST 201')
  play.claim('links to the job', status?.target_url === link)
  play.claim('on the head commit', github.statuses(repository, MERGE_COMMIT).length === 0)
}

const isOne = (play: Play, row: string) => play.shown().join() === row
