import { expect, test } from '@jest/globals'
import { createRepository } from './repository.ts'

/** Releases are made on Linux and macOS: `gh` and the hook of these tests are shell scripts. */
const onUnix = process.platform === 'win32' ? test.skip : test

onUnix('a version is tagged, published with its notes, and becomes the major tag', () => {
  using repository = createRepository()

  expect(repository.release('tag', 'v1.2.3').stdout.at(-1)).toBe('v1.2.3 pushed')
  expect(repository.release('publish', 'v1.2.3')).toEqual({
    status: 0,
    stdout: ['Release v1.2.3 published', 'v1 created at v1.2.3'],
    stderr: '',
  })

  expect(repository.tags()).toEqual({ 'v1.2.3': '1.2.3', v1: '1.2.3' })
  expect(repository.created()).toBe(
    'release create v1.2.3 --verify-tag --latest=true --title v1.2.3 --notes-file -\n- New in 1.2.3.',
  )
})

onUnix('a second run changes nothing', () => {
  using repository = createRepository()
  repository.publish('1.2.4')
  const before = { tags: repository.tags(), created: repository.created() }

  expect(repository.release('tag', 'v1.2.4').stdout.at(-1)).toBe('v1.2.4 is already on origin')
  expect(repository.release('publish', 'v1.2.4').stdout).toEqual([
    'Release v1.2.4 is already there',
    'v1 is already at v1.2.4',
  ])

  expect({ tags: repository.tags(), created: repository.created() }).toEqual(before)
})

onUnix('the major tag moves to a newer version, even if it is annotated', () => {
  using repository = createRepository()
  repository.publish('1.9.0')
  repository.git('tag', '--annotate', '--message', 'one', 'v1')
  repository.git('push', '--quiet', '--force', 'origin', 'v1')

  const { stdout } = repository.publish('1.10.0')

  expect(stdout.at(-1)).toBe('v1 moved from v1.9.0 to v1.10.0')
  expect(repository.tags().v1).toBe('1.10.0')
})

onUnix('an older version that is tagged later does not move the major tag back', () => {
  using repository = createRepository()
  repository.publish('1.3.0')

  const { status, stdout } = repository.publish('1.2.4')

  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: ['Release v1.2.4 published', 'v1 does not move: v1.3.0 is newer'],
  })
  expect(repository.tags().v1).toBe('1.3.0')
  expect(repository.created()).toMatch(/v1\.2\.4 --verify-tag --latest=false/)
})

onUnix('a pre-release is published as one, and moves nothing', () => {
  using repository = createRepository()

  const { status, stdout } = repository.publish('1.3.0-rc.1')

  expect({ status, stdout: stdout.at(-1) }).toEqual({
    status: 0,
    stdout: 'v1 does not move: v1.3.0-rc.1 is a pre-release',
  })
  expect(repository.tags()).toEqual({ 'v1.3.0-rc.1': '1.3.0-rc.1' })
  expect(repository.created()).toContain('--latest=false --prerelease')
})

onUnix.each([
  ['for want of a permission', 'without `workflows` permission', 'publish v1.2.3'],
  ['by a rule', 'GH013: Repository rule violations', 'Correct the reason given above'],
])('a major tag refused %s says what to do, and the next run ends it', (_, reason, advice) => {
  using repository = createRepository()
  repository.release('tag', 'v1.2.3')
  repository.refuse('v1', reason.replaceAll("'", ''))

  const refused = repository.release('publish', 'v1.2.3')
  expect(refused.status).toBe(1)
  expect(refused.stderr).toContain(reason)
  expect(refused.stderr).toContain(advice)

  repository.refuse('none', '')
  expect(repository.release('publish', 'v1.2.3').stdout).toEqual([
    'Release v1.2.3 is already there',
    'v1 created at v1.2.3',
  ])
})

onUnix('a major tag that another release has moved in the meantime is left as it is', () => {
  using repository = createRepository()
  repository.release('tag', 'v1.2.3')
  repository.meanwhile(
    'git push --quiet origin $(git commit-tree -m 1.3.0 HEAD^{tree}):refs/tags/v1',
  )

  const { status, stderr } = repository.release('publish', 'v1.2.3')

  expect(status).toBe(1)
  expect(stderr).toMatch(/stale info[\s\S]*run this again/)
  expect(repository.tags().v1).toBe('1.3.0')
})

onUnix('a release that can be changed fails, and leaves the major tag alone', () => {
  using repository = createRepository()
  repository.release('tag', 'v1.2.3')
  repository.setImmutable(false)

  const { status, stderr } = repository.release('publish', 'v1.2.3')

  expect(status).toBe(1)
  expect(stderr).toMatch(/^Release v1\.2\.3 can still be changed\. Turn on immutable releases/)
  expect(repository.tags()).toEqual({ 'v1.2.3': '1.2.3' })
})

onUnix('nothing is published for a tag that is not on origin', () => {
  using repository = createRepository()

  const { status, stderr } = repository.release('publish', 'v1.2.3')

  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: 'v1.2.3 is not on origin: npm run release -- tag v1.2.3\n',
  })
  expect(repository.created()).toBe('')
})

type Repository = ReturnType<typeof createRepository>

const WRONG: [string, (repository: Repository) => void, RegExp][] = [
  [
    'dist is not current',
    ({ write, git }) => {
      write('source.js', '// changed\n')
      git('commit', '--quiet', '--all', '--message', 'src without dist')
      git('push', '--quiet', 'origin', 'HEAD:main')
    },
    /^dist is not what src makes\. Run npm run build, and commit dist\.\nM dist\/index\.js/,
  ],
  [
    'there are uncommitted changes',
    ({ write }) => write('new.js', ''),
    /^There are uncommitted changes:\n\?\? new\.js/,
  ],
  [
    'the commit is not on main',
    ({ commit }) => commit('1.2.3', { push: false, date: '2026-11-25' }),
    /^[0-9a-f]{40} is not on origin's main\. Merge it first\./,
  ],
  [
    'package.json has another version',
    ({ commit }) => commit('1.2.2'),
    /^package\.json has version 1\.2\.2, and the tag is v1\.2\.3\.\nCHANGELOG\.md has no heading/,
  ],
  [
    'the tag is on another commit',
    ({ git, commit }) => {
      git('push', '--quiet', 'origin', 'HEAD:refs/tags/v1.2.3')
      commit('1.2.3', { date: '2026-11-25' })
    },
    /^v1\.2\.3 is at [0-9a-f]{40} on origin, and a version is never moved/,
  ],
]

onUnix.each(WRONG)('no tag is pushed if %s', (_, spoil, message) => {
  using repository = createRepository()
  spoil(repository)
  const before = repository.git('ls-remote', 'origin')

  const { status, stderr } = repository.release('tag', 'v1.2.3')

  expect(status).toBe(1)
  expect(stderr).toMatch(message)
  expect(repository.git('ls-remote', 'origin')).toBe(before)
})

onUnix.each(['', 'v1', '1.2.3', 'v01.2.3', 'v1.2.3-', 'v1.2.3/../v1', '$(touch x)'])(
  'the tag "%s" is refused before git or gh is called',
  (tag) => {
    using repository = createRepository()

    expect(repository.release('publish', tag)).toEqual({
      status: 1,
      stdout: [''],
      stderr: 'The tag has to look like v1.2.3 or v1.2.3-rc.1.\n',
    })
  },
)
