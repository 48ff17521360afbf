import { describe, expect, test } from '@jest/globals'
import { read } from './documents.ts'

const ROW = /^\| (?<promise>[^|]+) \| (?<tests>.*__tests__.*) \|$/gm
const SHOWN = /\]\((?<path>__tests__\/[^)]+)\): (?<names>"[^"]+"(?:, "[^"]+")*)/g

const promises = [...read('SECURITY.md').matchAll(ROW)].map(({ groups }) => ({
  promise: groups?.promise ?? '',
  shown: [...(groups?.tests ?? '').matchAll(SHOWN)].flatMap(({ groups: { path, names } = {} }) =>
    [...(names ?? '').matchAll(/"([^"]+)"/g)].map(([, name = '']) => ({ path: path ?? '', name })),
  ),
}))

describe('the promises in SECURITY.md are shown by tests', () => {
  test('there are some', () => expect(promises.length).toBeGreaterThan(15))

  test.each(promises)('$promise', ({ shown }) => {
    const missing = shown.filter(({ path, name }) => !read(path).includes(name))
    expect(missing).toEqual([])
    expect(shown.length).toBeGreaterThan(0)
  })
})
