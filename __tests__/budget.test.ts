import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Stage } from '../sandbox/runner/stage-runner.ts'
import { type Setup, startJob } from './support/job.ts'

/** What every job of every user pays. A dependency's update that needs more than this fails here. */
const MOST = {
  /** Bytes of what a job downloads. */
  archive: 240_000,
  /** Bytes of JavaScript in dist. */
  bundle: 410_000,
}

/** What a job runs, and what one reads who looks at a release's source. */
const HELD = [
  ...['action.yml', 'combined', 'list', 'sweep', 'dist', 'src', 'scripts'],
  ...['LICENSE', 'README.md', 'SECURITY.md', 'CHANGELOG.md', 'package.json', 'tsconfig.json'],
]

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Writes what a process has loaded into its log when it ends. */
const SPY = `process.on('exit', () => {
  const files = Object.keys(require.cache).filter((file) => file !== __filename)
  process.stdout.write('loaded ' + JSON.stringify({ files, builtins: process.moduleLoadList }) + '\\n')
})`

const folder = mkdtempSync(join(tmpdir(), 'loaded-'))
const spy = join(folder, 'spy.cjs')
beforeAll(() => writeFileSync(spy, SPY))
afterAll(() => rmSync(folder, { recursive: true }))

/** The files and Node's own modules that the last of these stages has loaded. */
async function loaded(stages: Stage[], setup: Setup = {}) {
  await using job = await startJob({
    ...setup,
    env: { NODE_OPTIONS: `--require "${spy.replaceAll('\\', '/')}"` },
  })
  for (const stage of stages) await job.stage(stage)
  const line = /^loaded (.*)$/m.exec(job.results.at(-1)?.stdout ?? '')?.[1] ?? ''
  const { files, builtins } = JSON.parse(line) as { files: string[]; builtins: string[] }
  const chunks = files.map((file) => basename(file)).filter((file) => /^\d+\.index\.js$/.test(file))
  return { chunks: chunks.length, builtins: builtins.map((name) => name.replace(/^.* /, '')) }
}

describe('what a stage loads', () => {
  const idle: [string, Stage[], Setup][] = [
    ['main after a published pre', ['pre', 'main'], {}],
    ['pre of a status that is published once', ['pre'], { with: { state: 'success' } }],
    ['post of a status that was published once', ['main', 'post'], { with: { state: 'success' } }],
    ['pre that is switched off', ['pre'], { with: { enabled: 'false' } }],
  ]
  test.each(idle)(
    '%s: the launcher and the entry, without the network',
    async (_, stages, setup) => {
      const { chunks, builtins } = await loaded(stages, setup)
      expect(chunks).toBe(0)
      expect(builtins).not.toContain('http')
      expect(builtins).not.toContain('crypto')
    },
  )

  const busy: [string, Stage[], Setup][] = [
    ['pre', ['pre'], {}],
    ['publish once', ['main'], { with: { state: 'success' } }],
    ['post', ['pre', 'main', 'post'], {}],
  ]
  test.each(busy)('%s: two chunks, and neither undici nor a shell', async (_, stages, setup) => {
    const { chunks, builtins } = await loaded(stages, setup)
    expect(chunks).toBe(2)
    expect(builtins).toContain('http')
    expect(builtins.filter((name) => /undici|child_process|http2|zlib/.test(name))).toEqual([])
  })
})

describe('what a job downloads', () => {
  const archive = execFileSync('git', ['archive', '--format=tar.gz', 'HEAD'], {
    cwd: ROOT,
    maxBuffer: 100_000_000,
  })

  test(`an archive has at most ${MOST.archive} bytes`, () => {
    expect(archive.length).toBeLessThanOrEqual(MOST.archive)
  })

  test('an archive holds what is run and what one reads, and nothing else', () => {
    const paths = execFileSync('tar', ['-tz'], { input: archive, encoding: 'utf8' }).split('\n')
    const names = new Set(paths.map((path) => path.replace(/\/.*/, '')).filter(Boolean))
    expect([...names].sort()).toEqual([...HELD].sort())
  })

  test(`a bundle of at most ${MOST.bundle} bytes, with nothing that is never reached`, () => {
    const files = execFileSync('git', ['ls-files', 'dist'], { cwd: ROOT, encoding: 'utf8' })
      .trim()
      .split('\n')
    const scripts = files.filter((file) => file.endsWith('.js'))
    const bytes = scripts.map((file) =>
      execFileSync('git', ['cat-file', '-s', `HEAD:${file}`], { cwd: ROOT, encoding: 'utf8' }),
    )
    expect(bytes.reduce((sum, size) => sum + Number(size), 0)).toBeLessThanOrEqual(MOST.bundle)
  })
})
