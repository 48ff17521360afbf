export interface Command {
  name: string
  properties: Record<string, string>
  message: string
}

export interface Annotation {
  level: 'warning' | 'error' | 'notice'
  message: string
  title?: string
}

/** What the runner takes for a command: any other name is a line like every line. */
const known = new Set(
  'add-mask add-matcher add-path debug echo endgroup error group notice remove-matcher save-state set-env set-output stop-commands warning'.split(
    ' ',
  ),
)

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
export function parseCommand(line: string, resumeToken?: string): Command | undefined {
  const isKnown = ({ name }: Command) =>
    known.has(name.toLowerCase()) || name.toLowerCase() === resumeToken?.toLowerCase()
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
  const lines = text.split('\n')
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? ''
    if (!line) continue
    const equals = line.indexOf('=')
    const heredoc = line.indexOf('<<')
    if (equals === 0 || heredoc === 0)
      throw new Error(`Invalid format '${line}'. Name must not be empty`)
    if (equals > 0 && (heredoc < 0 || equals < heredoc)) {
      values[line.slice(0, equals)] = line.slice(equals + 1)
    } else if (heredoc > 0) {
      const delimiter = line.slice(heredoc + 2)
      const end = lines.indexOf(delimiter, index + 1)
      if (!delimiter || end < 0)
        throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`)
      values[line.slice(0, heredoc)] = lines.slice(index + 1, end).join('\n')
      index = end
    } else {
      throw new Error(`Invalid format '${line}'`)
    }
  }
  return values
}

const titles: Record<Annotation['level'], string> = {
  warning: 'Warning',
  error: 'Error',
  notice: 'Notice',
}
const isLevel = (name: string): name is Annotation['level'] => name in titles

/** Carries out the commands in the lines of a stage, and keeps what a person sees; `errors` fail the stage. */
export function readOutput(lines: string[], secrets: string[]) {
  const commands: Command[] = []
  const annotations: Annotation[] = []
  const masks: string[] = []
  const state: Record<string, string> = {}
  const outputs: Record<string, string> = {}
  const shown: string[] = []
  const errors: string[] = []
  let resumeToken: string | undefined
  for (const line of lines) {
    const command = parseCommand(line, resumeToken)
    const name = command?.name.toLowerCase() ?? ''
    const resumes = resumeToken !== undefined && name === resumeToken.toLowerCase()
    if (!command || (resumeToken !== undefined && !resumes)) {
      shown.push(line)
      continue
    }
    const { message, properties } = command
    commands.push(command)
    if (resumes || name === 'stop-commands') {
      resumeToken = resumes ? undefined : message
      shown.push(line)
    } else if (name === 'add-mask' && !message.trim()) {
      annotations.push({
        level: 'warning',
        message: "Can't add secret mask for empty string in ##[add-mask] command.",
      })
    } else if (name === 'add-mask') masks.push(message)
    else if (name === 'save-state') state[properties.name ?? ''] = message
    else if (name === 'set-output') outputs[properties.name ?? ''] = message
    else if (name === 'group') shown.push(message)
    else if (name === 'set-env' || name === 'add-path') {
      errors.push(
        `Unable to process command '${line}' successfully. The \`${name}\` command is disabled.`,
      )
    } else if (isLevel(name)) {
      annotations.push({
        level: name,
        message,
        ...(properties.title && { title: properties.title }),
      })
      shown.push(`${titles[name]}: ${message}`)
    }
  }
  const hidden = [...secrets, ...masks]
    .flatMap((secret) => [secret, ...secret.split(/\r?\n/)])
    .filter(Boolean)
  const log = hidden
    .sort((a, b) => b.length - a.length)
    .reduce((text, secret) => text.replaceAll(secret, '***'), shown.join('\n'))
  return { commands, annotations, masks, state, outputs, errors, log }
}
