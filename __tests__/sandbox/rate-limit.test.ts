import { describe, expect, test } from '@jest/globals'
import type { ApiResponse } from '../../sandbox/api/github.ts'
import { combined, list, model } from './model.ts'

describe('what a request costs', () => {
  const remaining = ({ headers }: ApiResponse) => Number(headers['x-ratelimit-remaining'])

  test('one of the limit, and nothing if nothing changed', () => {
    const { get, post } = model()
    const first = get(combined)
    const etag = first.headers.etag ?? ''
    expect(remaining(first)).toBe(999)
    const again = get(combined, { 'if-none-match': etag })
    expect(again).toMatchObject({ status: 304, body: '' })
    expect(remaining(again)).toBe(999)
    expect(get(combined, { 'if-none-match': `W/${etag}` }).status).toBe(304)
    expect(remaining(post())).toBe(998)
    expect(get(combined, { 'if-none-match': etag }).status).toBe(200)
  })

  test.each([403, 429] as const)('used up is %i until the window ends', (status) => {
    let time = 1_000_000
    const { get, post } = model({
      now: () => time,
      rateLimit: { limit: 2, window: 60_000, status },
    })
    expect([post().status, get(list).status]).toEqual([201, 200])
    expect(get(list)).toMatchObject({
      status,
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1060' },
      json: { message: expect.stringContaining('API rate limit exceeded') },
    })
    time += 60_000
    expect(remaining(get(list))).toBe(1)
  })

  test('no limit on GitHub Enterprise Server unless it is asked for', () => {
    expect(model({ base: '/api/v3' }).get(list).headers).not.toHaveProperty('x-ratelimit-limit')
    expect(model({ rateLimit: null }).get(list).headers).not.toHaveProperty('x-ratelimit-limit')
    expect(remaining(model({ base: '/api/v3', rateLimit: { limit: 9 } }).get(list))).toBe(8)
  })
})
