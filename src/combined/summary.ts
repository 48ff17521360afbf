/** What of a status the summary shows. */
export type Row = { context: string; state: string; description: string; target_url: string }

/** The runner takes 1 MiB of summary from a step. https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary */
const LARGEST_TABLE = 900_000
const MOST_ROWS = 500

/** A Markdown table of statuses, what needs attention first. All text in it is foreign, and shown as it is. */
export function statusTable(statuses: readonly Row[], missing: readonly string[]): string {
  const rows: Row[] = [
    ...statuses,
    ...missing.map((context) => ({ context, state: 'missing', description: '', target_url: '' })),
  ]
  if (rows.length === 0) return 'There is no status at all.\n'
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

/** Failures first, whatever their name, and successes last. */
function rank({ state }: Row): number {
  return ['pending', 'missing', 'skipped', 'success'].indexOf(state)
}

function linked({ context, target_url }: Row): string {
  if (!/^https?:\/\//i.test(target_url) || !URL.canParse(target_url)) return literal(context)
  const address = new URL(target_url).href.replace(
    /[()|<>\\`]/g,
    (c) => `%${c.charCodeAt(0).toString(16)}`,
  )
  return `[${literal(context)}](${address.replaceAll('&', '&amp;')})`
}

/** Text in which nothing is Markdown or HTML: a character reference never is. https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references */
export function literal(text: string): string {
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/[!-/:-@[-`{-~]/g, (c) => `&#${c.charCodeAt(0)};`)
}
