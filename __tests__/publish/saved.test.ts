import { describe, expect, test } from '@jest/globals'
import type { Fault } from '../../sandbox/api/server.ts'
import { answers, refused } from '../support/faults.ts'
import { HEAD, type Setup, SHA, startJob } from '../support/job.ts'

// What is saved is sealed, so each row says what it makes post do: nothing, or publish a result.

const fork = {
  event: {
    name: 'pull_request',
    payload: { pull_request: { head: { sha: HEAD, repo: { id: 1 } }, base: { repo: { id: 2 } } } },
  },
  permissions: { statuses: 'read' as const },
}
const once = { with: { state: 'failure' } }
const lost: Fault = { method: 'POST', resetAfter: true }
const down: Fault = { times: 9, ...answers(404, { message: 'Not Found' }) }

type Row = [how: string, setup: Setup, saved: 'nothing' | 'something', results: string[]]

describe('pre ends, main is skipped, and post', () => {
  test.each<Row>([
    ['publishes the result if pre opened', {}, 'something', ['pending', 'success']],
    ['publishes it if pre was refused', { faults: [refused] }, 'something', ['success']],
    ['publishes it if the answer was lost', { faults: [lost] }, 'something', ['success']],
    ['has nothing to do if it is for once', once, 'nothing', []],
    ['nor with needs', { with: { needs: '["success"]' } }, 'nothing', []],
    ['nor with a list', { with: { statuses: '[]' } }, 'nothing', []],
    ['nor switched off', { with: { enabled: 'false' } }, 'nothing', []],
    ['nor with a wrong input', { with: { sha: 'main' } }, 'nothing', []],
    ['says what was not known yet', { with: { sha: '' } }, 'something', []],
    ['is silent on a fork', fork, 'something', []],
    [
      'has nothing to do if a branch was deleted',
      { event: { name: 'push', payload: { deleted: true } } },
      'nothing',
      [],
    ],
  ])('%s', async (_, setup, saved, results) => {
    await using job = await startJob(setup)
    await job.stage('pre')
    expect(job.state).toHaveProperty('memory')
    expect(job.state.memory === '' ? 'nothing' : 'something').toBe(saved)
    expect((await job.stage('post')).exitCode).toBe(0)
    expect(job.published().map(({ state }) => state)).toEqual(results)
  })
})

describe('main ends without a pre, and post', () => {
  test.each<Row>([
    ['publishes the result if main opened', {}, 'something', ['pending', 'success']],
    ['publishes it if main was refused', { faults: [refused] }, 'something', ['success']],
    ['publishes it if the answer was lost', { faults: [lost] }, 'something', ['success']],
    ['has nothing to do after a state', once, 'nothing', ['failure']],
    ['nor if that was refused', { ...once, faults: [refused] }, 'nothing', []],
    ['nor with a wrong input', { with: { sha: 'main' } }, 'nothing', []],
    ['nor with an empty one', { with: { sha: '' } }, 'nothing', []],
    ['nor switched off', { with: { enabled: 'false' } }, 'nothing', []],
    ['is silent on a fork', fork, 'something', []],
    [
      'fails no second time if the repository is not there',
      { with: { repository: 'other/repo', sha: SHA }, faults: [down] },
      'something',
      [],
    ],
  ])('%s', async (_, setup, saved, results) => {
    await using job = await startJob({ local: true, ...setup })
    await job.stage('main')
    expect(job.state).toHaveProperty('memory')
    expect(job.state.memory === '' ? 'nothing' : 'something').toBe(saved)
    job.contexts.job.status = 'success'
    expect((await job.stage('post')).exitCode).toBe(0)
    expect(job.published().map(({ state }) => state)).toEqual(results)
  })
})
