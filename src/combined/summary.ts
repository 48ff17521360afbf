import { DEFAULT_WORD_STATES, stateOf } from '../status/state.ts'
import { parseUrl } from '../status/url.ts'
import type { Met } from './outcome.ts'
import type { Verdict } from './verdict.ts'

export type Row = { name: string; state: string; description: string; url: string }

/**
 * A step's summary holds 1 MiB.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary
 */
const LARGEST_TABLE = 900_000
const MOST_ROWS = 500

/** A Markdown table of what counts and what is missing. */
export function summaryTable(verdict: Pick<Verdict, 'statuses' | 'checkRuns' | 'missing'>): string {
  return table([
    ...verdict.statuses.map((one) => row(one.context, one.state, one.description, one.target_url)),
    ...verdict.checkRuns.map(({ name, status, conclusion, details_url }) =>
      row(name, conclusion || status, 'Check run', details_url),
    ),
    ...verdict.missing.map(({ line, why = '' }) => row(line, 'missing', why)),
  ])
}

/** What the rules of a branch require, from which app, by which rule, and what became of it. */
export function requiredTable(required: readonly Met[]): string {
  const appOf = (app: number | null) => (app === null ? 'Any app' : `App ${app}`)
  return table(
    required.map(({ context, app, by, became }) =>
      row(context, became, `${appOf(app)}; ${by.join(', ')}`),
    ),
  )
}

function row(name: string, state: string, description: string, url = ''): Row {
  return { name, state, description, url }
}

/** What needs attention comes first. All text in it is foreign, and shown as it is. */
export function table(rows: readonly Row[]): string {
  if (rows.length === 0) return 'Nothing counts yet.\n'

  const lines: string[] = []
  let size = 0
  for (const row of rows.toSorted((one, other) => rank(one) - rank(other))) {
    const line = `| ${linked(row)} | ${literal(row.state)} | ${literal(row.description)} |`
    size += Buffer.byteLength(line) + 1
    if (lines.length === MOST_ROWS || size > LARGEST_TABLE) break
    lines.push(line)
  }
  const more = rows.length > lines.length ? `\n\nand ${rows.length - lines.length} more` : ''
  return `| Context | State | Description |\n| --- | --- | --- |\n${lines.join('\n')}${more}\n`
}

const LAST: readonly string[] = 'missing,skipped,neutral,success,ignored,this job'.split(',')

/** Failures first, whatever their name, then what is pending, and successes last. */
function rank({ state }: Row): number {
  if (LAST.includes(state)) return 1 + LAST.indexOf(state)
  return stateOf(state, DEFAULT_WORD_STATES) === 'pending' ? 0 : -1
}

function linked({ name, url }: Row): string {
  const encoded = (character: string) => `%${character.charCodeAt(0).toString(16)}`
  const address = parseUrl(url)?.href.replace(/[()|<>\\`]/g, encoded)
  if (address === undefined) return literal(name)
  return `[${literal(name)}](${address.replaceAll('&', '&amp;')})`
}

/**
 * Text in which nothing is Markdown or HTML: a character reference never is.
 * https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references
 */
export function literal(text: string): string {
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/[!-/:-@[-`{-~]/g, (character) => `&#${character.charCodeAt(0)};`)
}
