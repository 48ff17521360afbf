import { describe, expect, test } from '@jest/globals'
import {
  isGiteaJobOf,
  isGreaterId,
  isOurJob,
  isSameExecution,
  type Job,
  jobLink,
  type Mark,
  pageOf,
  parseLink,
  parseServerLink,
} from '../../src/status/link.ts'
import { GITEA, GITHUB } from '../../src/status/platform.ts'

const RUNS = 'https://github.com/octo-org/octo-repo/actions/runs'
const GITEA_RUNS = 'https://gitea.example/octo-org/octo-repo/actions/runs'
const ours: Job = {
  server: 'https://github.com',
  repository: 'octo-org/octo-repo',
  platform: GITHUB,
  run: '777',
  attempt: 1,
  job: '50',
}
const onGitea: Job = { ...ours, server: 'https://gitea.example', platform: GITEA, job: '' }

test.each<[what: string, job: Job, link: string | undefined]>([
  ['a first attempt', ours, `${RUNS}/777/job/50`],
  ['a second attempt', { ...ours, attempt: 2 }, `${RUNS}/777/job/50#attempt-2`],
  ['a job without an id', { ...ours, job: '' }, `${RUNS}/777`],
  ['its third attempt', { ...ours, job: '', attempt: 3 }, `${RUNS}/777#attempt-3`],
  ['a run on Gitea', onGitea, `${GITEA_RUNS}/777?by_index=1`],
  ['a job id on Gitea', { ...onGitea, job: '50' }, `${GITEA_RUNS}/777?by_index=1`],
  ['a re-run on Gitea', { ...onGitea, attempt: 2 }, `${GITEA_RUNS}/777?by_index=1#attempt-2`],
  ['no run', { ...ours, run: '' }, undefined],
  ['no server', { ...ours, server: '' }, undefined],
  ['no repository', { ...ours, repository: '' }, undefined],
])('the link of %s', (_, job, link) => {
  expect(jobLink(job)).toBe(link)
})

test.each<[job: Job, mark: Mark, link: string]>([
  [ours, 'follows', `${RUNS}/777/job/50#follows`],
  [{ ...ours, attempt: 2 }, 'follows', `${RUNS}/777/job/50#attempt-2,follows`],
  [{ ...ours, job: '' }, 'follows', `${RUNS}/777#follows`],
  [{ ...ours, attempt: 3 }, 'passed', `${RUNS}/777/job/50#attempt-3,passed`],
  [{ ...onGitea, attempt: 2 }, 'follows', `${GITEA_RUNS}/777?by_index=1#attempt-2,follows`],
])('the link of %j says that it %s, and is read so', (job, mark, link) => {
  expect(jobLink(job, mark)).toBe(link)
  expect(parseLink(link, job)).toEqual({ ...pageOf(job), mark })
})

test.each<[Job]>([
  [ours],
  [{ ...ours, attempt: 12 }],
  [{ ...ours, job: '' }],
  [{ ...ours, job: '', attempt: 2 }],
  [onGitea],
  [{ ...onGitea, attempt: 2 }],
  [{ ...ours, server: 'https://ghe.example:8443', repository: 'octo.org/re.po' }],
])('the link of %j is read as it was written', (job) => {
  expect(parseLink(jobLink(job), job)).toMatchObject(pageOf(job))
  expect(isOurJob(jobLink(job), job)).toBe(true)
})

