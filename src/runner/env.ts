/** The environment of a stage as the runner sets it: GITHUB_*, INPUT_*, STATE_*. */
export type Env = Readonly<Record<string, string | undefined>>

/** The text of an input without the white space around it, empty if it is not given. */
export function inputText(env: Env, name: string): string {
  return (env[`INPUT_${name.toUpperCase()}`] ?? '').trim()
}
