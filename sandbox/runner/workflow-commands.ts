export interface Command {
  name: string
  properties: Record<string, string>
  message: string
}

/** The commands that the runner knows; a line with any other name is plain output. */
const KNOWN = new Set(
  'add-mask add-matcher add-path debug echo endgroup error group notice remove-matcher save-state set-env set-output stop-commands warning'.split(
    ' ',
  ),
)

/** The white space of .NET: it includes U+0085, and not the byte order mark. */
const BLANK = '[\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'
const COMMAND = new RegExp(`^${BLANK}*::(.*?)::(.*)$`, 's')
const LEGACY = /##\[(.*?)\](.*)$/s

const decode = (text: string, escapes: Record<string, string>) =>
  text.replace(/%[0-9A-F]{2}/g, (code) => escapes[code] ?? code)
const dataEscapes = { '%0D': '\r', '%0A': '\n', '%25': '%' }
const propertyEscapes = { ...dataEscapes, '%3A': ':', '%2C': ',' }
const legacyEscapes = { ...dataEscapes, '%3B': ';', '%5D': ']' }

function command(
  info: string,
  message: string,
  separator: string,
  escapes: Record<string, string>,
): Command {
  const [, name = '', rest = ''] = /^([^ ]*) ?(.*)$/s.exec(info) ?? []
  const pairs = rest
    .trim()
    .split(separator)
    .flatMap((pair) => {
      const [, key, value] = /^([^=]+)=(.+)$/s.exec(pair) ?? []
      return key && value ? [[key, decode(value, escapes)]] : []
    })
  return { name, properties: Object.fromEntries(pairs), message }
}

/**
 * The command in a line of output: `::name key=value::message` at its start, or `##[name key=value;]message` anywhere.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function parseCommand(line: string): Command | undefined {
  const isKnown = ({ name }: Command) => KNOWN.has(name.toLowerCase())
  const [, info, message] = COMMAND.exec(line) ?? []
  if (info !== undefined && message !== undefined) {
    const found = command(info, decode(message, dataEscapes), ',', propertyEscapes)
    if (isKnown(found)) return found
  }
  const [, legacyInfo, legacyMessage] = LEGACY.exec(line) ?? []
  if (legacyInfo === undefined || legacyMessage === undefined) return undefined
  const found = command(legacyInfo, decode(legacyMessage, legacyEscapes), ';', legacyEscapes)
  return isKnown(found) ? found : undefined
}
