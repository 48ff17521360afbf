import { expect, test } from '@jest/globals'
import { notesOf, planMajor } from '../../scripts/release.ts'

const MOVES: [string, string, Record<string, string>, string | false][] = [
  ['the first version', 'v1.0.0', { 'v1.0.0': 'a' }, 'v1 created at v1.0.0'],
  [
    'the next one',
    'v1.0.1',
    { v1: 'a', 'v1.0.0': 'a', 'v1.0.1': 'b' },
    'v1 moved from v1.0.0 to v1.0.1',
  ],
  [
    'numbers, not letters',
    'v1.10.0',
    { v1: 'a', 'v1.9.0': 'a', 'v1.10.0': 'b' },
    'v1 moved from v1.9.0 to v1.10.0',
  ],
  [
    'a newer one that is not published yet',
    'v1.0.1',
    { v1: 'a', 'v1.0.0': 'a', 'v1.0.1': 'b', 'v1.1.0': 'c' },
    'v1 moved from v1.0.0 to v1.0.1',
  ],
  [
    'an older major version',
    'v1.0.1',
    { v1: 'a', 'v1.0.0': 'a', 'v1.0.1': 'b', v2: 'c', 'v2.0.0': 'c' },
    'v1 moved from v1.0.0 to v1.0.1',
  ],
  ['two versions on one commit', 'v1.0.1', { v1: 'a', 'v1.0.0': 'a', 'v1.0.1': 'a' }, false],
  ['a deleted major tag', 'v1.0.1', { 'v1.1.0': 'c', 'v1.0.1': 'b' }, false],
]

test.each(MOVES)('the major tag after %s', (_, tag, commits, expected) => {
  const head = commits[tag] ?? ''
  const { moves, line, now } = planMajor({ tag, head }, new Map(Object.entries(commits)))
  expect(moves ? line : false).toBe(expected)
  expect(now).toBe(commits.v1 ?? '')
})

test('notes are the section of one version, to the next heading', () => {
  const changelog =
    '# Changelog\n\n## 1.0.1 - 2026-12-01\n\n### Fixed\n\n- A\n\n## 1.0.10 - 2027-01-01\n\n- B\n\n## 1.0.0 - unreleased\n'
  expect(notesOf(changelog, 'v1.0.1')).toBe('### Fixed\n\n- A')
  expect(notesOf(changelog, 'v1.0.10')).toBe('- B')
  expect(notesOf(changelog, 'v1.0.0')).toBeUndefined()
})
