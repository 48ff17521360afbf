import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

export type Manifest = Partial<Record<'inputs' | 'outputs', Record<string, Entry>>>
type Entry = { description: string; default?: unknown }

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

/** The folders of the four actions. */
export const ACTIONS = ['.', 'combined', 'list', 'sweep']

export const manifestOf = (folder: string): Manifest => parse(read(join(folder, 'action.yml')))

export const namesOf = (part: object | undefined) => Object.keys(part ?? {})

/** The text without blocks of code. */
export const prose = (markdown: string) => markdown.replace(/^ *```.*?^ *```$/gms, '')

/** The headings of one level, or of all. */
export const headings = (markdown: string, level?: number) =>
  [...prose(markdown).matchAll(/^(#+) (.+)$/gm)]
    .filter(([, marks = '']) => level === undefined || marks.length === level)
    .map(([, , text = '']) => text)

/** The anchor that GitHub makes of a heading. */
export const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-')

/** What stands between backticks. */
export const codesIn = (text: string) =>
  [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)
