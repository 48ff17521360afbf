/** The decisions of a release: pure, so that each one has a row in a table of the tests. */

const VERSION = /^v(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(-[0-9A-Za-z.-]+)?$/

export type Version = { numbers: [number, number, number]; prerelease: boolean }

/** A tag on origin: what the ref itself holds, and the commit behind it (they differ for an annotated tag). */
export type Tag = { object: string; commit: string }
export type Tags = Map<string, Tag>

/** `v1.2.3` or `v1.2.3-rc.1`; undefined for everything else, `v1` included. */
export function parseVersion(tag: string): Version | undefined {
  const [match, major, minor, patch, prerelease] = VERSION.exec(tag) ?? []
  if (match === undefined) return undefined

  const numbers: Version['numbers'] = [Number(major), Number(minor), Number(patch)]
  return { numbers, prerelease: prerelease !== undefined }
}

/** Negative if `a` is the older of two versions. Pre-releases of one version count as equal. */
function compare(a: Version, b: Version): number {
  const differences = a.numbers.map((number, index) => number - (b.numbers[index] ?? 0))
  return differences.find((difference) => difference !== 0) ?? 0
}

/** Reads `git ls-remote --tags`, which lists an annotated tag a second time, with `^{}` and its commit. */
export function readTags(listing: string): Tags {
  const tags: Tags = new Map()
  for (const [, hash = '', name = '', peeled] of listing.matchAll(
    /^([0-9a-f]{40,64})\trefs\/tags\/(.+?)(\^\{\})?$/gm,
  )) {
    tags.set(name, { object: peeled ? (tags.get(name)?.object ?? hash) : hash, commit: hash })
  }
  return tags
}

/** The stable versions among some tags, newest first. */
function stable(names: Iterable<string>): { name: string; version: Version }[] {
  return [...names]
    .map((name) => ({ name, version: parseVersion(name) }))
    .filter((tag): tag is { name: string; version: Version } => tag.version?.prerelease === false)
    .sort((a, b) => compare(b.version, a.version))
}

/** Whether a tag is the newest stable version, the release that GitHub shows as the latest. */
export const isLatest = (tag: string, tags: Tags) => stable(tags.keys())[0]?.name === tag

export type Move = {
  name: string
  move: boolean
  /** What the ref holds on origin; empty if it does not exist. */
  now: string
  line: string
}

/** What becomes of the major tag, such as `v1`: it only moves forward, and never to a pre-release. */
export function planMajor(tag: string, version: Version, commit: string, tags: Tags): Move {
  const name = `v${version.numbers[0]}`
  const major = tags.get(name)
  const isThere = (other: string) => major === undefined || tags.get(other)?.commit === major.commit
  const newest = stable(tags.keys()).find(
    (other) => other.version.numbers[0] === version.numbers[0] && isThere(other.name),
  )
  const plan = (move: boolean, line: string) => ({ name, move, now: major?.object ?? '', line })

  if (version.prerelease) return plan(false, `${name} does not move: ${tag} is a pre-release`)
  if (major?.commit === commit) return plan(false, `${name} is already at ${tag}`)
  if (newest === undefined) {
    throw new Error(
      `${name} is at ${major?.commit}, which has no version tag. ` +
        `Set ${name} to a version (git push --force origin VERSION^{}:refs/tags/${name}), then run this again.`,
    )
  }
  if (compare(newest.version, version) > 0) {
    return plan(false, `${name} does not move: ${newest.name} is newer`)
  }
  return plan(
    true,
    major ? `${name} moved from ${newest.name} to ${tag}` : `${name} created at ${tag}`,
  )
}

/** The section of a version in CHANGELOG.md, without its heading; undefined unless the heading has a date. */
export function notesOf(changelog: string, tag: string): string | undefined {
  const sections = changelog.split(/^## /m).slice(1)
  const section = sections.find((text) => text.startsWith(`${tag.slice(1)} - `))
  const [heading = '', ...lines] = section?.split('\n') ?? []
  return / - \d{4}-\d{2}-\d{2}$/.test(heading) ? lines.join('\n').trim() : undefined
}

export type Facts = {
  tag: string
  /** The commit to release, and the one that the tag has on origin, if it is there. */
  head: string
  tagged: string | undefined
  onMain: boolean
  packageVersion: string
  notes: string | undefined
  /** Lines of `git status --porcelain`. */
  changed: string
}

/** Why a commit cannot be released under a tag, a sentence each. */
export function problemsOf(facts: Facts): string[] {
  const { tag, head, tagged } = facts
  const version = tag.slice(1)
  const problems: [boolean, string][] = [
    [facts.changed !== '', `There are uncommitted changes:\n${facts.changed}`],
    [!facts.onMain, `${head} is not on origin's main. Merge it first.`],
    [
      facts.packageVersion !== version,
      `package.json has version ${facts.packageVersion}, and the tag is ${tag}. Run npm version --no-git-tag-version ${version}.`,
    ],
    [facts.notes === undefined, `CHANGELOG.md has no heading "## ${version} - YYYY-MM-DD".`],
    [
      tagged !== undefined && tagged !== head,
      `${tag} is at ${tagged} on origin, and this commit is ${head}. A version is never moved: release this commit as the next one.`,
    ],
  ]
  return problems.filter(([wrong]) => wrong).map(([, sentence]) => sentence)
}

/** What to do when origin has refused to take a tag. */
export function explainRefusal(reason: string, name: string, tag: string): string {
  if (/without `?workflows`? permission|not accessible by integration/.test(reason)) {
    return (
      `This token cannot set ${name}: the workflow files of ${tag} differ from those of every branch, and GITHUB_TOKEN cannot write workflow files. ` +
      `Check out ${tag} in your own clone and run: npm run release -- publish ${tag}`
    )
  }
  if (/stale info|cannot lock ref/.test(reason)) {
    return `${name} has changed on origin in the meantime. Run this again.`
  }
  if (/rule violations|protected|GH006|GH013/.test(reason)) {
    return `A rule of the repository protects ${name}. In the settings, under Rules, limit the rule for tags to v*.*.*, then run this again.`
  }
  return `origin refused ${name}. Correct the reason given above, then run this again.`
}