describe('on GitHub', () => {
  test.each<[link: string, run: string, attempt: number, job: string, more: 'vague' | Mark | '']>([
    ['/777', '777', 1, '', 'vague'],
    ['/777/', '777', 1, '', 'vague'],
    ['/777/job/50', '777', 1, '50', ''],
    ['/777/job/50/', '777', 1, '50', ''],
    ['/777/job/50#step:3:1', '777', 1, '50', ''],
    ['/777/job/50?pr=3#attempt-2', '777', 2, '50', ''],
    ['/777#attempt-2', '777', 2, '', ''],
    ['/777#attempt-1', '777', 1, '', ''],
    ['/777#follows', '777', 1, '', 'follows'],
    ['/777/job/50#attempt-2,passed', '777', 2, '50', 'passed'],
    ['/777/job/50#followsx', '777', 1, '50', ''],
    ['/777/attempts/2', '777', 2, '', ''],
    ['/777/attempts/2/job/51', '777', 2, '51', ''],
    ['/777/attempts/3#attempt-2', '777', 3, '', ''],
    ['/777/workflow', '777', 1, '', 'vague'],
    ['/777#attempt-0', '777', 1, '', ''],
    ['/777#attempt-02', '777', 2, '', ''],
    ['/777#attempt-2x', '777', 1, '', 'vague'],
    ['/777#attempt--2', '777', 1, '', 'vague'],
    ['/777?x=#attempt-2', '777', 2, '', ''],
    ['/777?x=%23attempt-2', '777', 1, '', 'vague'],
    ['/777#summary#attempt-2', '777', 1, '', 'vague'],
    ['/777#attempt-9999999999', '777', 1, '', 'vague'],
    ['/0777/job/0050', '777', 1, '50', ''],
    ['/0', '0', 1, '', 'vague'],
    ['/99999999999999999999', '99999999999999999999', 1, '', 'vague'],
    ['/777/job/50\n', '777', 1, '', 'vague'],
    [`/777/job/${'9'.repeat(21)}`, '777', 1, '', 'vague'],
  ])('%j names run %s, attempt %i, job "%s" %s', (tail, run, attempt, job, more) => {
    const said = more === 'vague' ? { isVague: true } : more !== '' && { mark: more }
    const page = { run, attempt, job, ...said }
    expect(parseLink(RUNS + tail, ours)).toEqual(page)
    expect(parseLink(`${RUNS.toUpperCase()}${tail.toUpperCase()}`, ours)).toEqual(page)
  })

  test.each<[link: string, run: string | undefined]>([
    [`${RUNS}/777`, '777'],
    ['https://github.com/other/octo-repo/actions/runs/778/job/5', '778'],
    ['HTTPS://GITHUB.COM/a/b/ACTIONS/RUNS/778', '778'],
    ['https://github.com/a/b/c/actions/runs/778', undefined],
    ['https://github.com/a/actions/runs/778', undefined],
    ['https://github.com.evil.example/a/b/actions/runs/778', undefined],
    ['https://ghe.example/a/b/actions/runs/778', undefined],
  ])('of any repository on the server, %s names run %s', (link, run) => {
    expect(parseServerLink(link, ours)?.run).toBe(run)
  })

  test.each<[link: unknown]>([
    ['https://github.com/octo-org/octo-repo2/actions/runs/777'],
    ['https://github.com/other/octo-repo/actions/runs/777'],
    ['https://github.com.evil.example/octo-org/octo-repo/actions/runs/777'],
    ['https://ghe.example/octo-org/octo-repo/actions/runs/777'],
    ['http://github.com/octo-org/octo-repo/actions/runs/777'],
    ['/octo-org/octo-repo/actions/runs/777'],
    [`https://evil.example/?u=${RUNS}/777`],
    [` ${RUNS}/777`],
    [`${RUNS}/777abc`],
    [`${RUNS}/777\n`],
    [`${RUNS}/-777`],
    [`${RUNS}/7e9`],
    [`${RUNS}/٧٧٧`],
    [`${RUNS}/${'9'.repeat(21)}`],
    [`${RUNS}/`],
    [RUNS],
    [''],
    [null],
    [undefined],
    [777],
    [{ toString: () => `${RUNS}/777` }],
  ])('%j names no run', (link) => {
    expect(parseLink(link, ours)).toBeUndefined()
  })

  test('a dot in a name is a dot', () => {
    const place = { ...ours, repository: 'octo.org/repo' }
    expect(parseLink('https://github.com/octoXorg/repo/actions/runs/1', place)).toBeUndefined()
  })

  test('a place that is not known has no runs', () => {
    expect(parseLink('/octo-org/octo-repo/actions/runs/1', { ...ours, server: '' })).toBeUndefined()
    expect(parseLink('https://github.com//actions/runs/1', { ...ours, repository: '' })).toBe(
      undefined,
    )
  })
})

