import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { fence } from './parts.ts'

type Recipe = { path: string; title: string; text: string; yaml: string }

/** Every example, its leading comment as text, and a table of contents. */
export function recipes(): string {
  const all = paths().map(recipeOf)
  const contents = all.map(({ title }) => `- [${title}](#${anchor(title)})`)
  const sections = all.map(
    ({ path, title, text, yaml }) =>
      `## ${title}\n\n${text}[${path}](../${path})\n\n${fence(yaml)}`,
  )
  return [
    '<!-- Written by `npm run readme` from examples/. -->',
    '# Recipes',
    'Complete workflows. Replace `OWNER` with the account that hosts the action.',
    contents.join('\n'),
    ...sections,
  ]
    .join('\n\n')
    .concat('\n')
}

function paths(): string[] {
  return readdirSync('examples', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yml'))
    .map((name) => `examples/${name.replaceAll('\\', '/')}`)
    .sort()
}

/** The title is the first line of the comment if it is a paragraph of its own, else the file's name in words. */
function recipeOf(path: string): Recipe {
  const whole = readFileSync(path, 'utf8')
  const comment = /^(?:#.*\n)*/.exec(whole)?.[0] ?? ''
  const lines = comment
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^# ?/, ''))
  const isTitled = isTitle(lines[0]) && (lines[1] ?? '') === ''
  const title = isTitled ? (lines[0] ?? '') : nameInWords(path)
  const text = lines.slice(isTitled ? 2 : 0).join('\n')
  return { path, title, text: text === '' ? '' : `${text}\n\n`, yaml: whole.slice(comment.length) }
}

const isTitle = (line = '') => line !== '' && !line.endsWith('.')

function nameInWords(path: string): string {
  const name =
    basename(path) === 'action.yml' ? `${basename(dirname(path))} action` : basename(path, '.yml')
  const words = name.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A heading's anchor on GitHub. */
const anchor = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-')
