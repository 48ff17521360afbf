import { describe, expect, test } from '@jest/globals'
import { fingerprintOf, modeOf, placeOf } from '../../src/publish/mode.ts'

const given = (inputs: Record<string, string>) => {
  const all = { state: 'job', needs: 'none', statuses: 'none', ...inputs }
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  )
}

describe('the mode', () => {
  test.each<[Record<string, string>, string]>([
    [{}, 'follow'],
    [{ state: ' JOB ' }, 'follow'],
    [{ enabled: 'true' }, 'follow'],
    [{ enabled: 'no' }, 'follow'],
    [{ state: 'success' }, 'once'],
    [{ needs: '{}' }, 'once'],
    [{ statuses: '[]' }, 'once'],
    [{ state: '' }, 'unknown'],
    [{ needs: ' ' }, 'unknown'],
    [{ statuses: '' }, 'unknown'],
    [{ enabled: 'false' }, 'off'],
    [{ state: '', enabled: ' False ' }, 'off'],
  ])('with %j is %s', (inputs, mode) => {
    expect(modeOf(given(inputs))).toBe(mode)
  })
})

describe('the fingerprint', () => {
  const DECIDING =
    'enabled state needs statuses context matrix sha pull_request repository api_url'.split(' ')

  test('changes with each input that decides what is opened, in another way each', () => {
    const prints = DECIDING.map((name) => fingerprintOf(given({ [name]: 'x' })))
    expect(new Set([...prints, fingerprintOf(given({}))]).size).toBe(DECIDING.length + 1)
  })

  test.each(['description', 'target_url', 'token', 'job_status'])(
    'does not change with `%s`, which post reads again',
    (name) => {
      expect(fingerprintOf(given({ [name]: 'x' }))).toBe(fingerprintOf(given({})))
    },
  )
})

test('the place is told by the path of a composite, and is empty outside of one', () => {
  expect(placeOf({})).toBe('')
  const places = ['/w/inner', '/w/outer'].map((path) => placeOf({ GITHUB_ACTION_PATH: path }))
  expect(new Set(places).size).toBe(2)
})
