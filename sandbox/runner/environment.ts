import type { Contexts } from './contexts.ts'
import type { JobState } from './use.ts'

/** The properties of the github context that the runner exports. */
const EXPORTED =
  'action_path action_ref action_repository action actor actor_id api_url base_ref event_name event_path graphql_url head_ref job ref_name ref_protected ref_type ref repository repository_id repository_owner repository_owner_id retention_days run_attempt run_id run_number server_url sha triggering_actor workflow workflow_ref workflow_sha workspace'.split(
    ' ',
  )

const upperCased = (prefix: string, values: Iterable<[string, unknown]>): Record<string, string> =>
  Object.fromEntries(
    [...values]
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => [prefix + name.toUpperCase(), String(value)]),
  )

const prefixed = (prefix: string, values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name, value]))

/** The variables that only the runner of one server adds. */
function ofTheServer(gitea: boolean): Record<string, string> {
  if (gitea) return { GITEA_ACTIONS: 'true' }
  return {
    ACTIONS_RUNTIME_URL: 'http://127.0.0.1:1/run/',
    ACTIONS_RUNTIME_TOKEN: 'runtime-token',
    RUNNER_TRACKING_ID: 'github_00000000-0000-4000-8000-000000000000',
  }
}

/**
 * The environment of a process that a step starts; later values win, and nothing is inherited.
 * https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionRunner.cs
 */
export function environment(
  { dir, gitea }: JobState,
  contexts: Contexts,
  { inputs, state, files }: Record<'inputs' | 'state' | 'files', Record<string, string>>,
): Record<string, string> {
  const { PATH = '', NODE_V8_COVERAGE } = process.env
  const { env, github, runner } = contexts
  return {
    ...(NODE_V8_COVERAGE && { NODE_V8_COVERAGE }),
    HOME: `${dir}/home`,
    ...env,
    ...prefixed('STATE_', state),
    ...upperCased('INPUT_', Object.entries(inputs)),
    PATH: env.PATH ?? PATH,
    ...upperCased(
      'GITHUB_',
      EXPORTED.map((name) => [name, github[name]]),
    ),
    ...upperCased('RUNNER_', Object.entries(runner)),
    ...ofTheServer(gitea),
    ...files,
    GITHUB_ACTIONS: 'true',
    CI: env.CI ?? 'true',
  }
}
