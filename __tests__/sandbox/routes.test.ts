import { describe, expect, test } from '@jest/globals'
import { combined, create, model, other, sha } from './model.ts'

describe('routes', () => {
  test.each<[string, number]>([
    [combined, 200],
    [
      combined
        .toUpperCase()
        .replace('/REPOS', '/repos')
        .replace('/COMMITS', '/commits')
        .replace('/STATUS', '/status'),
      200,
    ],
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

  test('links keep the prefix and the host', () => {
    const { post } = model({ base: '/api/v3' })
    expect(post().headers.location).toBe(`https://api.github.com/api/v3${create}`)
  })

  test('a pull request’s head', () => {
    const { github, get } = model()
    github.repository('octo/hello', {
      pulls: { 7: { head: other, head_repository: 'fork/hello' } },
    })
    expect(get('/repos/octo/hello/pulls/7').json).toMatchObject({
      number: 7,
      head: { sha: other, repo: { full_name: 'fork/hello' } },
      base: { sha },
    })
  })

  test('a moved repository leads to the new one, and a redirected write arrives', () => {
    const { github, post, send, get } = model()
    github.repository('octo/old', { movedTo: 'octo/hello' })
    const moved = post({ state: 'success' }, `/repos/octo/old/statuses/${sha}`)
    expect(moved.status).toBe(307)
    expect(moved.headers.location).toBe(moved.json.url)
    const to = new URL(moved.headers.location ?? '')
    expect(send('POST', to.pathname, { state: 'success' }).status).toBe(201)
    expect(github.statuses('octo/hello', sha)).toHaveLength(1)
    expect(get('/repos/octo/old/commits/heads%2Fmain/status?per_page=5')).toMatchObject({
      status: 301,
      headers: {
        location: expect.stringMatching(
          /\/repositories\/\d+\/commits\/heads%2Fmain\/status\?per_page=5$/,
        ),
      },
    })
  })
})