describe('on Gitea', () => {
  test.each<[link: string, page: [run: string, attempt: number] | undefined]>([
    [`${GITEA_RUNS}/12?by_index=1`, ['12', 1]],
    [`${GITEA_RUNS}/012?by_index=1&pr=3#attempt-2`, ['12', 2]],
    [`${GITEA_RUNS}/12?by_index=1#attempt-3`, ['12', 3]],
    [`${GITEA_RUNS}/12`, undefined],
    [`${GITEA_RUNS}/12#attempt-2`, undefined],
    [`${GITEA_RUNS}/12/jobs/0`, undefined],
    [`${GITEA_RUNS}/12?by_index=0`, undefined],
    [`${GITEA_RUNS}/12?by_index=10`, undefined],
    [`${GITEA_RUNS}/12?x=1`, undefined],
    [`${GITEA_RUNS}/12#?by_index=1`, undefined],
    ['/octo-org/octo-repo/actions/runs/12/jobs/0', undefined],
    [`${RUNS}/12?by_index=1`, undefined],
  ])('%s names %j', (link, page) => {
    const found = parseLink(link, onGitea)
    expect(found && [found.run, found.attempt]).toEqual(page)
  })

  test.each<[link: unknown, isOfRun: boolean]>([
    ['/octo-org/octo-repo/actions/runs/12/jobs/0', true],
    ['/Octo-Org/Octo-Repo/actions/runs/12/jobs/3', true],
    ['/octo-org/octo-repo/actions/runs/3456/jobs/789', true],
    [`${GITEA_RUNS}/12/jobs/0`, true],
    [`${GITEA_RUNS}/012/jobs/0/attempt/2`, true],
    ['/octo-org/octo-repo/actions/runs/13/jobs/0', false],
    ['/octo-org/octo-repo/actions/runs/12', false],
    ['/octo-org/other/actions/runs/12/jobs/0', false],
    ['//gitea.example/octo-org/octo-repo/actions/runs/12/jobs/0', false],
    ['https://evil.example/octo-org/octo-repo/actions/runs/12/jobs/0', false],
    [undefined, false],
  ])("%s is one of its own statuses' links for number 12 or id 3456: %j", (link, isOfRun) => {
    expect(isGiteaJobOf(link, onGitea, ['12', '3456'])).toBe(isOfRun)
  })

  test('a server below a path gives its own statuses links below that path', () => {
    const below = { ...onGitea, server: 'https://example.org/gitea' }
    const link = '/octo-org/octo-repo/actions/runs/12/jobs/0'
    expect(isGiteaJobOf(`/gitea${link}`, below, ['12'])).toBe(true)
    expect(isGiteaJobOf(link, below, ['12'])).toBe(false)
  })

  test('a run of another repository has a number of its own', () => {
    const link = 'https://gitea.example/other/repo/actions/runs/12?by_index=1'
    expect(parseServerLink(link, onGitea)).toBeUndefined()
  })

  test('GitHub has no such links', () => {
    expect(isGiteaJobOf('/octo-org/octo-repo/actions/runs/12/jobs/0', ours, ['12'])).toBe(false)
  })
})

test.each<[link: string, job: Job, isOurs: boolean]>([
  [`${RUNS}/777/job/50`, ours, true],
  [`${RUNS}/777/job/51`, ours, false],
  [`${RUNS}/777`, ours, false],
  [`${RUNS}/778/job/50`, ours, false],
  [`${RUNS}/777/job/50#attempt-2`, ours, false],
  [`${RUNS}/777`, { ...ours, job: '' }, true],
  [`${RUNS}/777/job/50`, { ...ours, job: '' }, false],
  [`${RUNS}/777/job/50`, { ...ours, run: '00777', job: '00050' }, true],
  ['https://ci.example/', ours, false],
])("%s is %j's page: %j", (link, job, isOurs) => {
  expect(isOurJob(link, job)).toBe(isOurs)
})

test('an execution is one attempt of one run', () => {
  const page = pageOf(ours)
  expect(isSameExecution(page, { ...page, job: '51' })).toBe(true)
  expect(isSameExecution(page, { ...page, attempt: 2 })).toBe(false)
  expect(isSameExecution(page, { ...page, run: '778' })).toBe(false)
})

test.each<[one: string, other: string, isGreater: boolean]>([
  ['10', '9', true],
  ['9', '10', false],
  ['9', '9', false],
  ['99999999999999999999', '99999999999999999998', true],
  ['010', '9', true],
  ['09', '9', false],
  ['', '9', false],
  ['9', '', false],
])('id %j is greater than %j: %j', (one, other, isGreater) => {
  expect(isGreaterId(one, other)).toBe(isGreater)
})

test.each<[what: string, text: string]>([
  ['digits', '7'.repeat(1e6)],
  ['attempts', `7${'/attempts/1'.repeat(1e5)}`],
  ['jobs', `7${'/job/1'.repeat(1e5)}`],
  ['marks', `7${'#attempt-1'.repeat(1e5)}`],
  ['questions', `7${'?by_index=1&'.repeat(1e5)}`],
  ['slashes', `7${'/'.repeat(1e6)}\n`],
])('a megabyte of %s takes no time', (_, text) => {
  const begun = performance.now()
  parseServerLink(`${RUNS}/${text}`, { ...ours, repository: 'other/repo' })
  parseLink(`${GITEA_RUNS}/${text}`, onGitea)
  isGiteaJobOf(`${GITEA_RUNS}/${text}`, onGitea, ['7'])
  expect(performance.now() - begun).toBeLessThan(1_000)
})
