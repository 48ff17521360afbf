/** The environment of a stage as the runner sets it: GITHUB_*, INPUT_*, STATE_*. */
export type Env = Readonly<Record<string, string | undefined>>

/** The text of an input, without the white space around it; empty where it is not given. */
export function raw(env: Env, name: string): string {
  return (env[`INPUT_${name.toUpperCase()}`] ?? '').trim()
}

/** Whether the root action is switched off, follows its job, or publishes once in main. */
export function intentOf(env: Env): 'off' | 'follow' | 'once' {
  if (raw(env, 'enabled').toLowerCase() === 'false') return 'off'
  return raw(env, 'needs') === '' && raw(env, 'state').toLowerCase() === 'job' ? 'follow' : 'once'
}

/** The inputs that decide where and whether a status is opened: while they stay, `main` has nothing to add to `pre`. */
export function fingerprint(env: Env): string {
  const names = ['enabled', 'state', 'needs', 'context', 'matrix', 'sha', 'repository', 'api_url']
  return JSON.stringify(names.map((name) => raw(env, name)))
}
