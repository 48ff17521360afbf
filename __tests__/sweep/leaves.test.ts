import { describe, expect, test } from '@jest/globals'
import { json } from '../support/expect.ts'
import { put } from '../support/history.ts'
import { SHA } from '../support/job.ts'
import {
  AFTER,
  BEFORE,
  ended,
  JOB,
  type Left,
  leave,
  RUN,
  runPage,
  start,
  stateOf,
} from './swept.ts'

describe('leaves alone', () => {
  test.each<[string, Left]>([
    ['run 7770', { link: runPage(7770) }],
    ['run 77', { link: runPage(77) }],
    ['run 1777', { link: `${runPage(1777)}/job/777` }],
    ['a link with the number elsewhere', { link: `${runPage(1)}/job/777` }],
    ['another repository', { link: runPage(RUN, 'octo-org/other') }],
    ['another server', { link: JOB.replace('github.com', 'ghe.example') }],
    ['another tool', { link: 'https://ci.example/777' }],
    ['a page that only begins alike', { link: `${runPage(RUN)}x` }],
    ['a link that is none', { link: 'https://github.com' }],
    ['what succeeded', { state: 'success' }],
    ['what failed', { state: 'failure' }],
    ['what erred', { state: 'error' }],
    ['a re-run that has begun meanwhile', { at: AFTER }],
  ])('%s', async (_, left) => {
    await using job = await start()
    leave(job, 'ci', left)
    const result = await job.stage('main')
    expect(result).toMatchObject({ conclusion: 'success', outputs: { swept: '0', contexts: '[]' } })
    expect(job.published()).toEqual([])
  })

  test('a run that succeeded, without a request', async () => {
    await using job = await start({ event: ended('success') })
    leave(job, 'ci')
    const result = await job.stage('main')
    expect(result).toMatchObject({ conclusion: 'success', outputs: { swept: '0', contexts: '[]' } })
    expect(result.log).toContain('Run 777 succeeded')
    expect(job.requests()).toEqual([])
  })

  test('a name that a newer run has taken over, in any case', async () => {
    await using job = await start()
    leave(job, 'CI / build')
    leave(job, 'ci / build', { link: runPage(778) })
    expect((await job.stage('main')).outputs.swept).toBe('0')
  })

  test('another commit', async () => {
    await using job = await start()
    put(job, { ci: 'pending' }, { target_url: JOB, created_at: BEFORE }, SHA)
    expect((await job.stage('main')).outputs.swept).toBe('0')
    expect(stateOf(job, 'ci', SHA)).toBe('pending')
  })

  test('all of these while the one is settled', async () => {
    await using job = await start()
    leave(job, 'mine')
    leave(job, 'theirs', { link: runPage(778) })
    leave(job, 'done', { state: 'success' })
    leave(job, 'again', { at: AFTER })
    expect(json(await job.stage('main'), 'contexts')).toEqual(['mine'])
    const states = ['mine', 'theirs', 'done', 'again'].map((context) => stateOf(job, context))
    expect(states).toEqual(['error', 'pending', 'success', 'pending'])
  })
})
