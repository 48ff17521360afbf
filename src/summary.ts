/** What of a status the summary shows. */
export type Row = { context: string; state: string; description: string; target_url: string }

const MOST_ROWS = 500
const ORDER = ['failure', 'error', 'warning', 'pending', 'missing']

/** A Markdown table of statuses, what needs attention first. All text in it is foreign, and shown as it is. */
export function statusTable(statuses: readonly Row[], missing: readonly string[]): string {
  const rows: Row[] = [
    ...statuses,
    ...missing.map((context) => ({ context, state: 'missing', description: '', target_url: '' })),
  ]
  const rank = ({ state }: Row) => (ORDER.indexOf(state) + ORDER.length + 1) % (ORDER.length + 1)
  const sorted = rows.toSorted((one, other) => rank(one) - rank(other))
  const lines = sorted
    .slice(0, MOST_ROWS)
    .map((row) => `| ${linked(row)} | ${literal(row.state)} | ${literal(row.description)} |`)
  const more = rows.length > MOST_ROWS ? `\n\nand ${rows.length - MOST_ROWS} more` : ''
  return `| Context | State | Description |\n| --- | --- | --- |\n${lines.join('\n')}${more}\n`
}

function linked({ context, target_url }: Row): string {
  if (!/^https?:\/\//i.test(target_url) || !URL.canParse(target_url)) return literal(context)
  const address = new URL(target_url).href.replace(/[()|<>]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)
  return `[${literal(context)}](${address})`
}

/** Text in which nothing is Markdown or HTML: a character reference never is. https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references */
function literal(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').replace(/[!-/:-@[-`{-~]/g, (c) => `&#${c.charCodeAt(0)};`)
}
