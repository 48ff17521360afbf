import { describe, expect, test } from '@jest/globals'
import { type Env, fingerprint, intentOf, raw } from '../../src/publish/mode.ts'

test.each<[inputs: Env, intent: string]>([
  [{ INPUT_STATE: 'job' }, 'follow'],
  [{ INPUT_STATE: ' JOB ' }, 'follow'],
  [{ INPUT_STATE: 'job', INPUT_ENABLED: 'true' }, 'follow'],
  [{ INPUT_STATE: 'job', INPUT_ENABLED: 'no' }, 'follow'],
  [{ INPUT_STATE: 'job', INPUT_NEEDS: ' ' }, 'follow'],
  [{ INPUT_STATE: 'job', INPUT_NEEDS: '{}' }, 'once'],
  [{ INPUT_STATE: 'success' }, 'once'],
  [{ INPUT_STATE: '' }, 'once'],
  [{}, 'once'],
  [{ INPUT_STATE: 'job', INPUT_ENABLED: 'false' }, 'off'],
  [{ INPUT_STATE: 'nonsense', INPUT_ENABLED: ' False ' }, 'off'],
])('%j: %s', (inputs, intent) => {
  expect(intentOf(inputs)).toBe(intent)
})

test('a text comes without the white space around it', () => {
  expect(raw({ INPUT_TARGET_URL: ' a b\n' }, 'target_url')).toBe('a b')
  expect(raw({}, 'target_url')).toBe('')
})

describe('the fingerprint', () => {
  const DECIDING = [
    'enabled',
    'state',
    'needs',
    'context',
    'matrix',
    'sha',
    'repository',
    'api_url',
  ]

  test.each(DECIDING)('changes with %s', (name) => {
    expect(fingerprint({ [`INPUT_${name.toUpperCase()}`]: 'x' })).not.toBe(fingerprint({}))
  })

  test('tells one input from another, and does not change with what post reads again', () => {
    expect(
      new Set(DECIDING.map((name) => fingerprint({ [`INPUT_${name.toUpperCase()}`]: 'x' }))).size,
    ).toBe(8)
    expect(fingerprint({ INPUT_DESCRIPTION: 'x', INPUT_TARGET_URL: 'y', INPUT_TOKEN: 'z' })).toBe(
      fingerprint({}),
    )
  })
})
