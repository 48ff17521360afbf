import type { Env } from '../../src/runner/env.ts'
import { SHA } from './ids.ts'

/**
 * The environment of a stage whose step has these inputs, and the defaults of `defaults` for the
 * rest.
 */
export function envWith(defaults: Record<string, string>, inputs: Record<string, string>): Env {
  const all = {
    repository: 'octo-org/octo-repo',
    api_url: 'https://api.github.com',
    token: 't0ken',
    job_token: 't0ken',
    ...defaults,
    ...inputs,
  }
  return {
    GITHUB_REPOSITORY: 'octo-org/octo-repo',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_SHA: SHA,
    ...Object.fromEntries(
      Object.entries(all).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
    ),
  }
}

/** Wrong values of the inputs that all actions share, with what was expected. */
export const WRONG_ACCESS: [name: string, values: string[], expected: string][] = [
  ['repository', ['octo-repo', '../..', 'a/b/c', 'a/', 'a b/c'], '`owner/name`'],
  ['api_url', ['api.github.com', 'ftp://x', 'https://x/?a'], 'the address of a REST API'],
]
