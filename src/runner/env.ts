/** The environment of a stage as the runner sets it: GITHUB_*, INPUT_*, STATE_*. */
export type Env = Readonly<Record<string, string | undefined>>

/** The text of an input without the white space around it, empty if it is not given. */
export function inputText(env: Env, name: string): string {
  return (env[`INPUT_${name.toUpperCase()}`] ?? '').trim()
}

/** What ended a stage too early, in a sentence. */
export function unexpected(error: unknown): string {
  const { code, syscall = '', message } = toError(error)
  const isUnwritten = ['open', 'write'].includes(syscall) || message.startsWith('Missing file')
  return isUnwritten
    ? `A file of the runner could not be written (${code ?? 'it is missing'}): free some space on its disk, and check that a step has not removed or locked the file.`
    : `Unexpected error; please report it: ${message}`
}

function toError(error: unknown): NodeJS.ErrnoException {
  return error instanceof Error ? error : new Error(String(error))
}
