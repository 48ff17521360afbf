import { expect, test } from '@jest/globals'
import { isLatest, notesOf, parseVersion, planMajor, readTags } from '../../scripts/release-plan.ts'

/** Tags on origin, each with the commit that it is at. */
const tagsAt = (commits: Record<string, string>) =>
  new Map(Object.entries(commits).map(([tag, commit]) => [tag, { object: commit, commit }]))

function plan(tag: string, commits: Record<string, string>) {
  const version = parseVersion(tag)
  if (version === undefined) throw new Error(`${tag} is no version`)
  return planMajor(tag, version, commits[tag] ?? '', tagsAt(commits))
}

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
  ['an older version', 'v1.0.1', { v1: 'c', 'v1.1.0': 'c', 'v1.0.1': 'b' }, false],
  ['a deleted major tag', 'v1.0.1', { 'v1.1.0': 'c', 'v1.0.1': 'b' }, false],
  ['a pre-release', 'v1.1.0-rc.1', { v1: 'a', 'v1.0.0': 'a', 'v1.1.0-rc.1': 'b' }, false],
]

test.each(MOVES)('the major tag: %s', (_, tag, commits, moves) => {
  const { move, line, now } = plan(tag, commits)
  expect(move ? line : false).toBe(moves)
  expect(now).toBe(commits.v1 ?? '')
})

test('a major tag that is at no version is not overwritten', () => {
  expect(() => plan('v1.0.1', { v1: 'x', 'v1.0.0': 'a', 'v1.0.1': 'b' })).toThrow(
    /^v1 is at x, which has no version tag\./,
  )
})

test('the latest release is the newest stable version of all', () => {
  const tags = tagsAt({ 'v1.9.0': 'a', 'v1.10.0': 'b', 'v2.0.0-rc.1': 'c', latest: 'd' })
  expect([...tags.keys()].filter((tag) => isLatest(tag, tags))).toEqual(['v1.10.0'])
})

test('an annotated tag keeps its object and its commit', () => {
  const [object, commit] = ['a'.repeat(40), 'b'.repeat(40)]
  const listing = `${object}\trefs/tags/v1\n${commit}\trefs/tags/v1^{}\n${commit}\trefs/tags/v1.0.0\n`
  expect(Object.fromEntries(readTags(listing))).toEqual({
    v1: { object, commit },
    'v1.0.0': { object: commit, commit },
  })
})

test('notes are the section of one version, to the next heading', () => {
  const changelog =
    '# Changelog\n\n## 1.0.1 - 2026-12-01\n\n### Fixed\n\n- A\n\n## 1.0.10 - 2027-01-01\n\n- B\n\n## 1.0.0 - unreleased\n'
  expect(notesOf(changelog, 'v1.0.1')).toBe('### Fixed\n\n- A')
  expect(notesOf(changelog, 'v1.0.10')).toBe('- B')
  expect(notesOf(changelog, 'v1.0.0')).toBeUndefined()
})
