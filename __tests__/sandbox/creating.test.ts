import { describe, expect, test } from '@jest/globals'
import { create, model, sha } from './model.ts'

describe('a status is created', () => {
  test('as it was sent, and listed so', () => {
    const { github, post } = model({ now: () => Date.UTC(2026, 0, 2, 3, 4, 5, 678) })
    const sent = { state: 'failure', context: 'ci', description: 'no', target_url: 'https://x.y' }
    const { status, json } = post(sent)
    expect(status).toBe(201)
    const creator = { login: 'github-actions[bot]' }
    expect(json).toMatchObject({ ...sent, created_at: '2026-01-02T03:04:05Z', creator })
    expect(github.statuses('octo/hello', sha)).toMatchObject([{ id: json.id, ...sent }])
  })

  test.each<[string, object]>([
    ['without a context and texts', {}],
    ['with texts that are null', { description: null, target_url: null }],
    ['with texts that just fit', { description: '漢'.repeat(140), context: '✓'.repeat(255) }],
  ])('%s', (_, body) => {
    const stored = { context: 'default', description: null, target_url: null, ...body }
    expect(model().post({ state: 'success', ...body })).toMatchObject({ status: 201, json: stored })
  })
})

describe('a status is refused', () => {
  const validation = (errors: unknown) => ({ message: 'Validation Failed', errors })
  const entry = (more: object) => ({ resource: 'Status', code: 'custom', ...more })

  test.each([
    ['description', 'x'.repeat(141), 'is too long (maximum is 140 characters)'],
    ['description', 'ok 🎉', "doesn't accept 4-byte Unicode"],
    ['context', '🎉', "doesn't accept 4-byte Unicode"],
    ['context', 'x'.repeat(256), 'is too long (maximum is 255 characters)'],
    ['target_url', 'example.com', 'must use http(s) scheme'],
    ['target_url', '', 'must use http(s) scheme'],
    ['state', 'cancelled', 'is not included in the list'],
    ['sha', '6dcb09b', 'must be a 40 character SHA1'],
    ['sha', 'heads%2Fmain', 'must be a 40 character SHA1'],
  ])('for its %s %j: it %s', (field, value, reason) => {
    const url = field === 'sha' ? create.replace(sha, value) : create
    const body = { state: 'success', [field]: value }
    const named = field[0]?.toUpperCase() + field.slice(1).replace('_', ' ')
    const message = `${field} ${reason}`

    const now = model()
    expect(now.post(body, url)).toMatchObject({
      status: 422,
      json: { ...validation(`Validation failed: ${named} ${reason}`), status: '422' },
    })
    expect(now.github.statuses('octo/hello', sha)).toEqual([])
    const before = model({ errors: 'array' }).post(body, url)
    expect(before.json).toMatchObject(validation([entry({ field, message })]))
  })

  test('for an empty context, which has a code of its own', () => {
    const body = { state: 'success', context: '' }
    expect(model().post(body).json.errors).toBe("Validation failed: Context can't be blank")
    const missing = { resource: 'Status', code: 'missing_field', field: 'context' }
    expect(model({ errors: 'array' }).post(body).json.errors).toEqual([missing])
  })

  test('for several reasons at once', () => {
    const reasons = 'State is not included in the list, Target url must use http(s) scheme'
    const { errors } = model().post({ state: 'x', target_url: 'y' }).json
    expect(errors).toBe(`Validation failed: ${reasons}`)
  })

  test('for a commit that is not there', () => {
    const unknown = 'f'.repeat(40)
    const url = create.replace(sha, unknown)
    const message = `No commit found for SHA: ${unknown}`
    const now = validation(`Validation failed: ${message}`)
    expect(model().post(undefined, url)).toMatchObject({ status: 422, json: now })
    const before = model({ errors: 'array' }).post(undefined, url)
    expect(before).toMatchObject({ status: 422, json: { message } })
  })

  test('as one too many of its context, in any case', () => {
    const { post } = model({ maximumStatuses: 2 })
    const statuses = ['a', 'A', 'a', 'b'].map((context) => post({ state: 'success', context }))
    expect(statuses.map(({ status }) => status)).toEqual([201, 201, 422, 201])
    const message = 'This SHA and context has reached the maximum number of statuses.'
    expect(statuses[2]?.json).toMatchObject(validation(`Validation failed: ${message}`))
    const before = model({ maximumStatuses: 0, errors: 'array' }).post()
    expect(before.json).toMatchObject(validation([entry({ message })]))
  })

  test.each<[string, unknown, number, string]>([
    ['bad JSON', '{', 400, 'Problems parsing JSON'],
    ['an array', [], 400, 'Body should be a JSON object'],
    ['null', 'null', 400, 'Body should be a JSON object'],
    ['no state', {}, 422, '"state" wasn\'t supplied'],
    ['no text', { state: 'a', context: null }, 422, "'properties/context', nil is not a string."],
    ['a number', { state: 'a', description: 7 }, 422, "properties/description', 7 is not a string"],
  ])('as a body that is no status: %s', (_, body, status, message) => {
    const told = { message: expect.stringContaining(message) }
    expect(model().post(body)).toMatchObject({ status, json: told })
  })
})
