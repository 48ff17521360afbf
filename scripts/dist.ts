/** Whether dist is what src makes. */
import { globSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from './build.ts'

const newest = (pattern: string) =>
  Math.max(...globSync(pattern).map((path) => statSync(path).mtimeMs))

/** Whether each script in one folder is in the other, with the same text. */
function isSame(folder: string, other: string): boolean {
  const names = globSync('*.js', { cwd: folder }).sort()
  if (names.join() !== globSync('*.js', { cwd: other }).sort().join()) return false
  return names.every(
    (name) => readFileSync(join(folder, name), 'utf8') === readFileSync(join(other, name), 'utf8'),
  )
}

/** Whether dist would come out otherwise. Only asked of the compiler, in some 3 s, if a file of src is newer. */
export function isOutdated(): boolean {
  if (newest('src/**/*.ts') <= newest('dist/*.js')) return false
  const folder = mkdtempSync(join(tmpdir(), 'dist-'))
  try {
    build(folder)
    const outdated = !isSame(folder, 'dist')
    if (!outdated) utimesSync('dist/index.js', new Date(), new Date())
    return outdated
  } finally {
    rmSync(folder, { recursive: true })
  }
}
