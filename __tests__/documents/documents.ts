import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '../..')

/** Paths from the root of the repository, sorted. */
export const find = (...patterns: string[]) =>
  globSync(patterns, { cwd: ROOT })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()

export const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

export const DOCUMENTS = find(
  '*.md',
  '{combined,list,sweep,docs,__tests__,examples,.github}/**/*.md',
)

/** The text without blocks of code. */
export const prose = (markdown: string) => markdown.replace(/^ *```.*?^ *```$/gms, '')

/** The headings of one level. */
export const headings = (markdown: string, level: number) =>
  [...prose(markdown).matchAll(/^(#+) (.+)$/gm)]
    .filter(([, marks = '']) => marks.length === level)
    .map(([, , text = '']) => text)

/** The anchor that GitHub makes of a heading. */
export const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-')
