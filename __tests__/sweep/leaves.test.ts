import { describe, expect, test } from '@jest/globals'
import { expectQuiet } from '../support/expect.ts'
import { page, put } from '../support/history.ts'
import { HEAD, SHA } from '../support/job.ts'
import {
  AFTER,
  BEFORE,
  closed,
  ENDED,
  ENDED_JOB,
  ended,
  type Left,
  leave,
  startSweep,
} from '../support/run-777.ts'

const OTHERS: [string, Left][] = [
  ['run 7770', { link: page({ run: 7770 }) }],
  ['run 77', { link: page({ run: 77 }) }],
  ['run 1777', { link: page({ run: 1777, job: 777 }) }],
  ['a link with the number elsewhere', { link: page({ run: 1, job: 777 }) }],
  ['another repository', { link: page({ run: ENDED, repository: 'octo-org/other' }) }],
  ['another server', { link: page({ run: ENDED, server: 'https://ghe.example' }) }],
  ['another tool', { link: 'https://ci.example/777' }],
  ['a page that only begins alike', { link: `${page({ run: ENDED })}x` }],
  ['a link that leads nowhere', { link: 'https://github.com' }],
  ['what succeeded', { state: 'success' }],
  ['what failed', { state: 'failure' }],
  ['what is an error', { state: 'error' }],
  ['a re-run that has begun meanwhile', { at: AFTER }],
]

describe('leaves alone', () => {
  test.each(OTHERS)('%s', async (_, left) => {
    await using job = await startSweep()
    leave(job, 'ci', left)
    const result = await job.stage('main')
    expectQuiet(result)
    expect(result.outputs).toEqual({ swept: '0', contexts: '[]' })
    expect(job.published()).toEqual([])
  })

  test('all of these while it closes one', async () => {
    await using job = await startSweep()
    for (const [name, left] of OTHERS) leave(job, name, left)
    leave(job, 'lost')
    expect(closed(await job.stage('main'))).toEqual(['lost'])
  })

  test('a run that succeeded, without a request', async () => {
    await using job = await startSweep({ event: ended('success') })
    leave(job, 'ci')
    const result = await job.stage('main')
    expectQuiet(result)
    expect(result.outputs).toEqual({ swept: '0', contexts: '[]' })
    expect(result.log).toContain('Run 777 succeeded: its pending statuses are left alone.')
    expect(job.requests()).toEqual([])
  })

  test('a name that a newer run has taken over, in any case', async () => {
    await using job = await startSweep()
    leave(job, 'CI / build')
    leave(job, 'ci / build', { link: page({ run: 778 }) })
    expect((await job.stage('main')).outputs.swept).toBe('0')
  })

  test('another commit', async () => {
    await using job = await startSweep()
    put(job, { ci: 'pending' }, { target_url: ENDED_JOB, created_at: BEFORE }, SHA)
    expect((await job.stage('main')).outputs.swept).toBe('0')
    expect(job.shown()).toEqual({ ci: 'pending' })
  })

  test('a name that a re-run took over after it was read', async () => {
    await using job = await startSweep({ faults: [{ method: 'POST', slow: 2_500 }] })
    for (const name of ['later', 'sooner']) leave(job, name)
    setTimeout(() => put(job, { later: 'success' }, {}, HEAD), 1_500)
    const result = await job.stage('main')
    expectQuiet(result)
    expect(closed(result)).toEqual(['sooner'])
    expect(job.shown(HEAD)).toMatchObject({ later: 'success' })
  })
})
