import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { afterAll } from '@jest/globals'

const SCRIPT = resolve('scripts/release.ts')

/** `gh`, as far as a release needs it: each release is a file, named for its tag. */
const GH = `#!/bin/sh
releases=$(dirname "$0")/releases
case "$1 $2" in
  'release create')
    [ -e "$releases/$3" ] && { echo 'a release with the same tag name already exists' >&2; exit 1; }
    echo "{\\"immutable\\": $(cat "$releases/.immutable")}" > "$releases/$3"
    { echo "$*"; cat; } >> "$releases/.created"
    sh "$releases/.meanwhile" ;;
  'api repos/{owner}/{repo}/releases/tags/'*)
    cat "$releases/\${2##*/}" 2> /dev/null || { echo 'gh: Not Found (HTTP 404)' >&2; exit 1; } ;;
  *) echo "gh $* is not expected" >&2; exit 1 ;;
esac
`

/** The folders, with a stand-in for `gh`, and an environment in which git knows nothing else. */
function placesIn(folder: string) {
  const bin = join(folder, 'bin')
  const { GIT_DIR: _dir, GIT_INDEX_FILE: _index, ...inherited } = process.env
  const env = {
    ...inherited,
    PATH: `${bin}${delimiter}${process.env.PATH}`,
    GIT_CONFIG_GLOBAL: join(folder, 'none'),
    GIT_CONFIG_NOSYSTEM: '1',
  }
  const clone = join(folder, 'clone')
  const git: Git = (...args) =>
    execFileSync('git', args, { cwd: clone, env, encoding: 'utf8', stdio: 'pipe' }).trim()
  const write: Write = (path, text) => writeFileSync(join(clone, path), text)
  const releases = join(bin, 'releases')
  return { folder, clone, releases, env, git, write, commit: committing(git, write) }
}

type Git = (...args: string[]) => string
type Write = (path: string, text: string) => void

/** Commits what a version changes; `push` puts it on main. */
const committing =
  (git: Git, write: Write) =>
  (version: string, { push = true, date = '2026-11-24' } = {}) => {
    const build = 'mkdir -p dist && cp source.js dist/index.js'
    write('package.json', JSON.stringify({ version, scripts: { build } }))
    write('CHANGELOG.md', `# Changelog\n\n## ${version} - ${date}\n\n- New in ${version}.\n`)
    write('source.js', `// ${version}\n`)
    write('dist/index.js', `// ${version}\n`)
    git('add', '--all')
    git('commit', '--quiet', '--message', version)
    if (push) git('push', '--quiet', 'origin', 'HEAD:main')
  }

const newFolder = () => mkdtempSync(join(tmpdir(), 'release-'))

/** What every repository of these tests begins as: v1.2.3, built, committed and on main. */
const TEMPLATE = newFolder()
{
  const { clone, releases, git, commit } = placesIn(TEMPLATE)
  mkdirSync(releases, { recursive: true })
  mkdirSync(join(clone, 'dist'), { recursive: true })
  writeFileSync(join(releases, '..', 'gh'), GH, { mode: 0o755 })
  writeFileSync(join(releases, '.immutable'), 'true')
  writeFileSync(join(releases, '.meanwhile'), '')
  git('init', '--quiet', '--bare', '--initial-branch=main', '../origin')
  git('init', '--quiet', '--initial-branch=main')
  git('remote', 'add', 'origin', '../origin')
  git('config', 'user.name', 'Maintainer')
  git('config', 'user.email', 'maintainer@example.com')
  commit('1.2.3')
}
afterAll(() => rmSync(TEMPLATE, { recursive: true }))

/** A clone of a bare repository, ready to release v1.2.3. */
export function createRepository() {
  const folder = newFolder()
  cpSync(TEMPLATE, folder, { recursive: true })
  const { clone, releases, env, git, write, commit } = placesIn(folder)
  return {
    git,
    write,
    commit,

    release(command: string, tag: string) {
      const args = [SCRIPT, command, tag]
      const { status, stdout, stderr } = spawnSync(process.execPath, args, {
        cwd: clone,
        env,
        encoding: 'utf8',
      })
      return { status, stdout: stdout.trim().split('\n'), stderr }
    },

    /** Commits, tags and publishes a version. */
    publish(version: string) {
      commit(version)
      this.release('tag', `v${version}`)
      return this.release('publish', `v${version}`)
    },

    /** The subjects of the commits that the tags have on origin. */
    tags(): Record<string, string> {
      const format = '%(refname:lstrip=2) %(subject)'
      const lines = git('--git-dir', '../origin', 'for-each-ref', `--format=${format}`, 'refs/tags')
      return Object.fromEntries(lines.split('\n').map((line) => line.split(' ')))
    },

    /** The arguments and notes of each `gh release create`. */
    created(): string {
      const path = join(releases, '.created')
      return existsSync(path) ? readFileSync(path, 'utf8') : ''
    },

    setImmutable: (on: boolean) => writeFileSync(join(releases, '.immutable'), String(on)),

    /** What happens while a release is published. */
    meanwhile: (command: string) => writeFileSync(join(releases, '.meanwhile'), command),

    /** Lets origin refuse every change to one tag. */
    refuse(tag: string, reason: string) {
      const hook = `#!/bin/sh\n[ "$1" != refs/tags/${tag} ] || { echo '${reason}' >&2; exit 1; }\n`
      writeFileSync(join(folder, 'origin', 'hooks', 'update'), hook, { mode: 0o755 })
    },

    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}
