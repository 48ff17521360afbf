/**
 * Releases a version. Every step looks first at what is there, so each command can be run again at any time.
 *
 *     npm run release -- tag v1.2.3       checks the commit, and pushes the tag; release.yml does the rest
 *     npm run release -- check v1.2.3     checks the commit
 *     npm run release -- publish v1.2.3   publishes the release, and moves the major tag
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import {
  explainRefusal,
  isLatest,
  notesOf,
  parseVersion,
  planMajor,
  problemsOf,
  readTags,
  type Version,
} from './release-plan.ts'

type Target = { tag: string; version: Version; head: string; notes: string }

class Failure extends Error {}

/** Runs a program without a shell. */
function attempt(command: string, args: string[], input = '') {
  const { error, status, stdout, stderr } = spawnSync(command, args, { input, encoding: 'utf8' })
  if (error) throw error
  return { ok: status === 0, stdout: stdout.trim(), stderr: stderr.trim() }
}

function run(command: string, args: string[], input?: string): string {
  const { ok, stdout, stderr } = attempt(command, args, input)
  if (!ok) throw new Failure(`${command} ${args.join(' ')} failed.\n${stdout}\n${stderr}`.trim())
  return stdout
}

const git = (...args: string[]) => run('git', args)
const tagsOnOrigin = () => readTags(git('ls-remote', '--tags', 'origin'))

/** Sets a tag on origin, if the ref there still holds what is expected: empty for a new one. */
function pushTag(name: string, expect: string, { tag, head }: Target): void {
  const ref = `refs/tags/${name}`
  const lease = `--force-with-lease=${ref}:${expect}`
  const { ok, stderr } = attempt('git', ['push', lease, 'origin', `${head}:${ref}`])
  if (!ok) throw new Failure(`${stderr}\n${explainRefusal(stderr, name, tag)}`)
}

/** What is to be released: HEAD, if nothing speaks against it. */
function inspect(tag: string): Target {
  const version = parseVersion(tag)
  if (version === undefined) throw new Failure('The tag has to look like v1.2.3 or v1.2.3-rc.1.')

  git('fetch', '--quiet', 'origin', '+refs/heads/main:refs/remotes/origin/main')
  const head = git('rev-parse', 'HEAD')
  const notes = notesOf(readFileSync('CHANGELOG.md', 'utf8'), tag)
  const problems = problemsOf({
    tag,
    head,
    tagged: tagsOnOrigin().get(tag)?.commit,
    onMain: attempt('git', ['merge-base', '--is-ancestor', 'HEAD', 'refs/remotes/origin/main']).ok,
    packageVersion: JSON.parse(readFileSync('package.json', 'utf8')).version,
    notes,
    changed: git('status', '--porcelain'),
  })
  if (notes === undefined || problems.length > 0) throw new Failure(problems.join('\n'))
  return { tag, version, head, notes }
}

function check(tag: string): Target {
  const target = inspect(tag)

  run('npm', ['run', 'build'])
  const changed = git('status', '--porcelain', '--', 'dist')
  if (changed !== '')
    throw new Failure(`dist is not what src makes. Run npm run build, and commit dist.\n${changed}`)

  console.log(`${tag} can be released from ${target.head}`)
  return target
}

function tagCommit(tag: string): void {
  const target = check(tag)
  const isThere = tagsOnOrigin().has(tag)

  if (!isThere) pushTag(tag, '', target)
  console.log(isThere ? `${tag} is already on origin` : `${tag} pushed`)
}

/** Undefined if there is no release of that tag. */
function findRelease(tag: string): { immutable: boolean } | undefined {
  const args = ['api', `repos/{owner}/{repo}/releases/tags/${tag}`]
  const { ok, stdout, stderr } = attempt('gh', args)
  if (ok) return JSON.parse(stdout)
  if (stderr.includes('HTTP 404')) return undefined
  throw new Failure(`gh ${args.join(' ')} failed.\n${stderr}`)
}

function publish(tag: string): void {
  const target = inspect(tag)
  const tags = tagsOnOrigin()
  if (!tags.has(tag)) throw new Failure(`${tag} is not on origin: npm run release -- tag ${tag}`)

  if (findRelease(tag)) console.log(`Release ${tag} is already there`)
  else {
    const kind = target.version.prerelease ? ['--prerelease'] : []
    const latest = `--latest=${isLatest(tag, tags)}`
    const texts = ['--title', tag, '--notes-file', '-']
    run('gh', ['release', 'create', tag, '--verify-tag', latest, ...kind, ...texts], target.notes)
    console.log(`Release ${tag} published`)
  }

  if (findRelease(tag)?.immutable !== true) {
    throw new Failure(
      `Release ${tag} can still be changed. Turn on immutable releases in the repository's settings, ` +
        'delete the release but not the tag, then run this again.',
    )
  }

  const major = planMajor(tag, target.version, target.head, tags)
  if (major.move) pushTag(major.name, major.now, target)
  console.log(major.line)
}

const COMMANDS: Record<string, (tag: string) => unknown> = { tag: tagCommit, check, publish }

const [name = '', tag = ''] = process.argv.slice(2)
try {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (command === undefined) throw new Failure('Usage: npm run release -- tag|check|publish v1.2.3')
  command(tag)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
