import { describe, expect, test } from '@jest/globals'
import { create, model, sha } from './model.ts'

describe('create', () => {
  test('stores, and answers with what it stored', () => {
    const { github, post } = model({ now: () => Date.UTC(2026, 0, 2, 3, 4, 5, 678) })
    const { status, headers, json } = post({
      state: 'failure',
      context: 'ci',
      description: 'no',
      target_url: 'https://x.y',
    })
    expect(status).toBe(201)
    expect(headers).toMatchObject({
      location: `https://api.github.com${create}`,
      'x-ratelimit-remaining': '999',
    })
    expect(json).toMatchObject({
      state: 'failure',
      context: 'ci',
      created_at: '2026-01-02T03:04:05Z',
      creator: { login: 'github-actions[bot]' },
    })
    expect(github.statuses('octo/hello', sha)).toMatchObject([
      { id: json.id, state: 'failure', description: 'no', target_url: 'https://x.y' },
    ])
  })

  test('no context is `default`, absent texts are null', () => {
    expect(model().post().json).toMatchObject({
      context: 'default',
      description: null,
      target_url: null,
    })
  })

  test('names are compared without case', () => {
    const { github, post } = model()
    post({ state: 'pending', context: 'CI' })
    post({ state: 'success', context: 'ci' })
    expect(Object.keys(github.current('octo/hello', sha))).toEqual(['ci'])
    expect(github.statuses('octo/hello', sha)).toHaveLength(2)
  })

  const unknown = 'f'.repeat(40)
  test.each<[string, object, string, string, object]>([
    [
      'a long description',
      { description: 'x'.repeat(141) },
      create,
      'Description is too long (maximum is 140 characters)',
      { field: 'description', message: 'description is too long (maximum is 140 characters)' },
    ],
    [
      'an emoji in the description',
      { description: 'ok 🎉' },
      create,
      "Description doesn't accept 4-byte Unicode",
      { field: 'description' },
    ],
    [
      'an emoji in the context',
      { context: '🎉' },
      create,
      "Context doesn't accept 4-byte Unicode",
      { field: 'context' },
    ],
    [
      'a long context',
      { context: 'x'.repeat(256) },
      create,
      'Context is too long (maximum is 255 characters)',
      { field: 'context' },
    ],
    [
      'an empty context',
      { context: '' },
      create,
      "Context can't be blank",
      { field: 'context', code: 'missing_field' },
    ],
    [
      'a link without scheme',
      { target_url: 'example.com' },
      create,
      'Target url must use http(s) scheme',
      { field: 'target_url', message: 'target_url must use http(s) scheme' },
    ],
    [
      'an empty link',
      { target_url: '' },
      create,
      'Target url must use http(s) scheme',
      { field: 'target_url' },
    ],
    [
      'a bad state',
      { state: 'cancelled' },
      create,
      'State is not included in the list',
      { field: 'state' },
    ],
    [
      'a short sha',
      {},
      '/repos/octo/hello/statuses/6dcb09b',
      'Sha must be a 40 character SHA1',
      { field: 'sha', message: 'sha must be a 40 character SHA1' },
    ],
    [
      'a branch',
      {},
      '/repos/octo/hello/statuses/heads%2Fmain',
      'Sha must be a 40 character SHA1',
      { field: 'sha' },
    ],
  ])('%s is refused, in both generations', (_, body, url, text, entry) => {
    const now = model()
    const answer = now.post({ state: 'success', ...body }, url)
    expect(answer.status).toBe(422)
    expect(answer.json).toEqual({
      message: 'Validation Failed',
      errors: `Validation failed: ${text}`,
      documentation_url: 'https://docs.github.com/rest/commits/statuses#create-a-commit-status',
      status: '422',
    })
    expect(now.github.statuses('octo/hello', sha)).toEqual([])
    expect(model({ errors: 'array' }).post({ state: 'success', ...body }, url).json).toEqual({
      message: 'Validation Failed',
      errors: [expect.objectContaining({ resource: 'Status', code: 'custom', ...entry })],
      documentation_url: expect.any(String),
    })
  })

  test('what just fits is accepted', () => {
    const body = {
      state: 'error',
      description: '漢'.repeat(140),
      context: '✓'.repeat(255),
      target_url: 'http://a',
    }
    expect(model().post(body).status).toBe(201)
    expect(model().post({ state: 'error', description: null, target_url: null }).status).toBe(201)
  })

  test('several problems are told together', () => {
    expect(model().post({ state: 'x', target_url: 'y' }).json.errors).toBe(
      'Validation failed: State is not included in the list, Target url must use http(s) scheme',
    )
  })

  test('an unknown commit', () => {
    const url = `/repos/octo/hello/statuses/${unknown}`
    expect(model().post({ state: 'success' }, url)).toMatchObject({
      status: 422,
      json: { errors: expect.stringContaining(`No commit found for SHA: ${unknown}`) },
    })
    const { status, json } = model({ errors: 'array' }).post({ state: 'success' }, url)
    expect(status).toBe(422)
    expect(json).toEqual({
      message: `No commit found for SHA: ${unknown}`,
      documentation_url: expect.any(String),
    })
  })

  test('the maximum of one commit and context', () => {
    const { post } = model({ maximumStatuses: 2 })
    for (const context of ['a', 'A', 'b'])
      expect(post({ state: 'success', context }).status).toBe(201)
    expect(post({ state: 'success', context: 'a' })).toMatchObject({
      status: 422,
      json: {
        errors:
          'Validation failed: This SHA and context has reached the maximum number of statuses.',
      },
    })
    expect(post({ state: 'success', context: 'b' }).status).toBe(201)
    const old = model({ maximumStatuses: 0, errors: 'array' }).post().json.errors
    expect(old).toEqual([
      {
        resource: 'Status',
        code: 'custom',
        message: 'This SHA and context has reached the maximum number of statuses.',
      },
    ])
  })

  test.each<[string, unknown, number, string]>([
    ['bad JSON', '{', 400, 'Problems parsing JSON'],
    ['an array', [], 400, 'Body should be a JSON object'],
    ['null', 'null', 400, 'Body should be a JSON object'],
    ['no state', {}, 422, `"state" wasn't supplied`],
    [
      'context null',
      { state: 'success', context: null },
      422,
      `For 'properties/context', nil is not a string.`,
    ],
    [
      'a number',
      { state: 'success', description: 7 },
      422,
      `For 'properties/description', 7 is not a string.`,
    ],
  ])('%s', (_, body, status, message) => {
    expect(model().post(body)).toMatchObject({
      status,
      json: { message: expect.stringContaining(message) },
    })
  })
})
