import { describe, expect, test } from '@jest/globals'
import { combined, ids, list, model, sha } from './model.ts'

describe('the combined status', () => {
  test.each<[string[], string]>([
    [[], 'pending'],
    [['success'], 'success'],
    [['success', 'pending'], 'pending'],
    [['pending', 'error'], 'failure'],
    [['failure', 'success'], 'failure'],
  ])('of %j is %s', (states, expected) => {
    const { get, post } = model()
    states.forEach((state, index) => {
      post({ state: 'failure', context: `c${index}` })
      post({ state, context: `C${index}` })
    })
    expect(get(combined).json).toMatchObject({ state: expected, total_count: states.length, sha })
  })

  test('pages: ascending, the state of all of them on each', () => {
    const { get, post } = model()
    for (let index = 0; index < 35; index += 1)
      post({ state: index === 34 ? 'failure' : 'success', context: `c${index}` })
    const first = get(combined)
    expect(first.json).toMatchObject({ state: 'failure', total_count: 35 })
    expect(first.json.statuses).toHaveLength(30)
    const second = get(`${combined}?page=2`)
    expect(second.json).toMatchObject({ state: 'failure', total_count: 35 })
    const all = [...ids(first.json.statuses), ...ids(second.json.statuses)]
    expect(all).toEqual([...all].sort((a, b) => a - b))
    expect(new Set(all).size).toBe(35)
    expect(get(`${combined}?per_page=500&limit=3`).json.statuses).toHaveLength(35)
    expect(get(`${combined}?page=3`).json.statuses).toEqual([])
    expect(first.headers.link).toContain('rel="next"')
  })

  test('its Link can be missing', () => {
    const { get, post } = model({ combinedLink: false })
    for (const context of ['a', 'b']) post({ state: 'success', context })
    expect(get(`${combined}?per_page=1`).headers.link).toBeUndefined()
    expect(get(`${list}?per_page=1`).headers.link).toBeDefined()
  })
})

describe('the list', () => {
  test('newest first, every record, by its Links', () => {
    const { get, post } = model()
    for (let index = 0; index < 5; index += 1)
      post({ state: 'success', context: index % 2 ? 'a' : 'b' })
    const seen: number[] = []
    const rels: string[][] = []
    for (let url: string | undefined = `${list}?per_page=2`; url; ) {
      const page = get(url)
      seen.push(...ids(page.json))
      const links: string[][] = [
        ...(page.headers.link ?? '').matchAll(/<([^>]+)>; rel="(\w+)"/g),
      ].map((match) => [...match])
      rels.push(links.map(([, , rel = '']) => rel))
      const next: string | undefined = links.find(([, , rel]) => rel === 'next')?.[1]
      url = next && new URL(next).pathname + new URL(next).search
      if (url) expect(url).toMatch(/^\/repositories\/\d+\/commits\//)
    }
    expect(rels).toEqual([
      ['next', 'last'],
      ['prev', 'next', 'last', 'first'],
      ['prev', 'first'],
    ])
    expect(seen).toHaveLength(5)
    expect(seen).toEqual([...seen].sort((a, b) => b - a))
  })

  test('no Link if one page holds all', () => {
    expect(model().get(list).headers.link).toBeUndefined()
  })

  test('statuses of other tools', () => {
    const { github, get } = model()
    github.publish('octo/hello', sha, {
      state: 'pending',
      context: 'x',
      creator: 'robot',
      created_at: '2020-01-01T00:00:00Z',
    })
    expect(get(list).json).toMatchObject([
      { context: 'x', created_at: '2020-01-01T00:00:00Z', creator: { login: 'robot' } },
    ])
    expect(() => github.publish('octo/hello', 'f'.repeat(40), { state: 'pending' })).toThrow(
      'no such commit',
    )
    expect(() => github.statuses('octo/nothing', sha)).toThrow('no such repository')
  })
})
