import { type Command, parseCommand } from './workflow-commands.ts'

export interface Annotation {
  level: 'warning' | 'error' | 'notice'
  message: string
  title?: string
}

/** What the lines of a stage came to. */
export interface Output {
  commands: Command[]
  annotations: Annotation[]
  masks: string[]
  state: Record<string, string>
  /** Commands that fail the stage. */
  errors: string[]
  /** What a person sees, line by line, nothing masked. */
  shown: string[]
}

type Handler = (output: Output, command: Command, line: string) => void

const TITLES = { warning: 'Warning', error: 'Error', notice: 'Notice' }
const LONGEST_MESSAGE = 4096
const MOST_ANNOTATIONS = 10

/** Adds an annotation: a line of the log, and beside the log the first ten of its level. */
export function annotate(output: Output, { message, ...rest }: Annotation): void {
  const cut = message.slice(0, LONGEST_MESSAGE)
  output.shown.push(`${TITLES[rest.level]}: ${cut}`)
  const alike = output.annotations.filter(({ level }) => level === rest.level)
  if (alike.length < MOST_ANNOTATIONS) output.annotations.push({ ...rest, message: cut })
}

/** Adds an error of the runner's own, which fails the stage. */
export function fail(output: Output, message: string): void {
  output.errors.push(message)
  annotate(output, { level: 'error', message })
}

const annotation =
  (level: Annotation['level']): Handler =>
  (output, { message, properties }) => {
    const { title } = properties
    if (message) annotate(output, { level, message, ...(title && { title }) })
  }

const disabled: Handler = (output, { name }, line) => {
  fail(output, `Unable to process command '${line}' successfully.`)
  const message = `The \`${name}\` command is disabled. Please upgrade to using Environment Files or opt into unsecure command execution by setting the \`ACTIONS_ALLOW_UNSECURE_COMMANDS\` environment variable to \`true\`. For more information see: https://github.blog/changelog/2020-10-01-github-actions-deprecating-set-env-and-add-path-commands/`
  annotate(output, { level: 'error', message })
}

const NO_MASK = "Can't add secret mask for empty string in ##[add-mask] command."

const HANDLERS: Record<string, Handler> = {
  'add-mask': (output, { message }) => {
    if (message.trim()) output.masks.push(message)
    else annotate(output, { level: 'warning', message: NO_MASK })
  },
  'save-state': ({ state }, { message, properties }) => {
    state[properties.name ?? ''] = message
  },
  'set-env': disabled,
  'add-path': disabled,
  group: ({ shown }, { message }) => void shown.push(message),
  warning: annotation('warning'),
  error: annotation('error'),
  notice: annotation('notice'),
}

/** A text with every secret, and every line of one, as `***`. */
export function masked(text: string, secrets: string[]): string {
  return secrets
    .flatMap((secret) => [secret, ...secret.split(/\r?\n/)])
    .filter(Boolean)
    .sort((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.replaceAll(secret, '***'), text)
}

/** Carries out one line. */
function readLine(output: Output, line: string): void {
  const command = parseCommand(line)
  if (!command) {
    output.shown.push(line)
    return
  }
  output.commands.push(command)
  HANDLERS[command.name.toLowerCase()]?.(output, command, line)
}

/** Carries out the commands in the lines of a stage; `before` is what the runner itself has said of it. */
export function readLines(lines: string[], before: Annotation[] = []): Output {
  const output: Output = {
    commands: [],
    annotations: [],
    masks: [],
    state: {},
    errors: [],
    shown: [],
  }
  for (const one of before) annotate(output, one)
  for (const line of lines) readLine(output, line)
  return output
}
