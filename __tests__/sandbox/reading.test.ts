import { describe, expect, test } from '@jest/globals'
import { combined, ids, list, model, runs, sha } from './model.ts'

describe('the combined status', () => {
  test.each<[string[], string]>([
    [[], 'pending'],
    [['success'], 'success'],
    [['success', 'pending'], 'pending'],
    [['pending', 'error'], 'failure'],
    [['failure', 'success'], 'failure'],
  ])('of %j, the newest of their contexts in any case, is %s', (states, expected) => {
    const { get, post } = model()
    states.forEach((state, index) => {
      post({ state: 'failure', context: `c${index}` })
      post({ state, context: `C${index}` })
    })
    expect(get(combined).json).toMatchObject({ state: expected, total_count: states.length, sha })
  })

  test('has pages, ascending, with the state of all of them on each', () => {
    const { get, post } = model()
    for (let index = 0; index < 35; index += 1)
      post({ state: index === 34 ? 'failure' : 'success', context: `c${index}` })
    const pages = ['', '?page=2', '?page=3', '?per_page=500'].map((query) => get(combined + query))
    const all = pages.map(({ json }) => ids(json.statuses))
    expect(all.map(({ length }) => length)).toEqual([30, 5, 0, 35])
    expect(all.slice(0, 2).flat()).toEqual(all[3])
    expect(all[3]).toEqual(all[3]?.toSorted((a, b) => a - b))
    for (const { json } of pages) expect(json).toMatchObject({ state: 'failure', total_count: 35 })
  })
})

test('the Link leads to the other pages, if there are any', () => {
  const { get, post } = model({ base: '/api/v3' })
  for (const context of ['a', 'b', 'a', 'b', 'a']) post({ state: 'success', context })
  const linksOf = (query: string) => {
    const { link = '' } = get(list + query).headers
    const found = link.matchAll(/<https:[^>]*\/api\/v3\/repositories\/(.*?)>; rel="(\w+)"/g)
    return [...found].map(([, url, rel]) => `${rel} ${url?.replace(/^\d+/, '')}`)
  }
  const path = `/commits/${sha}/statuses?per_page=2&page=`
  const [first, second, third] = [1, 2, 3].map((page) => path + page)
  expect(linksOf('')).toEqual([])
  expect(linksOf('?per_page=2')).toEqual([`next ${second}`, `last ${third}`])
  expect(linksOf('?per_page=2&page=3')).toEqual([`prev ${second}`, `first ${first}`])
})

test.each([true, false])('the combined status has a Link: %s', (combinedLink) => {
  const { get, post } = model({ combinedLink })
  for (const context of ['a', 'b']) post({ state: 'success', context })
  expect('link' in get(`${combined}?per_page=1`).headers).toBe(combinedLink)
})

test('statuses are listed newest first, by their time, those of one second by their id', () => {
  const { github, get } = model()
  const times = { 9: 1, 5: 2, 7: 2, 3: 0 }
  for (const [id, second] of Object.entries(times)) {
    const created_at = `2026-01-02T00:00:0${second}Z`
    const status = { id: Number(id), state: 'success', context: 'ci', creator: 'x', created_at }
    github.publish('octo/hello', sha, status)
  }
  expect(ids(get(list).json)).toEqual([7, 5, 9, 3])
  expect(get(`${list}?per_page=1`).json).toMatchObject([{ creator: { login: 'x' } }])
  expect(get(combined).json.statuses).toMatchObject([{ id: 7 }])
})

test('a repository that moved leads to its new place, with the rest of the address', () => {
  const { github, get } = model()
  github.repository('octo/old', { movedTo: 'octo/hello' })
  const rest = '/commits/heads%2Fmain/status?per_page=5'
  const location = expect.stringMatching(
    /\/repositories\/\d+\/commits\/heads%2Fmain\/status\?per_page=5$/,
  )
  expect(get(`/repos/octo/old${rest}`)).toMatchObject({ status: 301, headers: { location } })
})

test('what was not declared does not exist', () => {
  const { github } = model()
  const publish = () => github.publish('octo/hello', 'f'.repeat(40), { state: 'pending' })
  expect(publish).toThrow('no such commit')
  expect(() => github.statuses('octo/nothing', sha)).toThrow('no such repository')
})

describe('check runs', () => {
  test('of one name in a suite only the newest is listed, on numbered pages', () => {
    const { github, get } = model()
    for (const suite of [1, 1, 2]) github.checkRun('octo/hello', sha, { name: 'build', suite })
    github.checkRun('octo/hello', sha, { name: 'lint', suite: 1 })
    const listed = (query: string) => ids(get(runs + query).json.check_runs)
    const all = listed('')
    expect(all).toHaveLength(3)
    expect(all).toEqual(all.toSorted((one, other) => other - one))
    expect(listed('?per_page=2&page=2')).toEqual(all.slice(2))
    expect(get(`${runs}?per_page=2`)).toMatchObject({
      headers: { link: expect.stringContaining('rel="next"') },
      json: { total_count: 3 },
    })
  })

  test('one that is going has neither conclusion nor end, until it is changed', () => {
    const { github, get } = model({ now: () => Date.UTC(2026, 0, 2) })
    const { id } = github.checkRun('octo/hello', sha, { name: 'build' })
    const going = { id, status: 'in_progress', conclusion: null, completed_at: null }
    expect(get(runs).json.check_runs).toMatchObject([going])
    const ended = { id, status: 'completed', conclusion: 'success' } as const
    github.checkRun('octo/hello', sha, { ...ended, name: 'build' })
    const check_runs = [{ ...ended, completed_at: '2026-01-02T00:00:00Z', head_sha: sha }]
    expect(get(runs).json).toMatchObject({ total_count: 1, check_runs })
  })
})

test.each<[string, number]>([
  [combined, 200],
  [combined.replace(sha, sha.toUpperCase()).replace('octo', 'OCTO'), 200],
  ['/repos/octo/hello/commits/main/status', 200],
  ['/repos/octo/hello/commits/HEAD/status', 200],
  ['/repos/octo/hello/commits/heads%2Ffeat%2Fx/status', 200],
  ['/repos/octo/hello/commits/feat%2Fx/statuses', 200],
  ['/repos/octo/hello/commits/tags%2Fv1/statuses', 200],
  ['/repos/octo/hello/commits/6dcb09b/status', 200],
  ['/repos/octo/hello/statuses/main', 200],
  ['/repos/octo/hello/commits/heads/main/status', 404],
  ['/repos/octo/hello/commits/%E0%A4%A/status', 404],
  ['/repos/octo/hello/commits/nothing/status', 422],
  ['/repos/octo/hello/commits/nothing/check-runs', 422],
  [`/repos/octo/hello/commits/${'f'.repeat(40)}/statuses`, 422],
  ['/repos/octo/hello/statuses/', 404],
  ['/repos/octo/hello/pulls/8', 404],
  ['/user', 404],
  ['/', 404],
])('GET %s is %i', (url, status) => {
  expect(model().get(url).status).toBe(status)
  expect(model({ base: '/api/v3' }).get(url).status).toBe(status)
  expect(model({ base: '/api/v1' }).get(url).status).toBe(404)
})
