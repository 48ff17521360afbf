/**
 * Releases a version. Every step looks first at what is there, so each command can be run again at any time.
 *
 *     npm run release -- tag v1.2.3       checks the commit, and pushes the tag; release.yml does the rest
 *     npm run release -- check v1.2.3     checks the commit
 *     npm run release -- publish v1.2.3   publishes the release, and moves the major tag
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

type Target = { tag: string; head: string; notes: string }
type Tags = ReadonlyMap<string, string>

function fail(message: string): never {
  console.error(message)
  process.exit(1)
}

/** Runs a program without a shell. */
function attempt(command: string, args: string[], input = '') {
  const { error, status, stdout, stderr } = spawnSync(command, args, { input, encoding: 'utf8' })
  if (error) throw error
  return { ok: status === 0, stdout: stdout.trim(), stderr: stderr.trim() }
}

function run(command: string, args: string[], input?: string): string {
  const { ok, stdout, stderr } = attempt(command, args, input)
  return ok ? stdout : fail(`${command} ${args.join(' ')} failed.\n${stdout}\n${stderr}`)
}

const git = (...args: string[]) => run('git', args)

/** What the tags hold on origin; of an annotated tag, `v1.2.3^{}` is the commit behind it. */
function tagsOnOrigin(): Tags {
  const listing = git('ls-remote', '--tags', 'origin').matchAll(/^(\w+)\trefs\/tags\/(.+)$/gm)
  return new Map([...listing].map(([, hash = '', name = '']) => [name, hash]))
}

const commitOf = (tag: string, tags: Tags) => tags.get(`${tag}^{}`) ?? tags.get(tag)
const isStable = (tag: string) => /^v\d+\.\d+\.\d+$/.test(tag)
/** Negative if the first of two stable versions is the newer one. */
const byAge = (a: string, b: string) => b.localeCompare(a, 'en', { numeric: true })

/** What becomes of the major tag, such as `v1`: it only moves forward, and never to a pre-release. */
export function planMajor({ tag, head }: Omit<Target, 'notes'>, tags: Tags) {
  const name = tag.split('.', 1).join()
  const major = commitOf(name, tags)
  const stay = (line: string) => ({ name, now: tags.get(name) ?? '', moves: false, line })
  if (!isStable(tag)) return stay(`${name} does not move: ${tag} is a pre-release`)
  if (major === head) return stay(`${name} is already at ${tag}`)

  const versions = [...tags.keys()].filter((one) => isStable(one) && one.startsWith(`${name}.`))
  const isThere = (one: string) => major === undefined || commitOf(one, tags) === major
  const newest = versions.sort(byAge).find(isThere)
  if (newest === undefined) fail(`${name} is at no version. Set it to one, then run this again.`)
  if (byAge(newest, tag) < 0) return stay(`${name} does not move: ${newest} is newer`)
  const line = major ? `${name} moved from ${newest} to ${tag}` : `${name} created at ${tag}`
  return { ...stay(line), moves: true }
}

/** The section of a version in CHANGELOG.md, without its heading; undefined unless the heading has a date. */
export function notesOf(changelog: string, tag: string): string | undefined {
  const head = `\n## ${RegExp.escape(tag.slice(1))} - \\d{4}-\\d\\d-\\d\\d\n`
  return new RegExp(`${head}([^]*?)(?=\n## |$)`).exec(changelog)?.[1]?.trim()
}

