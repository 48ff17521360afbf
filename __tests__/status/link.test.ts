import { describe, expect, test } from '@jest/globals'
import { isNewer, jobLink, ofNewestRun, parseLink } from '../../src/status/link.ts'

const RUNS = 'https://github.com/octo-org/octo-repo/actions/runs'
const ours = {
  server: 'https://github.com',
  repository: 'octo-org/octo-repo',
  run: '777',
  job: '50',
}

test.each<[missing: Partial<typeof ours>, link: string | undefined]>([
  [{}, `${RUNS}/777/job/50`],
  [{ job: '' }, `${RUNS}/777`],
  [{ run: '' }, undefined],
  [{ server: '' }, undefined],
  [{ repository: '' }, undefined],
])('the link of a job with %j', (missing, link) => {
  expect(jobLink({ ...ours, ...missing })).toBe(link)
})

describe('newer than run 777, job 50', () => {
  test.each<[link: unknown, newer: boolean]>([
    [`${RUNS}/777/job/50`, false],
    [`${RUNS}/777/job/49`, false],
    [`${RUNS}/777/job/51`, true],
    [`${RUNS}/777/job/500`, true],
    [`${RUNS}/777`, false],
    [`${RUNS}/777/attempts/2`, false],
    [`${RUNS}/777/attempts/2/job/51`, true],
    [`${RUNS}/776`, false],
    [`${RUNS}/776/job/99`, false],
    [`${RUNS}/778`, true],
    [`${RUNS}/778/job/1`, true],
    [`${RUNS}/7770/job/50`, true],
    [`${RUNS}/77/job/50`, false],
    [`${RUNS}/99999999999999999999`, true],
    [`${RUNS}/0778`, true],
    [`${RUNS}/778/job/1?pr=3`, true],
    [`${RUNS}/778#summary`, true],
    [`${RUNS}/778/`, true],
    [`${RUNS.toUpperCase()}/778`, true],
    ['https://github.com/octo-org/octo-repo2/actions/runs/778', false],
    ['https://github.com/other/octo-repo/actions/runs/778', false],
    ['https://ghe.example/octo-org/octo-repo/actions/runs/778', false],
    ['http://github.com/octo-org/octo-repo/actions/runs/778', false],
    [`https://evil.example/?u=${RUNS}/778`, false],
    [`${RUNS}/778abc`, false],
    [`${RUNS}/-778`, false],
    [`${RUNS}/7e9`, false],
    [`${RUNS}/${'9'.repeat(21)}`, false],
    [`${RUNS}/`, false],
    ['', false],
    [null, false],
    [undefined, false],
    [778, false],
    [{ toString: () => `${RUNS}/778` }, false],
  ])('%s: %j', (link, newer) => {
    expect(isNewer(link, ours)).toBe(newer)
  })
})

test.each<[missing: Partial<typeof ours>, link: string, newer: boolean]>([
  [{ job: '' }, `${RUNS}/777/job/51`, false],
  [{ job: '' }, `${RUNS}/778/job/51`, true],
  [{ run: '' }, `${RUNS}/778`, false],
])('where ours is %j, %s is newer: %j', (missing, link, newer) => {
  expect(isNewer(link, { ...ours, ...missing })).toBe(newer)
})

test.each<[what: string, links: string[], found: number | undefined]>([
  ['of none', [], undefined],
  [
    'of our own and older ones',
    [`${RUNS}/777/job/51`, `${RUNS}/776`, 'https://ci.example'],
    undefined,
  ],
  [
    'the newest of the newest run, whatever lies over it',
    ['778', '779/job/1', '779/job/1', '778'].map((id) => `${RUNS}/${id}`),
    1,
  ],
  [
    'the greatest job of one run',
    ['778/job/3', '778/job/5', '778/job/4'].map((id) => `${RUNS}/${id}`),
    1,
  ],
])('the newest run %s', (_, links, found) => {
  const statuses = links.map((target_url) => ({ target_url }))
  const expected = found === undefined ? undefined : statuses[found]
  expect(ofNewestRun(statuses, { ...ours, job: '51' })).toBe(expected)
})

test('a server on a port, and a repository with a dot, are taken to the letter', () => {
  const place = { server: 'https://ghe.example:8443', repository: 'octo.org/repo' }
  expect(parseLink('https://ghe.example:8443/octo.org/repo/actions/runs/1/job/2', place)).toEqual({
    run: 1n,
    job: 2n,
  })
  expect(parseLink('https://ghe.example:8443/octoXorg/repo/actions/runs/1', place)).toBeUndefined()
})
