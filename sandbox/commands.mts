export interface Command {
  name: string
  properties: Record<string, string>
  message: string
}

/** What the runner takes for a command: any other name is a line like every line. */
const known = new Set(
  'add-mask add-matcher add-path debug echo endgroup error group internal-set-repo-path notice remove-matcher save-state set-env set-output stop-commands warning'.split(
    ' ',
  ),
)

const decode = (text: string, escapes: Record<string, string>) =>
  text.replace(/%[0-9A-F]{2}/g, (code) => escapes[code] ?? code)
const dataEscapes = { '%0D': '\r', '%0A': '\n', '%25': '%' }
const propertyEscapes = { ...dataEscapes, '%3A': ':', '%2C': ',' }
const legacyEscapes = { '%0D': '\r', '%0A': '\n', '%3B': ';', '%5D': ']' }

function command(info: string, message: string, separator: string, escapes: Record<string, string>): Command {
  const [, name = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(info) ?? []
  const pairs = rest
    .split(separator)
    .filter((pair) => pair.includes('='))
    .map((pair) => [pair.slice(0, pair.indexOf('=')).trim(), decode(pair.slice(pair.indexOf('=') + 1), escapes)])
  return { name, properties: Object.fromEntries(pairs), message }
}

/**
 * The command in a line of output: `::name key=value::message` at its start, or `##[name key=value;]message` anywhere.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function parseCommand(line: string, resumeToken?: string): Command | undefined {
  const isKnown = ({ name }: Command) => known.has(name.toLowerCase()) || name === resumeToken
  const [, info, message] = /^\s*::(.*?)::(.*)$/s.exec(line) ?? []
  if (info !== undefined && message !== undefined) {
    const found = command(info, decode(message, dataEscapes), ',', propertyEscapes)
    if (isKnown(found)) return found
  }
  const [, legacyInfo, legacyMessage] = /##\[(.*?)\](.*)$/s.exec(line) ?? []
  if (legacyInfo === undefined || legacyMessage === undefined) return undefined
  const found = command(legacyInfo, decode(legacyMessage, legacyEscapes), ';', legacyEscapes)
  return isKnown(found) ? found : undefined
}

/**
 * What a file command holds: `name=value` lines and `name<<delimiter` blocks; of one name the last counts.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#environment-files
 */
export function parseFileCommand(text: string): Record<string, string> {
  const values: Record<string, string> = {}
  const lines = text.split(/\r?\n/)
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? ''
    if (!line) continue
    const equals = line.indexOf('=')
    const heredoc = line.indexOf('<<')
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      values[line.slice(0, equals)] = line.slice(equals + 1)
    } else if (heredoc >= 0) {
      const delimiter = line.slice(heredoc + 2)
      const end = lines.indexOf(delimiter, index + 1)
      if (!delimiter || end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`)
      values[line.slice(0, heredoc)] = lines.slice(index + 1, end).join('\n')
      index = end
    } else {
      throw new Error(`Invalid format '${line}'`)
    }
  }
  return values
}