/** HEAD as what is released, if nothing speaks against it. */
function inspect(tag: string): Target {
  if (!/^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[\w.-]+)?$/.test(tag))
    fail('The tag has to look like v1.2.3 or v1.2.3-rc.1.')

  git('fetch', '--quiet', 'origin', '+refs/heads/main:refs/remotes/origin/main')
  const head = git('rev-parse', 'HEAD')
  const tagged = commitOf(tag, tagsOnOrigin()) ?? head
  const notes = notesOf(readFileSync('CHANGELOG.md', 'utf8'), tag)
  const packaged = JSON.parse(readFileSync('package.json', 'utf8')).version
  const changed = git('status', '--porcelain')
  const { ok: isOnMain } = attempt('git', ['merge-base', '--is-ancestor', head, 'origin/main'])
  const problems = [
    changed && `There are uncommitted changes:\n${changed}`,
    !isOnMain && `${head} is not on origin's main. Merge it first.`,
    packaged !== tag.slice(1) && `package.json has version ${packaged}, and the tag is ${tag}.`,
    notes === undefined && `CHANGELOG.md has no heading "## ${tag.slice(1)} - YYYY-MM-DD".`,
    tagged !== head && `${tag} is at ${tagged} on origin, and a version is never moved.`,
  ].filter(Boolean)
  if (notes === undefined || problems.length > 0) fail(problems.join('\n'))
  return { tag, head, notes }
}

function check(tag: string): Target {
  const target = inspect(tag)
  run('npm', ['run', 'build'])
  const changed = git('status', '--porcelain', '--', 'dist')
  if (changed) fail(`dist is not what src makes. Run npm run build, and commit dist.\n${changed}`)
  console.log(`${tag} can be released from ${target.head}`)
  return target
}

/** Sets a tag on origin, if the ref there still holds what is expected: empty for a new one. */
function pushTag(name: string, expected: string, { tag, head }: Target): void {
  const ref = `refs/tags/${name}`
  const args = ['push', `--force-with-lease=${ref}:${expected}`, 'origin', `${head}:${ref}`]
  const { ok, stderr } = attempt('git', args)
  const isForbidden = /without `?workflows`? permission|not accessible by integration/.test(stderr)
  const advice = isForbidden
    ? `GITHUB_TOKEN cannot write workflow files. In your own clone, check out ${tag}, and run: npm run release -- publish ${tag}`
    : 'Correct the reason given above, then run this again.'
  if (!ok) fail(`${stderr}\n${advice}`)
}

function tagCommit(tag: string): void {
  const target = check(tag)
  const isThere = tagsOnOrigin().has(tag)
  if (!isThere) pushTag(tag, '', target)
  console.log(`${tag} ${isThere ? 'is already on origin' : 'pushed'}`)
}

function findRelease(tag: string): { immutable: boolean } | undefined {
  const { ok, stdout } = attempt('gh', ['api', `repos/{owner}/{repo}/releases/tags/${tag}`])
  return ok ? JSON.parse(stdout) : undefined
}

const TO_FREEZE =
  "Turn on immutable releases in the repository's settings, delete the release but not the tag, then run this again."

function publish(tag: string): void {
  const target = inspect(tag)
  const tags = tagsOnOrigin()
  if (!tags.has(tag)) fail(`${tag} is not on origin: npm run release -- tag ${tag}`)

  const isThere = findRelease(tag) !== undefined
  if (!isThere) {
    const [latest] = [...tags.keys()].filter(isStable).sort(byAge)
    const flags = [`--latest=${latest === tag}`, ...(isStable(tag) ? [] : ['--prerelease'])]
    const texts = ['--title', tag, '--notes-file', '-']
    run('gh', ['release', 'create', tag, '--verify-tag', ...flags, ...texts], target.notes)
  }
  console.log(`Release ${tag} ${isThere ? 'is already there' : 'published'}`)
  if (!findRelease(tag)?.immutable) fail(`Release ${tag} can still be changed. ${TO_FREEZE}`)

  const { name, now, moves, line } = planMajor(target, tags)
  if (moves) pushTag(name, now, target)
  console.log(line)
}

const [name, tag = ''] = import.meta.main ? process.argv.slice(2) : []
if (name === 'tag') tagCommit(tag)
else if (name === 'check') check(tag)
else if (name === 'publish') publish(tag)
else if (import.meta.main) fail('Usage: npm run release -- tag|check|publish v1.2.3')
