import { readFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { parse } from 'yaml'
import type { Picture } from '../../sandbox/pictures/pictures.ts'
import { DEFAULT_WORD_STATES, STATES, stateOf, WORDS } from '../../src/status/state.ts'

type Entry = { description: string; default?: unknown }

/**
 * The inputs of an action.yml in its order, with their defaults; those that the runner fills in are
 * folded away. Two columns: a third would leave no room for the text on a phone.
 */
export function inputsTable(path: string): string {
  const all = entries(path, 'inputs')
  const internal = all.filter(([, { description }]) => description.startsWith('Internal'))
  const visible = all.filter((entry) => !internal.includes(entry))
  const rows = visible.map(([name, entry]) => [code(name), withDefault(entry)])
  const shown = table(['Input', 'Meaning'], rows)
  if (internal.length === 0) return shown

  const folded = describedTable('Input', internal)
  return `${shown}\n\n<details>\n<summary>Internal inputs</summary>\n\n${folded}\n\n</details>`
}

/** A default that is an expression is told by the description, in words. */
function withDefault({ description, default: value = '' }: Entry): string {
  const isPlain = value !== '' && !String(value).includes('${{')
  return isPlain ? `${description} Default: ${code(String(value))}.` : description
}

export function outputsTable(path: string): string {
  return describedTable('Output', entries(path, 'outputs'))
}

const COLORS = { success: 'green', failure: 'red', error: 'red', pending: 'yellow' } as const

/** Result words by the state that they become; two of them are chosen by inputs. */
export function wordsTable(): string {
  const plain = WORDS.filter((word) => word !== 'cancelled' && word !== 'skipped')
  const rows = [...STATES].reverse().map((state) => {
    const words = plain.filter((word) => stateOf(word, DEFAULT_WORD_STATES) === state)
    return [words.map(code).join(', '), `${state} (${COLORS[state]})`]
  })
  return table(
    ['Result', 'State'],
    [
      ...rows,
      ['`cancelled`, which includes a job that ran out of time', 'error, or `cancelled_state`'],
      ['`skipped`', 'error, or `skipped_state`; in a roll-up, ignored if `allowed_skips` lists it'],
    ],
  )
}

function describedTable(head: string, all: [string, Entry][]): string {
  const rows = all.map(([name, { description }]) => [code(name), description])
  return table([head, 'Meaning'], rows)
}

/** An example without the comment on top, which the document says in its own words. */
export function exampleBlock(path: string): string {
  return fence(readFileSync(path, 'utf8').replace(/^(?:#.*\n)+/, ''))
}

/** A picture in the reader's theme. https://docs.github.com/get-started/writing-on-github */
export function pictureTag(pictures: readonly Picture[], name: string, document: string): string {
  const picture = pictures.find((one) => one.name === name)
  if (picture === undefined) throw new Error(`${document}: no picture is called ${name}`)
  const [light, dark] = Object.keys(picture.files).map((file) => relative(dirname(document), file))
  const alternative = picture.alternative.replaceAll('"', '&quot;')
  return `<picture>
  <source media="(prefers-color-scheme: dark)" srcset="${dark}">
  <img src="${light}" alt="${alternative}">
</picture>`
}

export function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) =>
    `| ${cells.map((cell) => cell.trim().replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

export const code = (text: string) => `\`${text}\``

export const fence = (yaml: string) => ['```yaml', yaml.trim(), '```'].join('\n')

function entries(path: string, section: 'inputs' | 'outputs'): [string, Entry][] {
  return Object.entries(parse(readFileSync(path, 'utf8'))[section] ?? {})
}
